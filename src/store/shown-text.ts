import { batchDimOf, type Contract } from '../core/contract/contract.ts';
import type { Verdict } from '../core/judge/finding.ts';
import type { ShownRun } from './shown.ts';

/** What goes with the colour of a verdict. */
export const VERDICT_SIGNS: Record<Verdict, string> = {
  'ranks disagree': '✕',
  raises: '✕',
  'silently wrong': '✕',
  'wrong shape': '✕',
  unbalanced: '!',
  fine: '✓',
};

/** What a run comes to, in a few words: "✕ pass 2 raises on 4 of 4 ranks"; or that it is not over. */
export function verdictText({ verdict, explanation }: ShownRun): string {
  return verdict === null ? STANDING : `${VERDICT_SIGNS[verdict]} ${explanation.short}`;
}

const STANDING = 'paused before a question';

/** What is said to who asks for something that only a run that is over has. */
export const NOT_OVER =
  'Paused before a question, so there is no verdict yet. Answer it, or play on to run to the end.';

/** A run in a line, by its recording alone: "DeepSpeed 0.15.4 · 8 heads · SP 4 · [B, S, H, D] · q only, forward only". */
export function runText({ trace }: ShownRun): string {
  const { contract } = trace.recording;
  return lineOf(contract, batchDimOf(contract));
}

/** What stands in such a line. */
export function lineOf(
  { title, counts, sp, scope }: Pick<Contract, 'title' | 'counts' | 'sp' | 'scope'>,
  batchDim: 0 | 1,
): string {
  const layout = batchDim === 0 ? '[B, S, H, D]' : '[S, B, H, D]';
  return [title, counts, `SP ${sp}`, layout, scope].join(' · ');
}
