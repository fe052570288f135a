import { withCommas } from '../../base/numbers.ts';
import { titleOf } from '../../core/cases/case-title.ts';
import { VERDICTS } from '../../core/judge/finding.ts';
import { verdictOf } from './judge-field.ts';
import { formulaText, type Patterns } from './pattern.ts';
import { fieldAt, type MapExtent, type MapSetting, scopeOfMap } from './setting.ts';
import { CHANGES, countsText, type Difference } from './sheet.ts';

/** A full map, and what it is compared with. */
export interface ToldMap {
  readonly setting: MapSetting;
  readonly extent: MapExtent;
  readonly values: Uint8Array;
  readonly patterns: Patterns;
  readonly against: { readonly setting: MapSetting; readonly difference: Difference } | null;
}

/** How lines are marked: for a terminal, or for a pull request. */
export type Marking = 'text' | 'markdown';

/** Cells that are named one by one, at most. */
const MOST_NAMED = 6;

/** What a map came to, in lines: what it compares, the rules, the verdicts, the pattern, what is newly broken. */
export function mapLines(
  { setting, extent, values, patterns, against }: ToldMap,
  marking: Marking,
): string[] {
  const isMarkdown = marking === 'markdown';
  const strong = (text: string) => (isMarkdown ? `**${text}**` : text);
  const code = (text: string) => (isMarkdown ? `\`${text}\`` : text);
  const title =
    against === null
      ? titleOf(setting)
      : comparedText(against.setting, setting, against.difference);
  const rows = VERDICTS.flatMap((verdict) => {
    const count = values.filter((value) => verdictOf(value) === verdict).length;
    if (count === 0) return [];
    return [
      isMarkdown
        ? `| ${verdict} | ${withCommas(count)} |`
        : `${withCommas(count).padStart(6)}  ${verdict}`,
    ];
  });
  const formula = formulaText(patterns);
  const broken = against === null ? null : brokenText(extent, values, against.difference);
  return [
    strong(title),
    '',
    `Every head count from 1 to ${extent.heads} on SP 1 to ${extent.sp}: ${scopeOfMap(setting)}.`,
    ...rulesOf(setting, against?.setting ?? null).map(
      ({ name, text }) => `${isMarkdown ? '- ' : ''}${name}: ${code(text)}`,
    ),
    '',
    ...(isMarkdown ? ['| verdict | cells |', '|---|---:|'] : []),
    ...rows,
    '',
    ...(formula === null ? [] : [`Fails when: ${formula}`]),
    ...(broken === null ? [] : [broken]),
  ];
}

/** "Against verl, DeepSpeed 0.15.4 repairs 214, breaks 0, still failing 12 of 8,192 cells." */
export function comparedText(
  before: MapSetting,
  after: MapSetting,
  difference: Difference,
): string {
  const all = withCommas(difference.fields);
  return `Against ${nameBeside(before, after)}, ${titleOf(after)} ${countsText(difference)} of ${all} cells.`;
}

/** What a map is compared with, as it is told apart from the map itself. */
export function nameBeside(before: MapSetting, after: MapSetting): string {
  if (before.implementation !== after.implementation) return titleOf(before);
  const isPublished = before.condition === undefined && before.guards === undefined;
  return isPublished ? 'the published rule' : 'the rule before';
}

function rulesOf(setting: MapSetting, before: MapSetting | null) {
  const own = [
    ...(setting.condition === undefined ? [] : [{ name: 'Rule', text: setting.condition }]),
    ...Object.entries(setting.guards ?? {}).map(([id, text]) => ({ name: `Guard ${id}`, text })),
  ];
  return before?.condition === undefined
    ? own
    : [{ name: 'Rule before', text: before.condition }, ...own];
}

/** The cells that are newly broken, the first of them by name; null where there are none. */
export function brokenText(
  extent: MapExtent,
  values: Uint8Array,
  { changes }: Difference,
): string | null {
  const broken = Array.from(changes.keys()).filter((index) => changes[index] === CHANGES.broken);
  if (broken.length === 0) return null;
  const named = broken.slice(0, MOST_NAMED).map((index) => {
    const { heads, sp } = fieldAt(extent, index);
    return `${heads} ${heads === 1 ? 'head' : 'heads'} on SP ${sp} (${verdictOf(values[index] ?? 0)})`;
  });
  const more = broken.length - named.length;
  return `Newly broken: ${named.join(', ')}${more > 0 ? `, and ${withCommas(more)} more` : ''}`;
}
