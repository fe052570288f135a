import { range, withCommas } from '../../base/numbers.ts';
import { titleOf } from '../../core/cases/case-title.ts';
import type { Severity } from '../../core/judge/finding.ts';
import { judgeField, NO_MODEL, severityIn, verdictOf } from '../../workers/map/judge-field.ts';
import { type Field, fieldAt, type MapExtent, type MapSetting } from '../../workers/map/setting.ts';
import {
  CHANGES,
  type Difference,
  differenceIn,
  isBad,
  patternsOf,
} from '../../workers/map/sheet.ts';
import { brokenText, comparedText, mapLines, type ToldMap } from '../../workers/map/told-map.ts';
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
      return mapLines(told(filled), 'text').join('\n');
    case 'markdown':
      return mapLines(told(filled), 'markdown').join('\n');
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

function told({ query, values, difference }: FilledMap): ToldMap {
  const { setting, extent, against } = query;
  return {
    setting,
    extent,
    values,
    patterns: patternsOf({ extent, values }),
    against: against === null || difference === null ? null : { setting: against, difference },
  };
}

function annotationsOf(filled: FilledMap): Annotation[] {
  const { query, values, difference } = filled;
  const title = `rankscope map: ${titleOf(query.setting)}`;
  if (difference !== null && query.against !== null) {
    const broken = brokenText(query.extent, values, difference);
    const compared = comparedText(query.against, query.setting, difference);
    return [
      {
        level: broken === null ? 'notice' : 'error',
        title,
        message: broken === null ? compared : `${compared}\n${broken}`,
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
