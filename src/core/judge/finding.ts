import type { Coordinates, Pass } from '../contract/case.ts';
import type { Rank } from '../recording/event.ts';

/** What is asked of every recording, by its id, in the order in which it is told. */
export const CHECK_IDS = [
  'sequence-dealt',
  'same-branch',
  'no-exception',
  'splits-agree',
  'same-collectives',
  'pass1-truth',
  'pass2-truth',
  'round-trip',
  'shape-and-order',
  'heads-balanced',
  'gqa-groups',
  'state-clean',
  'attention-equal',
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

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

/** How bad a verdict is: a fault stops or spoils a job, a warning costs it something, by design. */
export type Severity = 'fault' | 'warning' | 'fine';

/**
 * How bad a verdict is. `unbalanced` is a warning: heads of padding, or groups kept together, cost
 * time and spoil nothing. It is a fault where one of `findings` says that the code did not mean it:
 * a rank is left without a head, or heads were spread by a count that something else left behind.
 */
export function severityOf(
  verdict: Verdict,
  findings: readonly Pick<Judgement, 'verdict' | 'byDesign'>[] = [],
): Severity {
  if (verdict === 'fine') return 'fine';
  if (verdict !== 'unbalanced') return 'fault';
  const meant = findings.every((one) => one.verdict !== verdict || one.byDesign === true);
  return meant ? 'warning' : 'fault';
}

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
  /** Whether the code means what failed here: no bug of it. */
  readonly byDesign?: true;
  /** The call that all evidence is of, where that is known without reading it. */
  readonly call?: number;
}

export interface Finding extends Judgement {
  readonly check: CheckId;
  readonly title: string;
}
