import type { SyntaxNode } from '@lezer/common';
import { assert } from '../../../base/assert.ts';
import type { Expression, Span } from './syntax.ts';

/**
 * `not`, `and`, `or` and what stands between them, bound as Python binds them: `not` tighter than
 * `and`, `and` tighter than `or`. The parser's tree cannot be followed there: it reads
 * `not a and b` as `not (a and b)`. Its order is right, so the words and operands are taken in a row.
 */
export function readLogic(
  row: readonly SyntaxNode[],
  read: (operand: SyntaxNode) => Expression,
): Expression {
  let next = 0;

  function taken(word: 'not' | 'and' | 'or'): SyntaxNode | null {
    const node = row[next];
    if (node?.name !== word) return null;
    next += 1;
    return node;
  }

  function disjunction(): Bound {
    let left = conjunction();
    while (taken('or') !== null) left = joined('or', left, conjunction());
    return left;
  }

  function conjunction(): Bound {
    let left = negation();
    while (taken('and') !== null) left = joined('and', left, negation());
    return left;
  }

  function negation(): Bound {
    const word = taken('not');
    if (word !== null) {
      const operand = negation();
      const span = { from: word.from - 1, to: operand.to };
      return { ...span, expression: { ...span, kind: 'not', operand: operand.expression } };
    }
    const node = row[next];
    assert(node !== undefined, 'an operand stands behind each word');
    next += 1;
    return { from: node.from - 1, to: node.to - 1, expression: read(node) };
  }

  return disjunction().expression;
}

/** An expression with the place that it takes up, parentheses around it included. */
interface Bound extends Span {
  readonly expression: Expression;
}

function joined(kind: 'and' | 'or', left: Bound, right: Bound): Bound {
  const span = { from: left.from, to: right.to };
  return {
    ...span,
    expression: { ...span, kind, left: left.expression, right: right.expression },
  };
}
