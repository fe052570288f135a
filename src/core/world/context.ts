import { assert, at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import {
  type BatchDimIdx,
  type Call,
  type Case,
  indicesOf,
  isKeyOrValue,
  layerOf,
  type Pass,
} from '../contract/case.ts';
import { dealingOf, paddedLength, shareLength } from '../contract/sequence.ts';
import { layerCount, layerHeads, modelOf } from '../published/caller.ts';
import type {
  CallerGuard,
  CallerScope,
  Guard,
  Implementation,
  LayerHeads,
  RankContext,
  Release,
} from '../published/implementation.ts';
import { sequenceGuard } from '../published/sequence-guard.ts';
import { evaluate, type Scope } from '../python/condition/evaluate.ts';
import { PythonError, type PythonErrorName } from '../python/python-error.ts';
import type { Rank } from '../recording/event.ts';
import type { Recorder } from '../recording/recorder.ts';

/** What outlives a call in the process that a rank runs in: a head count; or what each layer brings. */
export class ProcessState {
  private count: number | null;

  constructor(
    private readonly c: Case,
    private readonly implementation: Implementation,
  ) {
    this.count = implementation.remembersHeads ? c.numKvHeadsBefore : null;
  }

  /** The head count that a call of a tensor meets, null while unset. */
  numKvHeads(tensor: string): number | null {
    const { c, implementation } = this;
    if (implementation.countsByLayer !== true) return this.count;
    // A pass 2 that runs alone brings what its layer had: its pass 1 is not among the calls.
    return layerCount(c, implementation, layerOf(tensor)) ?? c.numKvHeadsBefore;
  }

  remember(heads: number): void {
    this.count = heads;
  }
}

/** What the published function has in scope when `call` is made on `rank`. */
export class CallContext implements RankContext {
  readonly worldSize: number;
  readonly pass: Pass;
  readonly scatterIdx: number;
  readonly gatherIdx: number;
  readonly batchDimIdx: BatchDimIdx;
  readonly queryHeads: number;
  readonly kvHeads: number;

  constructor(
    private readonly c: Case,
    private readonly call: Call,
    private readonly number: Rank,
    private readonly implementation: Implementation,
    readonly listener: Recorder,
    private readonly state: ProcessState,
  ) {
    const { scatterIdx, gatherIdx } = indicesOf(c, call.pass);
    this.worldSize = c.sp;
    this.pass = call.pass;
    this.scatterIdx = scatterIdx;
    this.gatherIdx = gatherIdx;
    this.batchDimIdx = c.batchDimIdx;
    this.queryHeads = c.heads;
    this.kvHeads = c.kvHeads;
  }

  get target(): string {
    const { call } = this;
    return call.pass === 1 ? call.tensor : call.to;
  }

  get role(): RankContext['role'] {
    return isKeyOrValue(this.call.tensor) ? 'key-value' : 'query';
  }

  get handedOver(): LayerHeads {
    return layerHeads(this.c, this.implementation, layerOf(this.call.tensor));
  }

  get builtFor(): LayerHeads {
    const { heads, kvHeads } = modelOf(this.c, this.call);
    return { query: heads, keyValue: kvHeads };
  }

  get rank(): Rank {
    return this.own(range(this.worldSize));
  }

  get localSequence(): number {
    const { c, implementation } = this;
    return this.own(
      range(c.sp).map((rank) => shareLength(dealingOf(c, implementation.order), rank)),
    );
  }

  own<T>(list: readonly T[]): T {
    this.listener.asked(list);
    return at(list, this.number);
  }

  get numKvHeads(): number | null {
    return this.state.numKvHeads(this.call.tensor);
  }

  rememberNumKvHeads(heads: number): void {
    this.listener.add({ kind: 'remembered', before: this.numKvHeads, after: heads });
    this.state.remember(heads);
  }

  choosesUneven(numHeads: number): boolean {
    const condition = this.c.condition ?? this.implementation.condition;
    assert(condition !== null, 'who asks a condition has one');
    const evaluation = evaluate(condition, namesFor(this, numHeads));
    const branch = evaluation.truth ? 'uneven' : 'even';
    this.listener.add({ kind: 'decided', condition, evaluation, branch });
    return evaluation.truth;
  }

  get release(): Release {
    const { release } = this.implementation;
    assert(release !== undefined, 'who asks sizes of a release has one');
    return release;
  }

  guard(
    guard: Guard,
    numHeads: number,
    message: string,
    more: Readonly<Record<string, number | boolean>> = {},
  ): void {
    this.require(guard, numHeads, more, 'AssertionError', () => message);
  }

  /**
   * Asks what the callers of the published function ask before they call it.
   * @throws PythonError what they raise
   */
  askCaller(): void {
    for (const guard of this.implementation.caller?.guards ?? []) this.ask(guard);
  }

  /**
   * Asks whether the ranks divide the sequence, where the case refuses any other.
   * @throws PythonError what is raised then
   */
  askSequence(): void {
    const { c, implementation } = this;
    if (c.sequenceSplit !== 'refuse') return;
    this.ask(sequenceGuard(implementation, c.sequenceOrder ?? implementation.order));
  }

  private ask(guard: CallerGuard): void {
    const { c } = this;
    const { heads, kvHeads } = modelOf(c, this.call);
    const localSequence = () => this.localSequence;
    const asked: CallerScope = {
      heads,
      kvHeads,
      worldSize: this.worldSize,
      sequence: paddedLength(c),
      get localSequence() {
        return localSequence();
      },
    };
    this.require(guard, heads, guard.values(asked), guard.error, () => guard.message(asked));
  }

  private require(
    guard: Guard,
    numHeads: number,
    more: Readonly<Record<string, number | boolean>>,
    error: PythonErrorName,
    message: () => string,
  ): void {
    const condition = this.c.guards?.[guard.id] ?? guard.condition;
    const evaluation = evaluate(condition, { ...namesFor(this, numHeads), ...more });
    const held = evaluation.truth;
    this.listener.add({ kind: 'guarded', guard: guard.id, condition, evaluation, held });
    if (!held) throw new PythonError(error, message());
  }
}

/** What a condition has in scope that is asked of so many heads. */
export function namesFor(rank: RankContext, numHeads: number): Scope {
  return {
    num_heads: numHeads,
    seq_world_size: rank.worldSize,
    scatter_idx: rank.scatterIdx,
    gather_idx: rank.gatherIdx,
    batch_dim_idx: rank.batchDimIdx,
    'get_num_kv_heads()': rank.numKvHeads,
  };
}
