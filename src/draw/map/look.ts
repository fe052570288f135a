import type { Verdict } from '../../core/judge/finding.ts';
import type { CHANGES } from '../../workers/map/sheet.ts';

/** How a field looks: a custom property, how much of it, and a sign where there is room for one. */
export interface FieldLook {
  readonly colour: string;
  readonly opacity: number;
  readonly sign: string;
  readonly word: string;
}

export const VERDICT_LOOKS: Record<Verdict, FieldLook> = {
  'ranks disagree': { colour: '--bad', opacity: 1, sign: '≠', word: 'ranks disagree' },
  raises: { colour: '--bad', opacity: 0.62, sign: '✕', word: 'raises' },
  'silently wrong': { colour: '--bad', opacity: 0.4, sign: '~', word: 'silently wrong' },
  'wrong shape': { colour: '--bad', opacity: 0.24, sign: '□', word: 'wrong shape' },
  unbalanced: { colour: '--warn', opacity: 0.42, sign: '!', word: 'unbalanced' },
  fine: { colour: '--ok', opacity: 0.2, sign: '', word: 'fine' },
};

/** Unbalanced where the code does not mean it. */
export const UNMEANT_LOOK: FieldLook = {
  colour: '--bad',
  opacity: 0.16,
  sign: '!',
  word: 'unbalanced, not by design',
};

export const NO_MODEL_LOOK: FieldLook = {
  colour: '--line',
  opacity: 0.5,
  sign: '',
  word: 'no such model',
};

/** By the numbers of `CHANGES`. */
export const CHANGE_LOOKS: Record<keyof typeof CHANGES, FieldLook> = {
  same: { colour: '--line', opacity: 0.35, sign: '', word: 'right in both' },
  repaired: { colour: '--ok', opacity: 0.8, sign: '✓', word: 'repaired' },
  broken: { colour: '--bad', opacity: 0.85, sign: '✕', word: 'newly broken' },
  failing: { colour: '--faint', opacity: 0.55, sign: '=', word: 'still failing' },
  balance: { colour: '--warn', opacity: 0.42, sign: '!', word: 'balance changes' },
};
