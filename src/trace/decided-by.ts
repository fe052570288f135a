import type { PartValue } from '../core/python/condition/evaluate.ts';
import { printValue } from '../core/python/condition/syntax.ts';
import { operandsIn } from '../core/recording/decision.ts';
import type { RankEvent } from '../core/recording/event.ts';

const NEGATED: Readonly<Record<string, string>> = {
  '=': '≠',
  '≠': '=',
  '<': '≥',
  '≥': '<',
  '>': '≤',
  '≤': '>',
};

/**
 * The comparison that settled a condition, with values in the place of its names, as it came out:
 * "2 % 4 ≠ 0", "8 % 4 = 0"; `asAsked`: as it was asked, whether it held or not.
 */
export function decidedBy(
  {
    condition,
    evaluation,
  }: Pick<Extract<RankEvent, { kind: 'decided' }>, 'condition' | 'evaluation'>,
  asAsked = false,
): string {
  const { parts, truth } = evaluation;
  const comparisons = parts.filter(({ kind }) => kind === 'comparison');
  const counting = comparisons.filter((one) => has(parts, one, 'arithmetic'));
  // What made it true is told by its sum; what made it false came last.
  const part = truth ? (counting.at(-1) ?? comparisons.at(-1)) : comparisons.at(-1);
  if (part === undefined) return operandsIn(condition, parts);
  const names = parts.filter((one) => one.kind === 'name' && within(one, part));
  if (names.some(({ from, to }) => condition.slice(from, to).includes('('))) {
    return operandsIn(condition, [...names]);
  }
  const text = filledIn(condition, part, names)
    .replaceAll('!=', '≠')
    .replaceAll('==', '=')
    .replaceAll('>=', '≥')
    .replaceAll('<=', '≤');
  if (asAsked || part.value === true) return text;
  return text.replace(/[=≠<≥>≤]/, (sign) => NEGATED[sign] ?? sign);
}

function has(parts: readonly PartValue[], whole: PartValue, kind: PartValue['kind']): boolean {
  return parts.some((part) => part.kind === kind && within(part, whole));
}

function within(part: PartValue, whole: PartValue): boolean {
  return whole.from <= part.from && part.to <= whole.to;
}

/** A part of a condition, with values in the place of names; a name alone keeps its own beside it. */
function filledIn(condition: string, part: PartValue, names: readonly PartValue[]): string {
  const ordered = names.toSorted((a, b) => a.from - b.from);
  let text = '';
  let position = part.from;
  for (const { from, to, value } of ordered) {
    text += condition.slice(position, from) + printValue(value);
    position = to;
  }
  return (text + condition.slice(position, part.to)).replace(/\s+/g, ' ');
}
