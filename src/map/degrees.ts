import { at } from '../base/assert.ts';
import { range } from '../base/numbers.ts';
import { withCaller } from '../engine/caller.ts';
import { type BatchDimIdx, type Call, type Case, callsOf, kvTimes } from '../engine/case.ts';
import { IMPLEMENTATIONS } from '../engine/implementations/index.ts';
import type { JudgedCase } from './protocol.ts';

/** What of a model decides which SP degrees are legal. */
export interface ModelHeads {
  readonly name: string;
  readonly heads: number;
  readonly kvHeads: number;
}

/** What else of a job decides it. */
export interface JobLayout {
  readonly batch: number;
  /** The layout wished for; ways that are not written for it take their own. */
  readonly batchDimIdx: BatchDimIdx;
}

/** A way to run a model: a published implementation, with or without KV heads repeated before it. */
export interface Way {
  readonly implementation: string;
  /** "DeepSpeed 0.16.2", "verl, KV repeated" */
  readonly title: string;
  readonly repeatsKv: boolean;
}

export const MOST_DEGREES = 64;

/** Every implementation; those that leave it to the caller to repeat scarce KV heads, with that too. */
export function waysFor({ heads, kvHeads }: ModelHeads): Way[] {
  return IMPLEMENTATIONS.flatMap(({ id, title, repeatsKv, caller }) => {
    const plain = { implementation: id, title, repeatsKv: false };
    if (repeatsKv === true || caller?.repeatsKv === true || kvHeads === heads) return [plain];
    return [plain, { implementation: id, title: `${title}, KV repeated`, repeatsKv: true }];
  });
}

/**
 * The forward of one layer of the model, as small as it can be and still tell. More than two batch
 * entries go the way of two: nothing is asked of them a second time.
 */
function degreeCase(
  { heads, kvHeads }: ModelHeads,
  { batch, batchDimIdx }: JobLayout,
  { implementation: id, repeatsKv }: Way,
  sp: number,
): Case {
  const implementation = IMPLEMENTATIONS.find((one) => one.id === id);
  const bare: Case = {
    implementation: id,
    program: 'layerForward',
    sp,
    batch: Math.min(batch, 2),
    seq: implementation?.sharding === 'balanced-half-chunks' ? 2 * sp : sp,
    heads,
    kvHeads,
    headDim: 1,
    batchDimIdx:
      implementation?.layouts.find((layout) => layout === batchDimIdx) ??
      implementation?.layouts[0] ??
      batchDimIdx,
    numKvHeadsBefore: null,
    calls: callsOf('layerForward', heads, kvHeads),
    ...(repeatsKv ? { kvRepeat: 'in-place' as const } : {}),
  };
  return withCaller(bare, implementation ?? {}, 'published');
}

/**
 * The case of each cell of a table, SP 1 to 64, all ways of one degree together: what ranks should
 * hold is nearly always the same for them. Where a way finds no KV heads to repeat, its cell has the
 * plain way's case, the same object.
 */
export function degreeCases(model: ModelHeads, job: JobLayout): Case[] {
  const ways = waysFor(model);
  return range(MOST_DEGREES).flatMap((index) => {
    const plain = new Map<string, Case>();
    return ways.map((way) => {
      const wanted = degreeCase(model, job, way, index + 1);
      const same = plain.get(way.implementation);
      if (same !== undefined && !repeatsAny(wanted)) return same;
      plain.set(way.implementation, wanted);
      return wanted;
    });
  });
}

/**
 * Cases with which Workers practise: half the table of a model with grouped heads, which meets all
 * paths of every implementation. A table for Workers that have done so is ready in half the time.
 */
export function rehearsalCases(job: JobLayout): Case[] {
  const all = degreeCases({ name: 'rehearsal', heads: 64, kvHeads: 8 }, job);
  return all.filter(({ sp }) => sp % 2 === 0);
}

function repeatsAny(c: Case): boolean {
  return c.calls.some((call: Call) => kvTimes(c, call, true) > 1);
}

/** Which degrees are legal for a model, way by way. */
export interface DegreeTable {
  readonly model: ModelHeads;
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
  /** One a degree, SP 1 first. */
  readonly cells: readonly JudgedCase[];
  readonly legal: readonly number[];
  readonly largest: number;
}

/** Every element comes home, and attention pairs the right heads; unbalanced only by design. */
export function isLegal({ severity }: Pick<JudgedCase, 'severity'>): boolean {
  return severity !== 'fault';
}

/** The table of a model from its judged cases, in the order of `degreeCases`. */
export function degreeTable(model: ModelHeads, judged: readonly JudgedCase[]): DegreeTable {
  const ways = waysFor(model);
  const rows = ways.map((way, row): DegreeRow => {
    const cells = range(MOST_DEGREES).map((index) => at(judged, index * ways.length + row));
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
    rows,
    everywhere: legalIn(rows.length),
    nearly: { degrees: nearly, ways: Math.min(rows.length, ...nearly.map(waysAt)) },
  };
}

/** "Legal everywhere: SP 1. In at least 37 of 41 ways: SP 1, 2, 4, 8." */
export function legalInMost({ rows, everywhere, nearly }: DegreeTable): string {
  const all = `Legal everywhere: ${everywhere.length === 0 ? 'none' : `SP ${shortList(everywhere)}`}.`;
  if (nearly.degrees.length === everywhere.length) return all;
  return `${all} In at least ${nearly.ways} of ${rows.length} ways: SP ${shortList(nearly.degrees)}.`;
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

/** The table as Markdown: a row a way, its legal degrees, the largest, and what stops the next. */
export function degreesAsMarkdown(table: DegreeTable): string {
  const { model, rows } = table;
  const lines = rows.map(({ way, cells, legal, largest }) => {
    const stop = cells.find((cell, index) => index + 1 > largest && !isLegal(cell));
    const why = stop === undefined ? '' : `SP ${cells.indexOf(stop) + 1}: ${stop.short}`;
    return `| ${way.title} | ${shortList(legal)} | ${largest} | ${why} |`;
  });
  return [
    `**${model.name}**: ${model.heads} heads, ${model.kvHeads} KV heads. Legal SP degrees up to ${MOST_DEGREES}, one attention layer forward.`,
    '',
    '| implementation | legal SP | largest | beyond it |',
    '|---|---|---|---|',
    ...lines,
    '',
    legalInMost(table),
    '',
  ].join('\n');
}

/** The row of an implementation, plain. */
export function rowOf({ rows }: DegreeTable, implementation: string): DegreeRow {
  const index = rows.findIndex(
    ({ way }) => way.implementation === implementation && !way.repeatsKv,
  );
  return at(rows, index);
}
