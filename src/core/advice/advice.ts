import type { Case } from '../contract/case.ts';
import type { Verdict } from '../judge/finding.ts';

/** What mends a case, by kind. */
export type RemedyKind =
  | 'gather-index'
  | 'published-rule'
  | 'release'
  | 'clean-process'
  | 'own-process'
  | 'repeat-kv'
  | 'pad-sequence'
  | 'sequence-order'
  | 'ranks'
  | 'batch';

/** One change of a case that was run and came out fine. */
export interface Remedy {
  /** Lasting, as tests and exports know it: "deepspeed-6797", "sp-2", "repeat-kv". */
  readonly id: string;
  readonly kind: RemedyKind;
  /** What to do, as the rest of a sentence: "upgrade to ≥ 0.16.2 (#6797)", "SP 2". */
  readonly does: string;
  /** A short name for a button: "the fix (#6797)", "SP 2". */
  readonly name: string;
  /** The case on the screen with that change. */
  readonly case: Case;
}

/** A change that a person would try first and that still fails. */
export interface NotEnough {
  readonly id: string;
  /** "SP 4" */
  readonly what: string;
  /** "raises in backward" */
  readonly why: string;
  readonly verdict: Verdict;
}

/** What to do about a case that fails. Everything in it was run. */
export interface Advice {
  readonly of: Case;
  /** What mends it for good; empty where nothing that was tried does. The first is the nearest. */
  readonly fixes: readonly Remedy[];
  /** What is known where there is none: "none in any release up to 0.19.5"; null where nothing is. */
  readonly noFix: string | null;
  /** What runs with the same release and model, the best first. */
  readonly without: readonly Remedy[];
  readonly notEnough: readonly NotEnough[];
  /** What the changes were tried over: "q, k, v, forward and backward"; null where none was tried. */
  readonly scope: string | null;
  /** With which smaller sizes, or why nothing was tried. */
  readonly tried: string;
}
