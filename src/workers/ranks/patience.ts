import { estimateBytes } from '../../core/cases/memory.ts';
import type { Case } from '../../core/contract/case.ts';

/** In milliseconds, and in questions that are asked in vain before a Worker is gone. */
export interface Patience {
  /** After this without an end, Workers are asked whether they are there. */
  readonly quiet: number;
  /** Within this they answer. One that has sent its last words and does not is gone. */
  readonly answer: number;
  /** Of one that has spoken before: it may be at work, and hears nothing meanwhile. */
  readonly questions: number;
  /** Of one that never has while others have: it may be starting. */
  readonly firstQuestions: number;
  /** Of all, where none has ever been heard: their script may be on its way. */
  readonly startQuestions: number;
}

/**
 * A rank that fails is known after 2.5 s. A Worker that falls silent for no reason, after 7.5 s; one
 * that never spoke while others did, after 25 s; in the largest cases up to 23 s later. Where none has
 * ever spoken there is no run, which is said after two minutes.
 */
export const PATIENCE: Patience = {
  quiet: 1000,
  answer: 1500,
  questions: 3,
  firstQuestions: 10,
  startQuestions: 48,
};

/** What is known of a Worker that does not answer. */
export interface SilentWorker {
  /** It has been heard, in this run or before. */
  readonly hasSpoken: boolean;
  /** It has sent its last words: it will be silent from here on. */
  readonly hasSaidLastWords: boolean;
}

/** After how many questions in vain, one after another, a Worker is gone. */
export function mostQuestions(c: Case, patience: Patience, worker: SilentWorker): number {
  if (worker.hasSaidLastWords) return 1;
  const { questions, firstQuestions } = patience;
  return (worker.hasSpoken ? questions : firstQuestions) + questionsAtWork(c, patience);
}

/** How often all Workers may say that they are there without coming to an end. */
export function mostAnswers(c: Case, patience: Patience): number {
  return 40 + c.calls.length * questionsAtWork(c, patience);
}

/**
 * Between two waits a Worker answers nothing, while all of them share the machine. They get at least
 * so much done in a millisecond: bytes of tensors, and pairs of ranks, where a list of pieces makes
 * each of them a tensor. (Measured over the catalogue on two cores: 500,000 and 200.)
 */
const BYTES_PER_MILLISECOND = 100_000;
const PAIRS_PER_MILLISECOND = 50;

/** The questions that come and go between two waits of a case, at most. */
function questionsAtWork(c: Case, { quiet, answer }: Patience): number {
  const work = estimateBytes(c) / BYTES_PER_MILLISECOND + c.sp ** 2 / PAIRS_PER_MILLISECOND;
  return Math.floor(work / (quiet + answer));
}
