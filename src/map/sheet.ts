import { at } from '../base/assert.ts';
import { memoized } from '../base/memo.ts';
import { sum, withCommas } from '../base/numbers.ts';
import { VERDICTS, type Verdict } from '../engine/finding.ts';
import { titleOf } from '../engine/scope.ts';
import { NO_MODEL, UNKNOWN } from './judge-field.ts';
import { type Patterns, patternOf } from './pattern.ts';
import { type MapExtent, type MapSetting, WHOLE_MAP } from './setting.ts';

/** A map that is being filled, or full. While it fills, what it replaces stays where nothing came. */
export interface Sheet {
  readonly setting: MapSetting;
  readonly extent: MapExtent;
  /** One value a field, in the order of `fieldAt`. Never written again: what comes makes another. */
  readonly values: Uint8Array;
  /** 1 for each field that has been judged under this setting, in the same order; and how many. */
  readonly known: Uint8Array;
  readonly judged: number;
  /** Of a full sheet, once they were looked for. */
  readonly patterns?: Patterns;
}

/** The sheet of a setting to be filled, after another one: of the same setting, what it knows stays. */
export function sheetOf(setting: MapSetting, before: Sheet | null): Sheet {
  if (before !== null && isSame(before.setting, setting)) return before;
  const extent = WHOLE_MAP;
  const size = extent.heads * extent.sp;
  const values = before?.values ?? new Uint8Array(size).fill(UNKNOWN);
  return { setting, extent, values, known: new Uint8Array(size), judged: 0 };
}

function isSame(a: MapSetting, b: MapSetting): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Fields that have been judged, and what each came to. */
export interface Judged {
  readonly fields: readonly number[];
  readonly values: Uint8Array;
}

export function withFields(sheet: Sheet, judged: readonly Judged[]): Sheet {
  const values = sheet.values.slice();
  const known = sheet.known.slice();
  for (const portion of judged) {
    portion.fields.forEach((field, index) => {
      values[field] = portion.values[index] ?? UNKNOWN;
      known[field] = 1;
    });
  }
  const more = sum(judged.map(({ fields }) => fields.length));
  return { ...sheet, values, known, judged: sheet.judged + more };
}

export function isFull({ values, judged }: Sheet): boolean {
  return judged === values.length;
}

/** How many fields are no model: where KV heads would be no whole number. */
export function withoutModel({ values }: Sheet): number {
  return values.reduce((count, value) => count + (value === NO_MODEL ? 1 : 0), 0);
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

/** "Against verl, DeepSpeed 0.15.4 repairs 214 and breaks 0 of 8,192." */
export function differenceText(before: Sheet, after: Sheet): string {
  const { repaired, broken, fields } = differenceOf(before, after);
  const [repairs, breaks, all] = [repaired, broken, fields].map(withCommas);
  return `Against ${titleOf(before.setting)}, ${titleOf(after.setting)} repairs ${repairs} and breaks ${breaks} of ${all}.`;
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
