import { at } from '../../base/assert.ts';
import { memoizedByAll } from '../../base/memo.ts';
import { sum, withCommas } from '../../base/numbers.ts';
import { VERDICTS, type Verdict } from '../../core/judge/finding.ts';
import { NO_MODEL, severityIn, UNKNOWN, UNMEANT } from './judge-field.ts';
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
  if (before !== null && isOfSetting(before, setting)) return before;
  const extent = WHOLE_MAP;
  const size = extent.heads * extent.sp;
  const values = before?.values ?? new Uint8Array(size).fill(UNKNOWN);
  return { setting, extent, values, known: new Uint8Array(size), judged: 0 };
}

/** Whether a sheet is of a setting, in whatever order its fields were written. */
export function isOfSetting(sheet: Sheet, setting: MapSetting): boolean {
  return keyOf(sheet.setting) === keyOf(setting);
}

function keyOf(setting: MapSetting): string {
  return JSON.stringify(Object.entries(setting).toSorted(([a], [b]) => (a < b ? -1 : 1)));
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

/** How many fields are unbalanced though the code does not mean it. */
export function unmeantIn({ values }: Sheet): number {
  return values.reduce((count, value) => count + (value === UNMEANT ? 1 : 0), 0);
}

/** How many fields have each verdict. */
export function countsOf({ values }: Sheet): ReadonlyMap<Verdict, number> {
  const counts = new Uint32Array(UNKNOWN + 1);
  for (const value of values) counts[value] = at(counts, value) + 1;
  const unbalanced = VERDICTS.indexOf('unbalanced');
  counts[unbalanced] = at(counts, unbalanced) + at(counts, UNMEANT);
  return new Map(VERDICTS.map((verdict, value) => [verdict, at(counts, value)]));
}

/** Whether a field holds a fault; a warning is none. */
export function isBad(value: number): boolean {
  return severityIn(value) === 'fault';
}

function isModel(value: number): boolean {
  return value !== NO_MODEL && value !== UNKNOWN;
}

export function patternsOf({ extent, values }: Pick<Sheet, 'extent' | 'values'>): Patterns {
  const found = (marked: (value: number) => boolean) =>
    patternOf(
      extent,
      (index) => marked(values[index] ?? UNKNOWN),
      (index) => isModel(values[index] ?? UNKNOWN),
    );
  const bad = found(isBad);
  if (bad.kind === 'exact') return { bad: bad.formula, near: null, verdicts: [] };
  const verdicts = VERDICTS.flatMap((verdict, number) => {
    if (!isBad(number)) return [];
    const own = found((value) => value === number);
    return own.kind === 'exact' ? [{ verdict, formula: own.formula }] : [];
  });
  if (bad.kind === 'none') return { bad: null, near: null, verdicts };
  const { formula, missed, extra } = bad;
  return { bad: null, near: { formula, missed, extra }, verdicts };
}

/** What changes from one sheet to another of the same extent. */
export interface Difference {
  /** Fails before, not after; and the other way. */
  readonly repaired: number;
  readonly broken: number;
  /** Fails in both, in whatever way. */
  readonly failing: number;
  /** Right in both, and unbalanced in one only. */
  readonly balance: number;
  /** Fields that hold a model. */
  readonly fields: number;
  /** One value a field, of `CHANGES`. */
  readonly changes: Uint8Array;
}

export const CHANGES = { same: 0, repaired: 1, broken: 2, failing: 3, balance: 4 } as const;

export const differenceOf = memoizedByAll(
  (before: Sheet, after: Sheet): Difference => differenceIn(before.values, after.values),
);

/** The difference of what the fields of two maps hold. */
export function differenceIn(before: Uint8Array, after: Uint8Array): Difference {
  const changes = Uint8Array.from(before, (was, index) => {
    const is = after[index] ?? UNKNOWN;
    if (!isModel(was) || !isModel(is)) return CHANGES.same;
    if (isBad(was)) return isBad(is) ? CHANGES.failing : CHANGES.repaired;
    if (isBad(is)) return CHANGES.broken;
    return was === is ? CHANGES.same : CHANGES.balance;
  });
  const counts = { same: 0, repaired: 0, broken: 0, failing: 0, balance: 0 };
  for (const change of changes) counts[at(KINDS, change)] += 1;
  const { repaired, broken, failing, balance } = counts;
  const fields = after.reduce((count, value) => count + (isModel(value) ? 1 : 0), 0);
  return { repaired, broken, failing, balance, fields, changes };
}

/** The names of changes, by their numbers. */
const KINDS = Object.keys(CHANGES) as (keyof typeof CHANGES)[];

/** "repairs 384, breaks 0, still failing 2,053" */
export function countsText({ repaired, broken, failing }: Difference): string {
  const [repairs, breaks, still] = [repaired, broken, failing].map(withCommas);
  return `repairs ${repairs}, breaks ${breaks}, still failing ${still}`;
}
