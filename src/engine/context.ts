import { type Call, type Case, isKeyOrValue, layerOf } from './case.ts';
import { evaluate, type Scope } from './condition/evaluate.ts';
import type { Rank } from './event.ts';
import type { Implementation, RankContext } from './implementation.ts';
import { PythonError } from './python-error.ts';
import type { Recorder } from './recorder.ts';

/** What outlives a call in the process that a rank runs in: head counts, and by whom they are kept. */
export class ProcessState {
  private readonly counts = new Map<number, number>();

  constructor(
    private readonly implementation: Implementation,
    before: number | null,
  ) {
    if (before !== null && implementation.remembersHeads) this.counts.set(0, before);
  }

  /** The head count that a tensor's layer sees, null while unset. */
  numKvHeads(tensor: string): number | null {
    return this.counts.get(this.keeper(tensor)) ?? this.counts.get(0) ?? null;
  }

  remember(tensor: string, heads: number): void {
    this.counts.set(this.keeper(tensor), heads);
  }

  /** The layer itself, or 0 for the process. */
  private keeper(tensor: string): number {
    return this.implementation.remembersByLayer === true ? layerOf(tensor) : 0;
  }
}

/** What the published function has in scope when `call` is made on `rank`. */
export function contextOf(
  c: Case,
  call: Call,
  rank: Rank,
  localSequence: number,
  recorder: Recorder,
  state: ProcessState,
): RankContext {
  const { pass, tensor } = call;
  const sequenceDim = c.gatherIdx ?? 1 - c.batchDimIdx;
  const [scatterIdx, gatherIdx] = pass === 1 ? [2, sequenceDim] : [sequenceDim, 2];
  const scope = (numHeads: number): Scope => ({
    num_heads: numHeads,
    seq_world_size: c.sp,
    scatter_idx: scatterIdx,
    gather_idx: gatherIdx,
    batch_dim_idx: c.batchDimIdx,
    'get_num_kv_heads()': state.numKvHeads(tensor),
  });
  return {
    rank,
    worldSize: c.sp,
    pass,
    scatterIdx,
    gatherIdx,
    batchDimIdx: c.batchDimIdx,
    target: pass === 1 ? tensor : call.to,
    role: isKeyOrValue(tensor) ? 'key-value' : 'query',
    queryHeads: c.heads,
    kvHeads: c.kvHeads,
    localSequence,
    listener: recorder,
    get numKvHeads() {
      return state.numKvHeads(tensor);
    },
    rememberNumKvHeads(heads) {
      recorder.add({ kind: 'remembered', before: state.numKvHeads(tensor), after: heads });
      state.remember(tensor, heads);
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
