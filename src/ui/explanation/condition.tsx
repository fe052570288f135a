import type { PartValue } from '../../core/python/condition/evaluate.ts';
import { printValue } from '../../core/python/condition/syntax.ts';
import styles from './explanation.module.css';

interface Props {
  readonly text: string;
  /** What of it was asked. */
  readonly parts: readonly PartValue[];
  /** What it came to: "True", "TypeError". */
  readonly outcome: string;
  readonly wrong: boolean;
}

/**
 * A condition in the Python of the source with the values of its operands written into it; what was
 * never asked (short circuit) stays faint.
 */
export function Condition({ text, parts, outcome, wrong }: Props) {
  return (
    <pre className={styles.condition} data-part="condition" data-testid="condition">
      <code>{pieces(text, parts)}</code>
      <b data-wrong={wrong}> → {outcome}</b>
    </pre>
  );
}

/** The text cut at the names; each name that was asked carries its value. */
function pieces(text: string, parts: readonly PartValue[]) {
  const names = parts
    .filter(
      (part) => part.kind === 'name' || (part.kind === 'comparison' && isIdentity(text, part)),
    )
    .toSorted((a, b) => a.from - b.from);
  const comparisons = names.filter((part) => part.kind === 'comparison');
  const kept = names.filter(
    (part) =>
      part.kind === 'comparison' ||
      !comparisons.some((outer) => outer.from <= part.from && part.to <= outer.to),
  );
  const asked = Math.max(...parts.map((part) => part.to), 0);
  let position = 0;
  const out = kept.flatMap((part) => {
    const before = text.slice(position, part.from);
    position = part.to;
    const source = text.slice(part.from, part.to);
    const value = <sub key={`v${part.from}`}>{printValue(part.value)}</sub>;
    return part.kind === 'comparison'
      ? [
          before,
          <span key={part.from} className={styles.settled}>
            {source}
          </span>,
          value,
        ]
      : [before, <em key={part.from}>{source}</em>, value];
  });
  const reached = text.slice(position, Math.max(position, lastAsked(parts, asked)));
  const rest = text.slice(position + reached.length);
  return [
    ...out,
    reached,
    <span key="rest" className={styles.unasked}>
      {rest}
    </span>,
  ];
}

/** `… is None` and `… is not None` are told as a whole. */
function isIdentity(text: string, part: PartValue): boolean {
  return / is (not )?None$/.test(text.slice(part.from, part.to));
}

/** Up to where the leaves were asked: an `or` that is settled early spans more than was asked. */
function lastAsked(parts: readonly PartValue[], fallback: number): number {
  const leaves = parts.filter((part) => part.kind === 'name' || part.kind === 'literal');
  const end = Math.max(...leaves.map((part) => part.to), 0);
  return end === 0 ? fallback : end;
}
