import type { StageSource } from '../../draw/stage/source.ts';
import { advance, type Cursor, type Direction, lengthOf } from '../../store/playback.ts';
import type { JudgedRun } from '../../store/shown.ts';
import type { ColourBy, Nearness, Picture, Selection, Span } from '../../store/view.ts';
import { type Alignment, alignmentOf } from '../../trace/beside/align.ts';
import { cursorOfB } from '../../trace/beside/shared-cursor.ts';

/** How a recording is looked at in a page of its own. */
export interface Looked {
  readonly shown: JudgedRun;
  /** The other side of a comparison, under the same cursor. */
  readonly beside: JudgedRun | null;
  readonly cursor: Cursor;
  readonly direction: Direction;
  /** Where playing stops by itself. */
  readonly target: Cursor;
  readonly colourBy: ColourBy;
  readonly picture: Picture;
  readonly selection: Selection | null;
  readonly nearness: Nearness | null;
  readonly span: Span | null;
  /** Whether pieces may be seen to fly. */
  readonly motion: boolean;
}

/** One recording and a cursor in it: what the stage and the timeline of a page file read. */
export interface Playing {
  read(): Looked;
  subscribe(listener: () => void): () => void;
  select(selection: Selection | null): void;
  approach(nearness: Nearness | null): void;
  look(span: Span | null): void;
  seek(cursor: Cursor): void;
  /** From the start, where it is at its end. */
  playOrPause(): void;
  step(by: -1 | 1): void;
  /** Lets `milliseconds` of playback pass. */
  tick(milliseconds: number): void;
  setMotion(motion: boolean): void;
}

/** Begins at rest, as the page was left. */
export function createPlaying(first: Omit<Looked, 'direction' | 'target'>): Playing {
  let now: Looked = { ...first, direction: 0, target: first.cursor };
  const end = first.shown.trace.ticks - 1;
  const listeners = new Set<() => void>();
  const set = (change: Partial<Looked>) => {
    now = { ...now, ...change };
    for (const listener of listeners) listener();
  };
  const within = (cursor: Cursor) => Math.min(end, Math.max(0, cursor));
  return {
    read: () => now,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    select: (selection) => set({ selection }),
    approach: (nearness) => set({ nearness }),
    look: (span) => set({ span }),
    seek: (cursor) => set({ cursor: within(cursor), target: within(cursor), direction: 0 }),
    playOrPause() {
      if (now.direction !== 0) set({ direction: 0 });
      else set({ direction: 1, target: end, cursor: now.cursor >= end ? 0 : now.cursor });
    },
    step(by) {
      const from = by > 0 ? Math.floor(now.cursor) : Math.ceil(now.cursor);
      const target = within(from + by);
      set(now.motion ? { direction: by, target } : { direction: 0, cursor: target, target });
    },
    tick(milliseconds) {
      const { shown, cursor, target, direction } = now;
      if (direction === 0) return;
      const next = advance((tick) => lengthOf(shown.trace, tick), cursor, milliseconds, target);
      set({ cursor: next, direction: next === target ? 0 : direction });
    },
    setMotion: (motion) => set({ motion }),
  };
}

/** The run of the page as a stage reads it: in one scale with what it is compared with. */
export function stageOf(playing: Playing): StageSource {
  const both = bothOf(playing);
  return {
    ...playing,
    read() {
      const looked = playing.read();
      const beside = both && { trace: both.b, cursor: cursorOfB(both, looked.cursor) };
      return { ...looked, beside };
    },
  };
}

/** The other side of a comparison as a stage reads it; null where nothing is compared. */
export function besideOf(playing: Playing): StageSource | null {
  const { beside: shown } = playing.read();
  const both = bothOf(playing);
  if (shown === null || both === null) return null;
  return {
    subscribe: playing.subscribe,
    read() {
      const looked = playing.read();
      const beside = { trace: both.a, cursor: looked.cursor };
      const cursor = cursorOfB(both, looked.cursor);
      return { ...looked, shown, beside, cursor, selection: null };
    },
    // What is followed is followed on the left.
    select() {},
    approach: playing.approach,
  };
}

function bothOf(playing: Playing): Alignment | null {
  const { shown, beside } = playing.read();
  return beside && alignmentOf(shown.trace, beside.trace);
}
