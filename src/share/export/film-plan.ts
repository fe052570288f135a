import type { Size } from '../../picture/size.ts';
import { advance, type Cursor, lengthOf } from '../../store/playback.ts';
import type { Trace } from '../../trace/trace.ts';

/** A film before it is made: what each frame shows, and what is said of it beforehand. */
export interface FilmPlan {
  /** Where the cursor stands, frame by frame. */
  readonly cursors: readonly Cursor[];
  readonly seconds: number;
  /** In pixels; both even, as encoders ask. */
  readonly size: Size;
  /** Pixels in a CSS pixel. */
  readonly pixelRatio: number;
  /** Bits a second, at most. */
  readonly bitrate: number;
  /** At most. */
  readonly bytes: number;
}

export const FRAMES_A_SECOND = 30;
/** At the end the last picture stays this long. */
const HOLD_FRAMES = FRAMES_A_SECOND;
/** A film is about as wide as it is shown in an issue or on a slide. */
const WIDTH = 1280;
/** Of drawn pictures, whose colours are few and which change little from frame to frame. */
const BITS_A_PIXEL = 0.045;

/** Plans the ticks from `from` to `to` at speed 1, of a picture of `size` CSS pixels. */
export function planFilm(trace: Trace, from: Cursor, to: Cursor, size: Size): FilmPlan {
  const cursors = [from];
  let cursor = from;
  while (cursor !== to) {
    const length = (tick: number) => lengthOf(trace, tick);
    cursor = advance(length, cursor, 1000 / FRAMES_A_SECOND, to);
    cursors.push(cursor);
  }
  for (let frame = 0; frame < HOLD_FRAMES; frame++) cursors.push(to);
  const pixelRatio = Math.min(2, Math.max(1, WIDTH / size.width));
  const even = (length: number) => 2 * Math.floor((length * pixelRatio) / 2);
  const film = { width: even(size.width), height: even(size.height) };
  const seconds = cursors.length / FRAMES_A_SECOND;
  const bitrate = Math.round(film.width * film.height * FRAMES_A_SECOND * BITS_A_PIXEL);
  return {
    ...{ cursors, seconds, size: film, pixelRatio, bitrate },
    bytes: Math.ceil((bitrate * seconds) / 8),
  };
}

/** "WebM, 1,280 × 876 pixels, 12.4 s, at most 2.1 MB" */
export function planText({ size, seconds, bytes }: FilmPlan): string {
  const megabytes = Math.max(0.1, bytes / 1e6).toFixed(1);
  return `WebM, ${size.width} × ${size.height} pixels, ${seconds.toFixed(1)} s, at most about ${megabytes} MB`;
}
