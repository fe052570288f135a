import { at } from '../base/assert.ts';
import { memoized } from '../base/memo.ts';
import { sum } from '../base/numbers.ts';
import { VERDICTS, type Verdict } from '../engine/finding.ts';
import { NO_MODEL, UNKNOWN } from './judge-field.ts';
import { type Patterns, patternOf } from './pattern.ts';
import { type MapExtent, type MapSetting, WHOLE_MAP } from './setting.ts';

/** A map that is being filled, or full. While it fills, what it replaces stays where nothing came. */
export interface Sheet {
  readonly setting: MapSetting;
  readonly extent: MapExtent;
  /** One value a field, in the order of `fieldAt`. Never written again: what comes makes another. */
  readonly values: Uint8Array;
  /** Fields that have been judged under this setting. */
  readonly judged: number;
  /** Of a full sheet, once they were looked for. */
  readonly patterns?: Patterns;
}

export function emptySheet(setting: MapSetting, before: Sheet | null): Sheet {
  const extent = WHOLE_MAP;
  const values = before?.values ?? new Uint8Array(extent.heads * extent.sp).fill(UNKNOWN);
  return { setting, extent, values, judged: 0 };
}

/** Fields that have been judged, and what each came to. */
export interface Judged {
  readonly fields: readonly number[];
  readonly values: Uint8Array;
}

export function withFields(sheet: Sheet, judged: readonly Judged[]): Sheet {
  const values = sheet.values.slice();
  for (const portion of judged) {
    portion.fields.forEach((field, index) => {
      values[field] = portion.values[index] ?? UNKNOWN;
    });
  }
  const more = sum(judged.map(({ fields }) => fields.length));
  return { ...sheet, values, judged: sheet.judged + more };
}

export function isFull({ values, judged }: Sheet): boolean {
  return judged === values.length;
}

/** How many fields have each verdict. */
export function countsOf({ values }: Sheet): ReadonlyMap<Verdict, number> {
  const counts = new Uint32Array(UNKNOWN + 1);
  for (const value of values) counts[value] = at(counts, value) + 1;
  return new Map(VERDICTS.map((verdict, value) => [verdict, at(counts, value)]));
}

/** Worse than merely unbalanced. */
export function isBad(value: number): boolean {
  return value < VERDICTS.indexOf('unbalanced');
}

function isModel(value: number): boolean {
  return value !== NO_MODEL && value !== UNKNOWN;
}

export function patternsOf({ extent, values }: Pick<Sheet, 'extent' | 'values'>): Patterns {
  const formulaOf = (marked: (value: number) => boolean) =>
    patternOf(
      extent,
      (index) => marked(values[index] ?? UNKNOWN),
      (index) => isModel(values[index] ?? UNKNOWN),
    );
  const bad = formulaOf(isBad);
  if (bad !== null) return { bad, verdicts: [] };
  const verdicts = VERDICTS.flatMap((verdict, number) => {
    const formula = isBad(number) ? formulaOf((value) => value === number) : null;
    return formula === null ? [] : [{ verdict, formula }];
  });
  return { bad, verdicts };
}

/** What changes from one sheet to another of the same extent. */
export interface Difference {
  /** Bad before, not bad after; and the other way. */
  readonly repaired: number;
  readonly broken: number;
  /** Bad in both, in another way; or balanced in one only. */
  readonly otherwise: number;
  readonly fields: number;
  /** One value a field, of `CHANGES`. */
  readonly changes: Uint8Array;
}

export const CHANGES = { same: 0, repaired: 1, broken: 2, otherwise: 3 } as const;

export function differenceOf(before: Sheet, after: Sheet): Difference {
  const known = differencesTo(after);
  const found = known.get(before) ?? compare(before, after);
  known.set(before, found);
  return found;
}

const differencesTo = memoized((_: Sheet) => new WeakMap<Sheet, Difference>());

function compare(before: Sheet, after: Sheet): Difference {
  const changes = Uint8Array.from(before.values, (was, index) => {
    const is = after.values[index] ?? UNKNOWN;
    if (was === is || !isModel(was) || !isModel(is)) return CHANGES.same;
    if (isBad(was) !== isBad(is)) return isBad(was) ? CHANGES.repaired : CHANGES.broken;
    return CHANGES.otherwise;
  });
  const count = (kind: number) => {
    let fields = 0;
    for (const change of changes) if (change === kind) fields += 1;
    return fields;
  };
  return {
    repaired: count(CHANGES.repaired),
    broken: count(CHANGES.broken),
    otherwise: count(CHANGES.otherwise),
    fields: changes.length,
    changes,
  };
}
