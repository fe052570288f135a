import { range, withCommas } from '../base/numbers.ts';
import { type Severity, VERDICTS } from '../engine/finding.ts';
import { titleOf } from '../engine/scope.ts';
import { judgeField, NO_MODEL, severityIn, verdictOf } from '../map/judge-field.ts';
import { formulaText, type Patterns } from '../map/pattern.ts';
import { type Field, fieldAt, type MapExtent, type MapSetting } from '../map/setting.ts';
import {
  CHANGES,
  countsText,
  type Difference,
  differenceIn,
  isBad,
  patternsOf,
} from '../map/sheet.ts';
import type { Annotation, Answer } from './answer.ts';
import { EXIT, type ExitCode } from './usage.ts';

/** What a map is asked for. */
export interface MapQuery {
  readonly setting: MapSetting;
  readonly extent: MapExtent;
  /** The key/value heads of every cell; null where they keep their ratio to the query heads. */
  readonly kvHeads: number | null;
  /** What it is compared with. */
  readonly against: MapSetting | null;
  readonly format: 'csv' | 'json' | 'text' | 'markdown';
  readonly isStrict: boolean;
}

/** What a map came to. */
interface FilledMap {
  readonly query: MapQuery;
  readonly values: Uint8Array;
  readonly before: Uint8Array | null;
  readonly difference: Difference | null;
}

/** Runs every cell of a map and tells what came of it. */
export function map(query: MapQuery): Answer {
  const values = valuesOf(query, query.setting);
  const before = query.against === null ? null : valuesOf(query, query.against);
  const difference = before === null ? null : differenceIn(before, values);
  const filled = { query, values, before, difference };
  return {
    text: textOf(filled),
    isData: query.format !== 'text',
    code: codeOf(filled),
    annotations: annotationsOf(filled),
  };
}

function valuesOf({ extent, kvHeads }: MapQuery, setting: MapSetting): Uint8Array {
  return Uint8Array.from(range(extent.heads * extent.sp), (index) => {
    const field = fieldAt(extent, index);
    if (kvHeads === null) return judgeField(setting, field);
    const kvRatio = field.heads / kvHeads;
    return Number.isInteger(kvRatio) ? judgeField({ ...setting, kvRatio }, field) : NO_MODEL;
  });
}

function codeOf({ query, values, difference }: FilledMap): ExitCode {
  if (difference !== null) return difference.broken > 0 ? EXIT.fault : EXIT.fine;
  const isMet = (severity: Severity) => values.some((value) => severityIn(value) === severity);
  return isMet('fault') || (query.isStrict && isMet('warning')) ? EXIT.fault : EXIT.fine;
}

function textOf(filled: FilledMap): string {
  switch (filled.query.format) {
    case 'csv':
      return asCsv(filled);
    case 'json':
      return asJson(filled);
    case 'text':
      return linesOf(filled, false).join('\n');
    case 'markdown':
      return linesOf(filled, true).join('\n');
  }
}

function asCsv(filled: FilledMap): string {
  const names = ['heads', 'sp', 'verdict', ...(filled.before === null ? [] : ['before', 'change'])];
  const lines = cellsOf(filled).map((cell) => Object.values(cell).join(','));
  return [names.join(','), ...lines].join('\n');
}

function asJson(filled: FilledMap): string {
  const { setting, extent, against, kvHeads } = filled.query;
  const { bad, near, verdicts } = patternsOf({ extent, values: filled.values });
  const { difference } = filled;
  const compared =
    difference === null
      ? {}
      : {
          against,
          difference: {
            repairs: difference.repaired,
            breaks: difference.broken,
            stillFailing: difference.failing,
            balanceChanges: difference.balance,
          },
        };
  return JSON.stringify(
    {
      setting,
      extent,
      ...(kvHeads === null ? {} : { kvHeads }),
      bad,
      near,
      verdicts,
      ...compared,
      fields: cellsOf(filled),
    },
    null,
    1,
  );
}

interface Cell extends Field {
  readonly verdict: string;
  readonly before?: string;
  readonly change?: string;
}

function cellsOf({ query, values, before, difference }: FilledMap): Cell[] {
  const word = (value: number | undefined) => verdictOf(value ?? NO_MODEL) ?? 'no such model';
  return Array.from(values, (value, index) => {
    const { heads, sp } = fieldAt(query.extent, index);
    const cell = { heads, sp, verdict: word(value) };
    if (before === null || difference === null) return cell;
    return {
      ...cell,
      before: word(before[index]),
      change: CHANGE_WORDS[difference.changes[index] ?? 0] ?? '',
    };
  });
}

/** By the numbers of `CHANGES`. */
const CHANGE_WORDS: readonly string[] = Object.keys(CHANGES).map((kind) =>
  kind === 'failing' ? 'still failing' : kind,
);

/** Cells that are named one by one, at most. */
const MOST_NAMED = 12;

function linesOf(filled: FilledMap, asMarkdown: boolean): string[] {
  const { query, values, difference } = filled;
  const { setting, extent, against } = query;
  const patterns = patternsOf({ extent, values });
  const name = titleOf(setting);
  const reach = `heads 1 to ${extent.heads}, SP 1 to ${extent.sp}, ${setting.program}`;
  const strong = (text: string) => (asMarkdown ? `**${text}**` : text);
  const code = (text: string) => (asMarkdown ? `\`${text}\`` : text);
  const head =
    against === null || difference === null
      ? [strong(name), reach]
      : [
          strong(`Against ${titleOf(against)}, ${name} ${countsText(difference)}.`),
          `${withCommas(difference.fields)} cells: ${reach}`,
        ];
  const rules = [
    ...(against?.condition === undefined ? [] : [`before: ${code(against.condition)}`]),
    ...(setting.condition === undefined ? [] : [`condition: ${code(setting.condition)}`]),
    ...Object.entries(setting.guards ?? {}).map(([id, text]) => `guard ${id}: ${code(text)}`),
  ];
  return [
    ...head,
    ...rules,
    '',
    ...(asMarkdown ? ['| verdict | cells |', '|---|---:|'] : []),
    ...VERDICTS.flatMap((verdict) => {
      const count = values.filter((value) => verdictOf(value) === verdict).length;
      if (count === 0) return [];
      return [
        asMarkdown
          ? `| ${verdict} | ${withCommas(count)} |`
          : `${withCommas(count).padStart(6)}  ${verdict}`,
      ];
    }),
    '',
    ...patternLines(patterns).map((line) => line),
    ...newlyBroken(filled),
  ];
}

function patternLines(patterns: Patterns): string[] {
  const text = formulaText(patterns);
  return text === null ? [] : [`Fails when: ${text}`];
}

/** The cells that are newly broken, the first of them by name. */
function newlyBroken(filled: FilledMap): string[] {
  const broken = brokenCells(filled);
  if (broken.length === 0) return [];
  const named = broken
    .slice(0, MOST_NAMED)
    .map(({ heads, sp, verdict }) => `${heads} heads on SP ${sp} (${verdict})`);
  const more = broken.length - named.length;
  return [`Newly broken: ${named.join(', ')}${more > 0 ? `, and ${withCommas(more)} more` : ''}`];
}

function brokenCells({ query, values, difference }: FilledMap) {
  const changes = difference?.changes ?? new Uint8Array();
  return Array.from(changes.keys())
    .filter((index) => changes[index] === CHANGES.broken)
    .map((index) => ({
      ...fieldAt(query.extent, index),
      verdict: verdictOf(values[index] ?? NO_MODEL) ?? '',
    }));
}

function annotationsOf(filled: FilledMap): Annotation[] {
  const { query, values, difference } = filled;
  const title = `rankscope map: ${titleOf(query.setting)}`;
  if (difference !== null) {
    const level = difference.broken > 0 ? 'error' : 'notice';
    const against = query.against === null ? '' : titleOf(query.against);
    return [
      {
        level,
        title,
        message: [`Against ${against}: ${countsText(difference)}`, ...newlyBroken(filled)].join(
          '\n',
        ),
      },
    ];
  }
  const failing = values.filter(isBad).length;
  const unbalanced = values.filter((value) => severityIn(value) === 'warning').length;
  return [
    ...(failing === 0
      ? []
      : [
          {
            level: 'error' as const,
            title,
            message: `${withCommas(failing)} of ${withCommas(values.length)} cells fail`,
          },
        ]),
    ...(unbalanced === 0
      ? []
      : [
          {
            level: query.isStrict ? ('error' as const) : ('warning' as const),
            title,
            message: `${withCommas(unbalanced)} cells are unbalanced`,
          },
        ]),
  ];
}
