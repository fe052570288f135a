import { at } from '../../base/assert.ts';
import { memoized } from '../../base/memo.ts';
import type { Capability } from '../contract/capability.ts';
import type { Case, WorkerEnd } from '../contract/case.ts';
import type { Contract } from '../contract/contract.ts';
import type { Evaluation, Stumble } from '../python/condition/evaluate.ts';
import type { LocalOperation } from '../tensor/tensor.ts';
import type { SourcePath } from './source.ts';

/** A rank's number, 0 to P-1. */
export type Rank = number;

/** A tensor as a recording knows it: a window on one of the rank's storages. */
export interface TensorRef {
  readonly storage: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/** What a rank handed to a collective; the shapes are those of the flattened tensors. */
export type CollectiveInfo =
  | {
      readonly kind: 'all_to_all_single';
      readonly input: readonly number[];
      readonly output: readonly number[];
      /** Rows of dim 0 for each peer; null = dim 0 cut equally. */
      readonly inputSplits: readonly number[] | null;
      readonly outputSplits: readonly number[] | null;
    }
  | {
      readonly kind: 'all_to_all';
      readonly inputs: readonly (readonly number[])[];
      readonly outputs: readonly (readonly number[])[];
    }
  | { readonly kind: 'all_gather'; readonly value: number };

/** Elements that `source` sends and `destination` expects, where the two differ. */
export interface Mismatch {
  readonly source: Rank;
  readonly destination: Rank;
  readonly sent: number;
  readonly expected: number;
}

/** The pairs that disagree: the first of them, source by source, and how many there are. */
export interface Mismatches {
  readonly pairs: readonly Mismatch[];
  readonly count: number;
}

/** Everything that a rank can report, and the line of its program that made it, where known. */
export type RankEvent = Happening & { readonly source?: SourcePath };

/** What happens on a rank, in the order in which it happened there. */
type Happening =
  /** A call begins on this tensor. `numKvHeads` is the process-wide head count then. */
  | {
      readonly kind: 'called';
      readonly call: number;
      readonly input: TensorRef;
      readonly numKvHeads: number | null;
    }
  /** A local operation. `moved`: elements were copied into a new storage. */
  | {
      readonly kind: 'local';
      readonly name: LocalOperation;
      readonly args: readonly number[];
      readonly inputs: readonly TensorRef[];
      readonly outputs: readonly TensorRef[];
      readonly moved: boolean;
    }
  /** A condition was asked that decides the path. */
  | {
      readonly kind: 'decided';
      readonly condition: string;
      readonly evaluation: Evaluation;
      readonly branch: Branch;
    }
  /** A guard (an assertion's condition) was asked. */
  | {
      readonly kind: 'guarded';
      /** The guard's id. */
      readonly guard: string;
      readonly condition: string;
      readonly evaluation: Evaluation;
      readonly held: boolean;
    }
  /** The process-wide head count was set. */
  | { readonly kind: 'remembered'; readonly before: number | null; readonly after: number }
  /** The rank reached a collective and waits for its peers. Element counts, one a peer. */
  | {
      readonly kind: 'offered';
      readonly collective: CollectiveInfo;
      readonly inputs: readonly TensorRef[];
      readonly sends: readonly number[];
      readonly expects: readonly number[];
    }
  /** All pieces landed. */
  | { readonly kind: 'received'; readonly outputs: readonly TensorRef[] }
  /** The ranks disagree on sizes: nothing is exchanged. */
  | ({ readonly kind: 'mismatched' } & Mismatches)
  /** Those peers will never come to this collective. */
  | { readonly kind: 'abandoned'; readonly by: readonly Rank[] }
  /** The ranks are in different collectives, each waiting for the others: what each called. */
  | { readonly kind: 'astray'; readonly collectives: readonly CollectiveInfo['kind'][] }
  /** The rank is gone for good; its peers learn of it only by waiting. */
  | { readonly kind: 'lost'; readonly how: WorkerEnd | 'unknown' }
  /**
   * Softmax attention over the heads that the rank holds, row-major over [B, S, h, D]; or why its
   * queries cannot attend to its keys.
   */
  | {
      readonly kind: 'attended';
      readonly query: TensorRef;
      readonly problem: string | null;
      readonly full: Float64Array;
      readonly causal: Float64Array;
    }
  | {
      readonly kind: 'raised';
      readonly error: string;
      readonly message: string;
      /** The condition or guard that raised while it was asked. */
      readonly stumble?: Stumble;
    }
  | { readonly kind: 'returned'; readonly output: TensorRef };

/** The two paths of DeepSpeed since #6392; `even` is the only one elsewhere. */
export type Branch = 'even' | 'uneven';

/** What one rank left behind. */
export interface RankRecording {
  readonly events: readonly RankEvent[];
  /** Element ids by storage number. Never written again once recorded. */
  readonly storages: readonly Int32Array[];
  /** The elements of a tensor in row-major order, where that is less work than to have all storages. */
  read?(tensor: TensorRef): Int32Array;
}

/**
 * What a run left behind: facts only, everything on the screen is derived from it. It stands alone:
 * what was asked of the ranks is its contract, and where it comes from matters to none but those who
 * would run it again (`core/cases/origin.ts`).
 */
export interface Recording {
  readonly contract: Contract;
  readonly ranks: readonly RankRecording[];
  readonly origin: Origin;
  /** What it holds, of all that a recording can. */
  readonly capabilities: readonly Capability[];
}

/** Where a recording comes from: a case that our ranks ran, or somewhere else, in a few words. */
export type Origin =
  | { readonly kind: 'case'; readonly case: Case }
  | { readonly kind: 'elsewhere'; readonly from: string };

/** The case that our ranks ran; null where a recording comes from elsewhere. */
export function caseOf({ origin }: Pick<Recording, 'origin'>): Case | null {
  return origin.kind === 'case' ? origin.case : null;
}

/** The events of one call on one rank, with the index of the first. */
export interface CallEvents {
  readonly start: number;
  readonly events: readonly RankEvent[];
}

/** A rank's events, cut by call; a call that was never reached is absent. Of whole recordings only. */
export function eventsByCall(recording: RankRecording): readonly CallEvents[] {
  return cutByCall(recording.events);
}

/** Ranks that did the same may share their events. */
const cutByCall = memoized((whole: RankRecording['events']): readonly CallEvents[] => {
  const calls: { start: number; events: RankEvent[] }[] = [];
  whole.forEach((event, index) => {
    if (event.kind === 'called') calls.push({ start: index, events: [] });
    calls.at(-1)?.events.push(event);
  });
  return calls;
});

/** Ranks that share their events, for having done the same; others are alone. */
export interface Alike {
  readonly ranks: readonly Rank[];
  readonly calls: readonly CallEvents[];
}

/**
 * All ranks of a recording, with those together that share their events, by the first rank of each.
 * What follows from events alone is asked once for all of them.
 */
export const alikeIn = memoized((recording: Recording): readonly Alike[] => {
  const ranksBy = new Map<RankRecording['events'], Rank[]>();
  recording.ranks.forEach(({ events }, rank) => {
    const ranks = ranksBy.get(events);
    if (ranks === undefined) ranksBy.set(events, [rank]);
    else ranks.push(rank);
  });
  return [...ranksBy].map(([events, ranks]) => ({ ranks, calls: cutByCall(events) }));
});

/** The ranks of all of them, in order. */
export function ranksOf(groups: readonly Pick<Alike, 'ranks'>[]): Rank[] {
  const ranks: Rank[] = [];
  let inOrder = true;
  for (const group of groups) {
    for (const rank of group.ranks) {
      inOrder &&= ranks.length === 0 || at(ranks, ranks.length - 1) < rank;
      ranks.push(rank);
    }
  }
  return inOrder ? ranks : ranks.sort((a, b) => a - b);
}

/** How one call ended on one rank. */
export type Ending = Extract<
  RankEvent,
  { kind: 'returned' | 'raised' | 'mismatched' | 'abandoned' | 'astray' | 'lost' }
>;

/** How the call ended there; null where the rank’s recording breaks off before. */
export function endingOf(call: CallEvents): Ending | null {
  const last = call.events.at(-1);
  switch (last?.kind) {
    case 'returned':
    case 'raised':
    case 'mismatched':
    case 'abandoned':
    case 'astray':
    case 'lost':
      return last;
    default:
      return null;
  }
}
