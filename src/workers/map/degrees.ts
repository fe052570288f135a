import { assert, at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import { titleOf } from '../../core/cases/case-title.ts';
import { headsText, type LayerKind, type Model } from '../../core/cases/models/model.ts';
import { hasEditedRule, scopeOf } from '../../core/cases/scope.ts';
import { type Case, type KvRepeat, kvTimes, MODEL_PROGRAM } from '../../core/contract/case.ts';
import { VERDICTS } from '../../core/judge/finding.ts';
import {
  findImplementation,
  IMPLEMENTATIONS,
  projectOf,
} from '../../core/programs/implementations/index.ts';
import { judgeCase } from './judge-field.ts';
import type { JudgedCase } from './protocol.ts';
import { caseAt, type MapSetting, publishedSetting, settingOf } from './setting.ts';

/** A way to run a model: an implementation, with or without KV heads repeated before it. */
export interface Way {
  readonly implementation: string;
  /** "DeepSpeed 0.16.2", "DeepSpeed 0.15.4 + edited rule", "verl, KV repeated" */
  readonly title: string;
  readonly kvRepeat: KvRepeat | null;
  /** Whether its rule is that of the case and not the published one. */
  readonly edited: boolean;
}

export const MOST_DEGREES = 64;

/**
 * That of the case first, its rule included; then every published implementation, those of the same
 * project next, releases that come after it before those that came before. Where it is left to the
 * caller to repeat scarce KV heads, with that too.
 */
export function waysFor(setting: MapSetting, { kinds }: Model): Way[] {
  const own = wayOf(setting);
  const grouped = kinds.some(({ heads, kvHeads }) => kvHeads < heads);
  const published = inOrderFor(setting.implementation).flatMap(({ id, repeatsKv, caller }) => {
    const plain = wayOf(publishedSetting(setting, id), null);
    return repeatsKv === true || caller?.repeatsKv === true || !grouped
      ? [plain]
      : [plain, wayOf(publishedSetting(setting, id), 'in-place')];
  });
  return [own, ...published.filter(({ title }) => title !== own.title)];
}

function wayOf(setting: MapSetting, kvRepeat: KvRepeat | null = setting.kvRepeat ?? null): Way {
  const repeated = kvRepeat === null ? '' : kvRepeat === 'tile' ? ', KV tiled' : ', KV repeated';
  return {
    implementation: setting.implementation,
    title: `${titleOf(setting)}${repeated}`,
    kvRepeat,
    edited: hasEditedRule(setting),
  };
}

function inOrderFor(implementation: string) {
  const own = IMPLEMENTATIONS.findIndex(({ id }) => id === implementation);
  const project = projectOf(implementation);
  const nearest = [...IMPLEMENTATIONS.slice(own), ...IMPLEMENTATIONS.slice(0, own).toReversed()];
  return [
    ...nearest.filter(({ id }) => projectOf(id) === project),
    ...IMPLEMENTATIONS.filter(({ id }) => projectOf(id) !== project),
  ];
}

/**
 * What a way runs of a kind of layer at one SP degree, as small as it can be and still tell. Ways that
 * are not written for the layout of the case take their own; that of the case takes it as it is.
 */
export function degreeCase(setting: MapSetting, way: Way, kind: LayerKind, sp: number): Case {
  const { kvRepeat: _, ...common } = wayIsOwn(setting, way)
    ? setting
    : inOwnLayout(publishedSetting(setting, way.implementation));
  const wanted = { ...common, ...(way.kvRepeat === null ? {} : { kvRepeat: way.kvRepeat }) };
  const { heads, kvHeads } = kind;
  // What two models have as heads of the second, a layer has as KV heads.
  const program = kind.program ?? (setting.program === 'twoModels' ? MODEL_PROGRAM : null);
  if (program === null) return caseAt(wanted, { heads, kvHeads, sp });
  const { own: __, ...named } = wanted;
  return caseAt({ ...named, program }, { heads, kvHeads, sp });
}

/** What the case's own way comes to at its SP degree, for each kind of layer of a model. */
export function judgeKinds(c: Case, { kinds }: Model): JudgedCase[] {
  const setting = settingOf(c);
  return kinds.map((kind) => judgeCase(degreeCase(setting, wayOf(setting), kind, c.sp)));
}

function wayIsOwn(setting: MapSetting, { implementation, edited }: Way): boolean {
  return implementation === setting.implementation && edited === hasEditedRule(setting);
}

function inOwnLayout(setting: MapSetting): MapSetting {
  const layouts = findImplementation(setting.implementation)?.layouts ?? [];
  const [first] = layouts;
  if (first === undefined || layouts.includes(setting.batchDimIdx)) return setting;
  // A gather index names a dimension of the layout that is left.
  const { gatherIdx: _, ...rest } = setting;
  return { ...rest, batchDimIdx: first };
}

/**
 * The cases of each cell of a table, SP 1 to 64, all ways of one degree together: what ranks should
 * hold is nearly always the same for them. Where a way finds no KV heads to repeat, its cell has the
 * plain way's case, the same object.
 */
export function degreeCases(setting: MapSetting, model: Model): Case[] {
  const ways = waysFor(setting, model);
  return range(MOST_DEGREES).flatMap((index) => {
    const known = new Map<string, Case>();
    return ways.flatMap((way) =>
      model.kinds.map((kind) => {
        const wanted = degreeCase(setting, way, kind, index + 1);
        const repeats = wanted.calls.some((call) => kvTimes(wanted, call, true) > 1);
        const key = [way.implementation, way.edited, kind.name, repeats && way.kvRepeat].join();
        const same = known.get(key) ?? wanted;
        known.set(key, same);
        return same;
      }),
    );
  });
}

/**
 * Cases with which Workers practise: half the table of a model with grouped heads, which meets all
 * paths of every implementation. A table for Workers that have done so is ready in half the time.
 */
export function rehearsalCases(setting: MapSetting): Case[] {
  const kind = { name: 'attention', heads: 64, kvHeads: 8, headDim: null };
  const all = degreeCases(setting, { name: 'rehearsal', kinds: [kind] });
  return all.filter(({ sp }) => sp % 2 === 0);
}

/** Which degrees are legal for a model, way by way. */
export interface DegreeTable {
  readonly model: Model;
  /** What every verdict was reached over, in words. */
  readonly scope: string;
  readonly rows: readonly DegreeRow[];
  /** Legal whichever way is taken. */
  readonly everywhere: readonly number[];
  /** Legal in nearly all ways, and in how many of them at least. */
  readonly nearly: { readonly degrees: readonly number[]; readonly ways: number };
}

/** Four of five ways: one that is broken, or for some models only, hides nothing from the others. */
const NEARLY = 0.8;

export interface DegreeRow {
  readonly way: Way;
  /** One a degree, SP 1 first; of several kinds of layer the worst, which is named. */
  readonly cells: readonly JudgedCase[];
  readonly legal: readonly number[];
  readonly largest: number;
}

/** Every element is restored, and attention pairs the right heads; unbalanced only by design. */
export function isLegal({ severity }: Pick<JudgedCase, 'severity'>): boolean {
  return severity !== 'fault';
}

/** The first of those that fare worst: its index. */
export function worstIn(judged: readonly Pick<JudgedCase, 'verdict'>[]): number {
  const ranks = judged.map(({ verdict }) => VERDICTS.indexOf(verdict));
  return ranks.indexOf(Math.min(...ranks));
}

/** What the kind of layer that fares worst comes to; it is named if there are several. */
function worstOf(kinds: readonly LayerKind[], judged: readonly JudgedCase[]): JudgedCase {
  const index = worstIn(judged);
  const found = at(judged, index);
  if (kinds.length === 1 || found.verdict === 'fine') return found;
  return { ...found, short: `${at(kinds, index).name}: ${found.short}` };
}

/** The table of a model from its judged cases, in the order of `degreeCases`. */
export function degreeTable(
  setting: MapSetting,
  model: Model,
  judged: readonly JudgedCase[],
): DegreeTable {
  const ways = waysFor(setting, model);
  const { kinds } = model;
  const rows = ways.map((way, row): DegreeRow => {
    const cells = range(MOST_DEGREES).map((index) => {
      const first = (index * ways.length + row) * kinds.length;
      return worstOf(kinds, judged.slice(first, first + kinds.length));
    });
    const legal = cells.flatMap((cell, degree) => (isLegal(cell) ? [degree + 1] : []));
    return { way, cells, legal, largest: Math.max(0, ...legal) };
  });
  const waysAt = (degree: number) => rows.filter(({ legal }) => legal.includes(degree)).length;
  const legalIn = (least: number) =>
    range(MOST_DEGREES)
      .map((index) => index + 1)
      .filter((degree) => waysAt(degree) >= least);
  const nearly = legalIn(NEARLY * rows.length);
  return {
    model,
    scope: scopeOf(degreeCase(setting, wayOf(setting), at(kinds, 0), 1)),
    rows,
    everywhere: legalIn(rows.length),
    nearly: { degrees: nearly, ways: Math.min(rows.length, ...nearly.map(waysAt)) },
  };
}

/** "No degree works in every implementation. SP 1, 2, 4, 8 work in 32 of 38." */
export function legalInMost({ rows, everywhere, nearly }: DegreeTable): string {
  const all =
    everywhere.length === 0
      ? 'No degree works in every implementation.'
      : `${degreesText(everywhere)} in every implementation.`;
  if (nearly.degrees.length === everywhere.length) return all;
  return `${all} ${degreesText(nearly.degrees)} in ${nearly.ways} of ${rows.length}.`;
}

function degreesText(degrees: readonly number[]): string {
  return `SP ${shortList(degrees)} ${degrees.length === 1 ? 'works' : 'work'}`;
}

/** What one gains by going from one row to another, in a sentence; null where nothing. */
export function gainOf(from: DegreeRow, to: DegreeRow): string | null {
  const gained = to.legal.filter((degree) => !from.legal.includes(degree));
  if (gained.length === 0) return null;
  return `${to.way.title} makes SP ${shortList(gained)} legal, which ${from.way.title} does not.`;
}

/** "1, 2, 4", "9 to 16", and no more than a line of them. */
export function shortList(degrees: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const degree of degrees) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === degree - 1) last[1] = degree;
    else runs.push([degree, degree]);
  }
  const parts = runs.flatMap(([first, last]) =>
    last - first < 2
      ? range(last - first + 1).map((index) => String(first + index))
      : [`${first} to ${last}`],
  );
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** The degrees that a person would think of: those that divide a head count, and powers of two. */
export function usualDegrees({ kinds }: Model): number[] {
  return range(MOST_DEGREES)
    .map((index) => index + 1)
    .filter(
      (degree) =>
        Number.isInteger(Math.log2(degree)) || kinds.some((one) => one.heads % degree === 0),
    );
}

/** The table as Markdown, the degrees that are seen: a row a way, a sign a cell, and what stops the next. */
export function degreesAsMarkdown(table: DegreeTable, degrees: readonly number[]): string {
  const { model, rows, scope } = table;
  const lines = rows.map(({ way, cells, legal, largest }) => {
    const stop = cells.find((cell, index) => index + 1 > largest && !isLegal(cell));
    const why = stop === undefined ? '' : `SP ${cells.indexOf(stop) + 1}: ${stop.short}`;
    const signs = degrees.map((degree) => (isLegal(at(cells, degree - 1)) ? '✓' : '✕'));
    return `| ${[way.title, ...signs, shortList(legal), why].join(' | ')} |`;
  });
  const columns = degrees.map((degree) => `SP ${degree}`);
  return [
    `**${model.name}**: ${headsText(model)}. Legal SP degrees up to ${MOST_DEGREES}: ${scope}.`,
    '',
    `| ${['implementation', ...columns, 'legal SP', 'beyond the largest'].join(' | ')} |`,
    `|${'---|'.repeat(columns.length + 3)}`,
    ...lines,
    '',
    legalInMost(table),
    '',
  ].join('\n');
}

/** The row of an implementation as it was published, plain. */
export function rowOf({ rows }: DegreeTable, implementation: string): DegreeRow {
  const row = rows.find(
    ({ way }) => way.implementation === implementation && way.kvRepeat === null && !way.edited,
  );
  assert(row !== undefined, 'every implementation has a plain row');
  return row;
}
