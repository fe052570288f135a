import type { Case } from '../../core/contract/case.ts';
import type { Rank, RankRecording } from '../../core/recording/event.ts';
import type { StopAt } from '../../core/recording/standstill.ts';

/**
 * Every message that goes to, from and between the Workers.
 *
 *   page ── ToWorker ──▶ Worker ── FromWorker ──▶ page      (each Worker's own channel)
 *   Worker ◀── ArrayBuffer ──▶ Worker                       (a MessageChannel for each pair)
 *
 * What Workers send one another is a parcel (`parcel.ts`). Up to 64 ranks each have a Worker of
 * their own; beyond, rank r is hosted by Worker r % 64. Runs are numbered. A Worker that hears of a
 * later run forgets the one it is in, so a run is called off by starting the next; messages of a
 * forgotten run are dropped where they arrive.
 */
export type RunNumber = number;

/** Index into the pool. */
export type WorkerIndex = number;

/** From the page to a Worker. */
export type ToWorker =
  /** The Worker's end of the channel to another Worker of the pool. */
  | { readonly kind: 'connect'; readonly peer: WorkerIndex; readonly port: MessagePort }
  /** Host the ranks `worker`, `worker + workers`, … of this run. */
  | {
      readonly kind: 'run';
      readonly run: RunNumber;
      readonly worker: WorkerIndex;
      readonly workers: number;
      readonly case: Case;
      /** How far they go; null for to their end. */
      readonly until: StopAt | null;
    }
  /** Are you there? */
  | { readonly kind: 'ping'; readonly run: RunNumber }
  /** Those Workers are gone, or through: wait for them no longer. */
  | { readonly kind: 'give-up'; readonly run: RunNumber; readonly gone: readonly WorkerIndex[] };

/** A rank's number with what it left. */
export type RankedRecording = readonly [rank: Rank, recording: RankRecording];

/** From a Worker to the page. */
export type FromWorker =
  /** All its ranks are through; their storages are transferred. */
  | {
      readonly kind: 'done';
      readonly run: RunNumber;
      readonly recordings: readonly RankedRecording[];
    }
  /** What a rank had written down when it was about to be gone for good. */
  | {
      readonly kind: 'last-words';
      readonly run: RunNumber;
      readonly recordings: readonly RankedRecording[];
    }
  | { readonly kind: 'here'; readonly run: RunNumber }
  /** The Worker met a bug of ours; what a rank's program raises is part of its recording instead. */
  | { readonly kind: 'failed'; readonly run: RunNumber; readonly message: string };
