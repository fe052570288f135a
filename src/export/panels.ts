import type { Easel } from '../picture/easel.ts';
import type { Size } from '../picture/size.ts';
import type { ShownRun } from '../store/shown.ts';

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

/** What is on the screen, in the order in which it came there. */
const offered: { readonly subject: Subject; panel(): Panel | null }[] = [];

/** Whoever draws something on the screen offers it to be drawn elsewhere; gives back what ends that. */
export function offerPanel(subject: Subject, panel: () => Panel | null): () => void {
  const offer = { subject, panel };
  offered.push(offer);
  return () => void offered.splice(offered.indexOf(offer), 1);
}

/** What is on the screen of a subject now: of the stage, two panels where two runs are compared. */
export function panelsOf(subject: Subject): Panel[] {
  return offered.filter((one) => one.subject === subject).flatMap(({ panel }) => panel() ?? []);
}
