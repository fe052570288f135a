import { memoized, memoizedByIndex } from '../../base/memo.ts';
import { sharesBeat } from './beat.ts';
import { endingOf, eventsByCall, type RankEvent, type Recording } from './event.ts';
import { Recorder } from './recorder.ts';

/**
 * How far ranks go that are not to go to their end. Each can know it by itself, of its own events:
 * none has to have run before. They stand still once they have done it.
 */
export interface StopAt {
  /** Index into the case's calls. */
  readonly call: number;
  /** What they do last in it; null for all of it. */
  readonly last: {
    /** A local operation by its name, another event by its kind; null for whatever comes. */
    readonly what: string | null;
    /** The how-manieth of them in the call, from 1. */
    readonly count: number;
  } | null;
}

/**
 * Thrown through a rank's program, to end it where it stands: because it has come as far as it was to
 * go, or because another has, whom it would wait for in vain.
 */
export class Standstill extends Error {
  constructor(readonly because: 'itself' | 'another') {
    super(`standing still because of ${because}`);
  }
}

/** Writes down what a rank does up to and with a moment, and ends its program there. */
export class StoppingRecorder extends Recorder {
  private call = -1;
  /** How many were met of what the rank does last. */
  private met = 0;
  /** Storages of what is written down: an operation takes its own before it is heard of. */
  private known = 0;

  constructor(private readonly until: StopAt) {
    super();
  }

  override add(event: RankEvent): void {
    const goesOn = sharesBeat(this.events.at(-1) ?? null, event);
    if (this.isThere() && !goesOn) this.stop();
    if (event.kind === 'called') {
      this.call = event.call;
      if (this.call > this.until.call) this.stop();
    }
    super.add(event);
    this.known = this.storages.length;
    if (!goesOn && this.isLast(event)) this.met += 1;
    // Of operations that are one step together, each may have another behind it.
    if (this.isThere() && event.kind !== 'local') this.stop();
  }

  private isLast(event: RankEvent): boolean {
    const { call, last } = this.until;
    if (last === null || this.call !== call) return false;
    const { what } = last;
    return what === null || what === (event.kind === 'local' ? event.name : event.kind);
  }

  private isThere(): boolean {
    const { last } = this.until;
    return last !== null && this.met >= last.count;
  }

  private stop(): never {
    this.storages.length = this.known;
    throw new Standstill('itself');
  }
}

/** Whether all ranks came to their end: that of their last call, or of one in which any of them failed. */
export const hasEnded = memoized(({ contract: c, ranks }: Recording): boolean => {
  const endings = ranks.map(({ events }) => endingOf({ start: 0, events }));
  if (endings.includes(null)) return false;
  if (endings.some((ending) => ending?.kind !== 'returned')) return true;
  return ranks.every(
    ({ events }) => events.filter(({ kind }) => kind === 'called').length === c.calls.length,
  );
});

/** Whether ranks that stand have still to come to the end of a call: what it brings, nobody knows. */
export const isAhead = memoizedByIndex((recording: Recording, call: number): boolean => {
  if (hasEnded(recording)) return false;
  return recording.ranks.some((rank) => {
    const own = eventsByCall(rank)[call];
    return own === undefined || endingOf(own) === null;
  });
});
