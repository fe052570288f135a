import type { Evaluation, Stumble } from '../../python/condition/evaluate.ts';
import type { Branch } from '../../recording/event.ts';

/** What happened and why, told from a recording and what the checks found in it. */
export interface Explanation {
  /** A few words: "pass 2 raises on 4 of 4 ranks". */
  readonly short: string;
  /** One sentence that a tired engineer understands. */
  readonly headline: string;
  /** What led there, in a sentence or two; may be empty. */
  readonly detail: string;
  /** The decisions of both passes of the tensor concerned, side by side. */
  readonly passes: readonly PassTold[];
  /** The condition where it matters most, as one rank evaluated it. */
  readonly condition: {
    readonly text: string;
    readonly evaluation: Evaluation;
    readonly call: number;
    readonly rank: number;
  } | null;
  readonly exception: {
    readonly error: string;
    readonly message: string;
    readonly ranks: readonly number[];
    readonly call: number;
    /** The condition that raised it while it was asked. */
    readonly stumble: Stumble | null;
  } | null;
}

export interface PassTold {
  readonly pass: 1 | 2;
  readonly call: number;
  readonly tensor: string;
  /** "8 % 4 = 0" */
  readonly operands: string;
  readonly branch: Branch;
  readonly ok: boolean;
  /** "rank 2 raised": what struck here whichever path was taken; null where nothing did. */
  readonly struck: string | null;
}

/** What is told of an outcome in words; the detail when somebody reads it: no map does. */
export interface Told extends Pick<Explanation, 'short' | 'headline'> {
  readonly detail: () => string;
}
