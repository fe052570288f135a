import type { Evaluation, PartValue } from '../../engine/condition/evaluate.ts';

/**
 * The part that decided a condition. What was answered just before an `or`, an `and` or a `not` is
 * the operand that settled it: the right one where it was asked, else the left one.
 */
export function decidingPart({ parts }: Pick<Evaluation, 'parts'>): PartValue | null {
  let index = parts.length - 1;
  while (index > 0 && SETTLED_BY_OPERAND.includes(parts[index]?.kind ?? '')) index -= 1;
  return parts[index] ?? null;
}

const SETTLED_BY_OPERAND: readonly string[] = ['or', 'and', 'not'];

/** What was never asked, as short circuit leaves it; empty where everything was. */
export function unaskedText(text: string, { parts }: Pick<Evaluation, 'parts'>): string {
  const asked = parts.filter(({ kind }) => !SETTLED_BY_OPERAND.includes(kind));
  const end = Math.max(0, ...asked.map(({ to }) => to));
  return text
    .slice(end)
    .replace(/^[\s)]*(or|and)\s+/, '')
    .trim()
    .replace(/^\)+$/, '');
}
