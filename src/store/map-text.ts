import { titleOf } from '../core/cases/case-title.ts';
import { scopeOfMap } from '../workers/map/setting.ts';
import { differenceOf, isFull } from '../workers/map/sheet.ts';
import { comparedText } from '../workers/map/told-map.ts';
import type { RankscopeState } from './state.ts';

/** What the map says, as it is seen: the verdicts, or what changes once both maps are full. */
export function mapText({
  sheet,
  againstSheet,
}: Pick<RankscopeState, 'sheet' | 'againstSheet'>): string {
  if (sheet === null) return '';
  return againstSheet !== null && isFull(sheet) && isFull(againstSheet)
    ? comparedText(againstSheet.setting, sheet.setting, differenceOf(againstSheet, sheet))
    : `The verdict of every head count and SP degree: ${titleOf(sheet.setting)}, ${scopeOfMap(sheet.setting)}`;
}
