import { at, unreachable } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import { contractOf } from '../cases/case-contract.ts';
import {
  type Call,
  type Case,
  endsWorker,
  type FaultKind,
  isKeyOrValue,
  kvTimes,
} from '../contract/case.ts';
import { chunkOf, type Shard } from '../contract/shard.ts';
import { kvRepeatOf, opensLayer } from '../published/caller.ts';
import type { Collective, Implementation, RankContext } from '../published/implementation.ts';
import { ConditionError } from '../python/condition/evaluate.ts';
import { PythonError } from '../python/python-error.ts';
import type { CollectiveInfo, Mismatches, Rank, RankRecording } from '../recording/event.ts';
import { Recorder, refOf } from '../recording/recorder.ts';
import { runsOf } from '../recording/runs.ts';
import type { Header } from '../recording/settle.ts';
import { resumeSource, sourceFrame } from '../recording/source.ts';
import { Standstill, type StopAt, StoppingRecorder } from '../recording/standstill.ts';
import { Tensor } from '../tensor/tensor.ts';
import {
  attend,
  attentionProblem,
  attentionWork,
  headsFrom,
  MOST_ATTENTION_WORK,
} from './attention.ts';
import { CallContext, ProcessState } from './context.ts';
import {
  type Counts,
  countsOf,
  cutPieces,
  describeCollective,
  landPieces,
  sides,
} from './offer.ts';

/**
 * One rank's whole run, as a generator that both drivers share: it yields wherever the rank has to
 * wait for its peers and is sent what came of it.
 *
 *   for each call:  called · local operations · offered ⇢ received · local operations · returned ⇢
 *                                                 (⇢ = yields)
 */
export type Wait =
  | {
      readonly header: Extract<Header, { kind: 'exchange' }>;
      readonly pieces: readonly Int32Array[];
    }
  | {
      readonly header: Extract<Header, { kind: 'call-end' | 'standing' }>;
      readonly pieces: null;
      /** Whether the rank is through with its last call: it has nothing to learn from the others. */
      readonly isThrough: boolean;
    };

/** What a wait came to, for this rank. */
export type WaitResult =
  | { readonly kind: 'received'; readonly pieces: readonly Int32Array[] }
  | ({ readonly kind: 'mismatch' } & Mismatches)
  | { readonly kind: 'abandoned'; readonly by: readonly Rank[] }
  | { readonly kind: 'astray'; readonly collectives: readonly CollectiveInfo['kind'][] }
  | { readonly kind: 'next-call' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'stand-still' };

export type RankRun = Generator<Wait, RankRecording, WaitResult>;

/** What a run may be begun with, or spared. */
export interface RankOptions {
  /** Tensors that are there before the first call, by name. */
  readonly given?: (rank: Rank, name: string) => Shard;
  /** Whether ranks compute attention on what they hold between the passes. */
  readonly attention?: boolean;
  /** How far the ranks go; to their end, where it is null or absent. */
  readonly until?: StopAt | null;
  /** What writes down the rank's events. */
  readonly recorder?: Recorder;
}

/**
 * Runs all calls of `c` on one rank, up to and with the first call in which any rank failed; or as
 * far as it is to go.
 */
export function* runRank(
  c: Case,
  implementation: Implementation,
  rank: Rank,
  options: RankOptions = {},
): RankRun {
  const { until = null } = options;
  const { recorder = until === null ? new Recorder() : new StoppingRecorder(until) } = options;
  try {
    yield* runCalls(c, implementation, rank, recorder, options);
  } catch (error) {
    if (!(error instanceof Standstill)) throw error;
    // The others must not wait for it.
    if (error.because === 'itself') {
      yield { header: { kind: 'standing' }, pieces: null, isThrough: false };
    }
  }
  return { events: recorder.events, storages: recorder.storages };
}

function* runCalls(
  c: Case,
  implementation: Implementation,
  rank: Rank,
  recorder: Recorder,
  { given, attention = true }: RankOptions,
): Generator<Wait, void, WaitResult> {
  const contract = contractOf(c, implementation);
  const state = new ProcessState(c, implementation);
  const stored = new Map<string, Tensor>();
  const attended = new Set<string>();
  const affordable =
    attention &&
    attentionWork({ ...c, heads: Math.max(c.heads, c.kvHeads) }) <= MOST_ATTENTION_WORK;
  for (const [index, call] of c.calls.entries()) {
    resumeSource(null);
    const context = new CallContext(c, call, rank, implementation, recorder, state);
    const input =
      call.pass === 1
        ? recorder.take(rank, (one) => chunkOf(contract, call, one))
        : (stored.get(call.tensor) ?? givenTensor(given, call.tensor, rank, recorder));
    recorder.add({
      kind: 'called',
      call: index,
      input: refOf(input),
      numKvHeads: context.numKvHeads,
    });
    let taken: Tensor | null = input;
    if (call.pass === 2 && !attended.has(call.tensor)) {
      attended.add(call.tensor);
      if (affordable) attendLocally(c, call.tensor, stored, recorder);
      if (c.caller !== undefined) taken = attendedAsPublished(call.tensor, stored, input, recorder);
    }
    const fault = c.fault?.rank === rank && c.fault.call === index ? c.fault.kind : null;
    if (taken !== null && fault !== null && endsWorker(fault)) {
      recorder.add({ kind: 'lost', how: fault });
      break;
    }
    if (opensLayer(c, index) && !mayCall(c, context, recorder)) taken = null;
    const output =
      taken === null
        ? null
        : yield* runCall(c, call, implementation, context, taken, recorder, fault);
    if (output !== null) stored.set(context.target, output);
    const next: WaitResult = yield {
      header: { kind: 'call-end', failed: output === null },
      pieces: null,
      isThrough: index === c.calls.length - 1,
    };
    if (next.kind !== 'next-call') break;
  }
}

/** One call: what it returned, or null where this rank failed (which is then recorded). */
function* runCall(
  c: Case,
  call: Call,
  implementation: Implementation,
  context: RankContext,
  input: Tensor,
  recorder: Recorder,
  fault: FaultKind | null,
): Generator<Wait, Tensor | null, WaitResult> {
  try {
    if (fault === 'raises-before') throw made('before');
    const program = implementation.reshard(
      context,
      repeatedByCaller(c, call, implementation, input),
    );
    let step = program.next();
    let first = true;
    while (!step.done) {
      const met = yield* meet(step.value, context, recorder, first ? fault : null);
      if (!met) return null;
      if (first && fault === 'raises-after') throw made('after');
      first = false;
      step = program.next();
    }
    recorder.add({ kind: 'returned', output: refOf(step.value) });
    return step.value;
  } catch (error) {
    recordRaised(recorder, error);
    return null;
  }
}

/** What stands before the function: whether the rank comes to call it. What it raised is recorded. */
function mayCall(c: Case, context: CallContext, recorder: Recorder): boolean {
  try {
    context.askSequence();
    if (c.caller !== undefined) context.askCaller();
    return true;
  } catch (error) {
    recordRaised(recorder, error);
    return false;
  }
}

/** An exception of the source is a fact; any other is a bug. */
function recordRaised(recorder: Recorder, error: unknown): void {
  if (!(error instanceof PythonError)) throw error;
  const stumble = error instanceof ConditionError ? { stumble: error.stumble } : {};
  recorder.add({ kind: 'raised', error: error.name, message: error.message, ...stumble });
}

/** What a rank raises that the case has made fail. */
function made(when: 'before' | 'in' | 'after'): PythonError {
  return new PythonError('RuntimeError', `the case makes this rank raise ${when} its collective`);
}

/** Key/value heads repeated before pass 1, where the case or its caller does so. */
function repeatedByCaller(
  c: Case,
  call: Call,
  implementation: Implementation,
  input: Tensor,
): Tensor {
  const repeat = kvRepeatOf(c, implementation);
  const times = kvTimes(c, call, repeat !== undefined);
  if (call.pass === 2 || times === 1) return input;
  const headsDim = input.shape.length - 2;
  return repeat === 'tile' ? input.tile(headsDim, times) : input.repeatInterleave(headsDim, times);
}

/** One collective: whether this rank got its pieces. */
function* meet(
  asked: Collective,
  context: RankContext,
  recorder: Recorder,
  fault: FaultKind | null,
): Generator<Wait, boolean, WaitResult> {
  const { worldSize } = context;
  const collective = fault === 'other-collective' ? otherThan(asked, context) : asked;
  const info = describeCollective(collective);
  const { inputs, outputs } = sides(collective);
  const offer = (counts: Counts) =>
    recorder.add({ kind: 'offered', collective: info, inputs: inputs.map(refOf), ...counts });
  let counts: Counts;
  try {
    counts = countsOf(collective, worldSize);
  } catch (error) {
    offer({ sends: [], expects: [] });
    throw error;
  }
  if (fault === 'sends-less') counts = oneLess(counts, (context.rank + 1) % worldSize);
  offer(counts);
  if (fault === 'raises-in') throw made('in');
  const source = sourceFrame();
  const result = yield {
    header: {
      kind: 'exchange',
      collective: collective.kind,
      sends: runsOf(counts.sends),
      expects: runsOf(counts.expects),
    },
    pieces: cutPieces(collective, counts),
  };
  resumeSource(source);
  switch (result.kind) {
    case 'received':
      landPieces(collective, result.pieces);
      recorder.add({ kind: 'received', outputs: outputs.map(refOf) });
      return true;
    case 'mismatch':
      recorder.add({ kind: 'mismatched', pairs: result.pairs, count: result.count });
      return false;
    case 'abandoned':
      recorder.add({ kind: 'abandoned', by: result.by });
      return false;
    case 'astray':
      recorder.add({ kind: 'astray', collectives: result.collectives });
      return false;
    case 'stand-still':
      throw new Standstill('another');
    case 'next-call':
    case 'stop':
      throw new Error('invariant broken: the end of a call is no answer to a collective');
    default:
      return unreachable(result);
  }
}

/** A collective that the others do not call. */
function otherThan({ kind }: Collective, { rank, worldSize, listener }: RankContext): Collective {
  if (kind !== 'all_gather') return { kind: 'all_gather', value: rank, gathered: [] };
  // The fault's own operation: no line of the implementation says it.
  const source = sourceFrame();
  resumeSource(null);
  const nothing = range(worldSize).map(() => Tensor.empty(listener, [0]));
  resumeSource(source);
  return { kind: 'all_to_all', inputs: nothing, outputs: nothing };
}

function oneLess({ sends, expects }: Counts, peer: Rank): Counts {
  const less = sends.map((count, index) => (index === peer ? Math.max(0, count - 1) : count));
  return { sends: less, expects };
}

/** Attention over what this rank holds of a tensor's layer, before pass 2 takes its result back. */
function attendLocally(
  c: Case,
  tensor: string,
  stored: ReadonlyMap<string, Tensor>,
  recorder: Recorder,
): void {
  if (isKeyOrValue(tensor)) return;
  const query = stored.get(tensor);
  if (query === undefined) return;
  const layer = tensor.replace(/^\D+/, '');
  const isQuery = /^q\d*$/.test(tensor);
  const key = (isQuery && stored.get(`k${layer}`)) || query;
  const value = (isQuery && stored.get(`v${layer}`)) || query;
  const q = numbersOf(c, 'q', query);
  const k = numbersOf(c, 'k', key);
  const v = numbersOf(c, 'v', value);
  const problem =
    q === null || k === null || v === null
      ? `queries of shape [${query.shape.join(', ')}]`
      : attentionProblem(q, k, v);
  const nothing = { full: new Float64Array(0), causal: new Float64Array(0) };
  const result =
    problem !== null || q === null || k === null || v === null ? nothing : attend(q, k, v);
  recorder.add({ kind: 'attended', query: refOf(query), problem, ...result });
}

/**
 * What attention hands to pass 2, by the shapes that it meets, with the usual local attention: query
 * heads over as many key heads, those of a group repeated. Without a key head there is nothing to
 * repeat; PyTorch then widens a single query head to none, and refuses several. Null where it raised.
 */
function attendedAsPublished(
  tensor: string,
  stored: ReadonlyMap<string, Tensor>,
  input: Tensor,
  recorder: Recorder,
): Tensor | null {
  const layer = /^q(\d*)$/.exec(tensor)?.[1];
  const key = layer === undefined ? undefined : stored.get(`k${layer}`);
  const query = stored.get(tensor);
  if (key === undefined || query === undefined) return input;
  const headsDim = query.shape.length - 2;
  const [heads, keyHeads] = [at(query.shape, headsDim), key.shape.at(-2)];
  if (keyHeads !== 0 || heads === 0) return input;
  if (heads === 1) return input.narrow(headsDim, 0, 0);
  // Scores are of [B, h, S, D], or [h, S, D] where documents are packed.
  const message = `The size of tensor a (${heads}) must match the size of tensor b (0) at non-singleton dimension ${headsDim - 1}`;
  recorder.add({ kind: 'raised', error: 'RuntimeError', message });
  return null;
}

function numbersOf(c: Case, name: 'q' | 'k' | 'v', tensor: Tensor) {
  return headsFrom(name, tensor.shape, tensor.elements(), c.batchDimIdx, c.batch);
}

function givenTensor(
  given: RankOptions['given'],
  name: string,
  rank: Rank,
  recorder: Recorder,
): Tensor {
  if (given === undefined) throw new Error(`invariant broken: ${name} was never stored`);
  return recorder.take(rank, (one) => given(one, name));
}
