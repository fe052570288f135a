import { type Alignment, alignmentOf } from '../trace/beside/align.ts';
import { isStanding } from './shown.ts';
import type { RankscopeState } from './state.ts';

/** Both sides of a comparison on one axis; null while there are not two runs to be compared. */
export function bothSides({
  shown,
  partner,
}: Pick<RankscopeState, 'shown' | 'partner'>): Alignment | null {
  if (shown === null || isStanding(shown) || partner === null || partner.shown === null)
    return null;
  return alignmentOf(shown.trace, partner.shown.trace);
}

/** Whether two sides fill the page's middle. */
export function isComparing({
  partner,
  place,
}: Pick<RankscopeState, 'partner' | 'place'>): boolean {
  return partner !== null && place === 'stage';
}
