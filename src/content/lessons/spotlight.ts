import type { Coordinates } from '../../core/contract/case.ts';
import type { Highlight } from './lesson.ts';

/** Whether cells of a rank may stand out at all. */
export function shinesOnRank({ ranks }: Pick<Highlight, 'ranks'>, rank: number): boolean {
  return ranks === null || ranks.includes(rank);
}

/** Whether what a highlight is about is among what a rank holds at (b, s, h, d). */
export function shinesOn(
  { heads, tokens }: Pick<Highlight, 'heads' | 'tokens'>,
  { h, s }: Coordinates,
): boolean {
  return (heads === null || heads.includes(h)) && (tokens === null || tokens.includes(s));
}

/** Whether a highlight says anything of the stage's cells. */
export function shinesOnStage({ ranks, heads, tokens }: Highlight): boolean {
  return ranks !== null || heads !== null || tokens !== null;
}
