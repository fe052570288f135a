import type { Case } from '../engine/case.ts';
import type { Rank, RankRecording } from '../engine/event.ts';
import type { Header } from '../engine/settle.ts';

/**
 * Every message that goes to, from and between the ranks' Workers.
 *
 *   page ── ToRank ──▶ Worker ── FromRank ──▶ page          (each Worker's own channel)
 *   Worker ◀── PeerMessage ──▶ Worker                       (a MessageChannel for each pair)
 *
 * Runs are numbered. A Worker that hears of a later run forgets the one it is in, so a run is
 * called off by starting the next; messages of a forgotten run are dropped where they arrive.
 */
export type RunNumber = number;

/** From the page to a Worker. */
export type ToRank =
  /** The Worker's end of the channel to another Worker of the pool. */
  | { readonly kind: 'connect'; readonly peer: Rank; readonly port: MessagePort }
  /** Be this rank in this run. */
  | { readonly kind: 'run'; readonly run: RunNumber; readonly rank: Rank; readonly case: Case };

/** From a Worker to the page. */
export type FromRank =
  /** The rank is through; its storages are transferred. */
  | { readonly kind: 'done'; readonly run: RunNumber; readonly recording: RankRecording }
  /** The Worker met a bug of ours; what a rank's program raises is part of its recording instead. */
  | { readonly kind: 'failed'; readonly run: RunNumber; readonly message: string };

/** From rank to rank, once a round: where the sender stands, and what it brings this receiver. */
export interface PeerMessage {
  readonly run: RunNumber;
  /** Counts the waits of one run, from 0. */
  readonly round: number;
  readonly header: Header;
  /** The elements for the receiver, transferred; null where the sender is not in a collective. */
  readonly piece: ArrayBuffer | null;
}
