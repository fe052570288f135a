import { at, unreachable } from '../base/assert.ts';
import { type Call, type Case, elementId, sequenceOfRanks, sizesOf } from './case.ts';
import { evaluate, type Scope } from './condition/evaluate.ts';
import type { Mismatch, Rank, RankRecording } from './event.ts';
import type { Collective, Implementation, RankContext } from './implementation.ts';
import {
  type Counts,
  countsOf,
  cutPieces,
  describeCollective,
  landPieces,
  sides,
} from './offer.ts';
import { PythonError } from './python-error.ts';
import { Recorder, refOf } from './recorder.ts';
import type { Header } from './settle.ts';
import { Tensor } from './tensor.ts';

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
      readonly pieces: Int32Array<ArrayBuffer>[];
    }
  | { readonly header: Extract<Header, { kind: 'call-end' }>; readonly pieces: null };

/** What a wait came to, for this rank. */
export type WaitResult =
  | { readonly kind: 'received'; readonly pieces: readonly Int32Array[] }
  | { readonly kind: 'mismatch'; readonly pairs: readonly Mismatch[] }
  | { readonly kind: 'abandoned'; readonly by: readonly Rank[] }
  | { readonly kind: 'next-call' }
  | { readonly kind: 'stop' };

export type RankRun = Generator<Wait, RankRecording, WaitResult>;

/** Runs all calls of `c` on one rank, up to and with the first call in which any rank failed. */
export function* runRank(c: Case, implementation: Implementation, rank: Rank): RankRun {
  const recorder = new Recorder();
  const process = { numKvHeads: implementation.remembersHeads ? c.numKvHeadsBefore : null };
  const stored = new Map<string, Tensor>();
  for (const [index, call] of c.calls.entries()) {
    const input =
      call.pass === 1
        ? inputShard(c, call, implementation, rank, recorder)
        : stored.get(call.tensor);
    if (input === undefined) throw new Error(`invariant broken: ${call.tensor} was never stored`);
    recorder.add({
      kind: 'called',
      call: index,
      input: refOf(input),
      numKvHeads: process.numKvHeads,
    });
    const context = contextOf(c, call, implementation, rank, recorder, process);
    const output = yield* runCall(implementation, context, input, recorder);
    if (output !== null) stored.set(call.pass === 1 ? call.tensor : call.to, output);
    const next = yield { header: { kind: 'call-end', failed: output === null }, pieces: null };
    if (next.kind === 'stop') break;
  }
  return { events: recorder.events, storages: recorder.storages };
}

/** One call: what it returned, or null where this rank failed (which is then recorded). */
function* runCall(
  implementation: Implementation,
  context: RankContext,
  input: Tensor,
  recorder: Recorder,
): Generator<Wait, Tensor | null, WaitResult> {
  const program = implementation.reshard(context, input);
  try {
    let step = program.next();
    while (!step.done) {
      const met = yield* meet(step.value, context.worldSize, recorder);
      if (!met) return null;
      step = program.next();
    }
    recorder.add({ kind: 'returned', output: refOf(step.value) });
    return step.value;
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    recorder.add({ kind: 'raised', error: error.name, message: error.message });
    return null;
  }
}

/** One collective: whether this rank got its pieces. */
function* meet(
  collective: Collective,
  worldSize: number,
  recorder: Recorder,
): Generator<Wait, boolean, WaitResult> {
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
  offer(counts);
  const result = yield {
    header: { kind: 'exchange', collective: collective.kind, ...counts },
    pieces: cutPieces(collective, counts),
  };
  switch (result.kind) {
    case 'received':
      landPieces(collective, result.pieces);
      recorder.add({ kind: 'received', outputs: outputs.map(refOf) });
      return true;
    case 'mismatch':
      recorder.add({ kind: 'mismatched', pairs: result.pairs });
      return false;
    case 'abandoned':
      recorder.add({ kind: 'abandoned', by: result.by });
      return false;
    case 'next-call':
    case 'stop':
      throw new Error('invariant broken: the end of a call is no answer to a collective');
    default:
      return unreachable(result);
  }
}

/**
 * This rank's part of the call's global tensor [B, S, heads, D], whose elements are their own
 * row-major indices, laid out as the case says.
 */
function inputShard(
  c: Case,
  call: Call,
  implementation: Implementation,
  rank: Rank,
  recorder: Recorder,
): Tensor {
  const positions = at(sequenceOfRanks(implementation.sharding, c.seq, c.sp), rank);
  const sizes = sizesOf(c, call);
  const [outer, inner] =
    c.batchDimIdx === 0 ? [c.batch, positions.length] : [positions.length, c.batch];
  const shard = Tensor.allocate(recorder, [outer, inner, call.heads, c.headDim]);
  const { ids } = shard.storage;
  const row = call.heads * c.headDim;
  let place = 0;
  for (let i = 0; i < outer; i++) {
    for (let j = 0; j < inner; j++) {
      const [b, s] = c.batchDimIdx === 0 ? [i, at(positions, j)] : [j, at(positions, i)];
      const first = elementId(sizes, { b, s, h: 0, d: 0 });
      for (let element = 0; element < row; element++) ids[place++] = first + element;
    }
  }
  return shard;
}

/** The process a rank runs in: what outlives a call. */
interface Process {
  numKvHeads: number | null;
}

function contextOf(
  c: Case,
  { pass, tensor }: Call,
  { sharding }: Implementation,
  rank: Rank,
  recorder: Recorder,
  process: Process,
): RankContext {
  const sequenceDim = 1 - c.batchDimIdx;
  const [scatterIdx, gatherIdx] = pass === 1 ? [2, sequenceDim] : [sequenceDim, 2];
  const scope = (numHeads: number): Scope => ({
    num_heads: numHeads,
    seq_world_size: c.sp,
    scatter_idx: scatterIdx,
    gather_idx: gatherIdx,
    batch_dim_idx: c.batchDimIdx,
    'get_num_kv_heads()': process.numKvHeads,
  });
  return {
    rank,
    worldSize: c.sp,
    pass,
    scatterIdx,
    gatherIdx,
    batchDimIdx: c.batchDimIdx,
    role: tensor === 'k' || tensor === 'v' ? 'key-value' : 'query',
    queryHeads: c.heads,
    kvHeads: c.kvHeads,
    localSequence: at(sequenceOfRanks(sharding, c.seq, c.sp), rank).length,
    listener: recorder,
    get numKvHeads() {
      return process.numKvHeads;
    },
    rememberNumKvHeads(heads) {
      recorder.add({ kind: 'remembered', before: process.numKvHeads, after: heads });
      process.numKvHeads = heads;
    },
    choosesUneven(condition, numHeads) {
      const evaluation = evaluate(condition, scope(numHeads));
      const branch = evaluation.truth ? 'uneven' : 'even';
      recorder.add({ kind: 'decided', condition, evaluation, branch });
      return evaluation.truth;
    },
    guard(condition, numHeads, message, more = {}) {
      const evaluation = evaluate(condition, { ...scope(numHeads), ...more });
      recorder.add({ kind: 'guarded', condition, evaluation, held: evaluation.truth });
      if (!evaluation.truth) throw new PythonError('AssertionError', message);
    },
  };
}
