import type { Evaluation, PartValue } from '../../core/python/condition/evaluate.ts';
import { truthOf } from '../../core/python/condition/python-values.ts';

type Parts = Pick<Evaluation, 'parts'>;

/**
 * The operand that decided a condition, as a reader would name it: had it come out otherwise, so had
 * the answer. Of several, the one that reckons with head counts, then one that asks for them, rather
 * than one that only says where the call stands (`scatter_idx < 2`).
 */
export function decidingPart(condition: string, { parts }: Parts): PartValue | null {
  const deciding = decisive(parts, parts.length - 1);
  const about = (part: PartValue) => condition.slice(part.from, part.to);
  return (
    deciding.find((part) => HEADS.test(about(part)) && /[-+*/%]/.test(about(part))) ??
    deciding.find((part) => HEADS.test(about(part))) ??
    deciding.at(-1) ??
    null
  );
}

/** The operands of which each alone would have turned the answer. */
export function decisive(parts: readonly PartValue[], index: number): readonly PartValue[] {
  const part = parts[index];
  if (part === undefined) return [];
  if (part.kind === 'not') return decisive(parts, index - 1);
  if (part.kind !== 'and' && part.kind !== 'or') return [part];
  const right = parts[index - 1];
  if (right === undefined) return [];
  // Operands are answered one after the other, each behind all of its own parts.
  const left = parts.findLastIndex(
    ({ from, to }, other) => other < index - 1 && part.from <= from && to < right.from,
  );
  const first = parts[left];
  if (first === undefined) return decisive(parts, index - 1);
  const both = truthOf(first.value) === truthOf(right.value);
  return both
    ? [...decisive(parts, left), ...decisive(parts, index - 1)]
    : decisive(parts, index - 1);
}

/** Names that stand for head counts, in conditions and guards. */
const HEADS = /head|\bh\b|\bH_|_H_|\bun\b|un_kv/;

const SETTLED_BY_OPERAND: readonly string[] = ['or', 'and', 'not'];

/** What was never asked, as short circuit leaves it; empty where everything was. */
export function unaskedText(text: string, { parts }: Parts): string {
  const asked = parts.filter(({ kind }) => !SETTLED_BY_OPERAND.includes(kind));
  const end = Math.max(0, ...asked.map(({ to }) => to));
  return text
    .slice(end)
    .replace(/^[\s)]*(or|and)\s+/, '')
    .trim()
    .replace(/^\)+$/, '');
}
