import type { Coordinates, Pass } from './case.ts';
import type { Rank } from './event.ts';

/** What a run comes to, worst first. */
export const VERDICTS = [
  'ranks disagree',
  'raises',
  'silently wrong',
  'wrong shape',
  'unbalanced',
  'fine',
] as const;
export type Verdict = (typeof VERDICTS)[number];

export type CheckStatus = 'pass' | 'fail' | 'not-applicable';

/** An element that stands where another belongs. */
export interface MisplacedElement {
  readonly rank: Rank;
  /** Row-major place in the tensor that the call returned. */
  readonly place: number;
  readonly found: Coordinates;
  /** What belongs there; null where nothing does. */
  readonly expected: Coordinates | null;
}

/** One fact that a check rests on. */
export interface Evidence {
  /** The fact in a sentence. */
  readonly text: string;
  /** Index into the case's calls. */
  readonly call: number;
  readonly tensor: string;
  readonly pass: Pass;
  /** All ranks concerned. */
  readonly ranks: readonly Rank[];
  /** The event that shows it: index into the events of that rank. */
  readonly operation: { readonly rank: Rank; readonly event: number } | null;
  readonly element: MisplacedElement | null;
  readonly numbers: Readonly<Record<string, number>>;
}

/** What a check says of one recording. */
export interface Judgement {
  readonly status: CheckStatus;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  /** What a failure makes of the whole run; absent where it alone harms nobody. */
  readonly verdict?: Verdict;
  /** The call that all evidence is of, where that is known without reading it. */
  readonly call?: number;
}

export interface Finding extends Judgement {
  /** The check's id. */
  readonly check: string;
  readonly title: string;
}
