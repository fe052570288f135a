import type { Easel } from '../picture/easel.ts';
import type { Size } from '../picture/size.ts';
import type { ShownRun } from './shown.ts';

/** Something on the screen that can be drawn elsewhere. */
export interface Panel {
  /** In CSS pixels. */
  readonly size: Size;
  /** The run that it shows; null where it shows more than one. */
  readonly shown: ShownRun | null;
  /** Draws it from the origin of the easel's context on: as it is seen, or at another moment. */
  draw(easel: Easel, cursor: number | null): void;
}

/** What can be exported as a picture. */
export const SUBJECTS = ['stage', 'timeline', 'map'] as const;
export type Subject = (typeof SUBJECTS)[number];
