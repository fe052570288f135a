import type { Bound, Reading } from './bound.ts';
import { isArithmetic, isComparison, isMembership } from './operators.ts';
import { readAtom } from './read-atom.ts';
import { foreignOperator, Refusal, stumbled } from './refusal.ts';
import type { ArithmeticOperator, Expression, Link, Span } from './syntax.ts';
import { TokenRow } from './token-row.ts';

/**
 * Reads the one expression that `text` is, over `names`, bound as Python binds it: `or` loosest, then
 * `and`, `not`, comparisons, sums, products, signs, powers.
 * @throws Refusal what is not allowed, with its place
 */
export function readExpression(text: string, names: readonly string[]): Expression {
  const reader = new Reader(text, names);
  const { expression } = reader.slot({ from: 0, to: text.length });
  const next = reader.row.peek();
  if (next?.text === ',') {
    throw new Refusal({ from: 0, to: text.length }, 'a tuple is allowed only behind "in"');
  }
  if (next !== null) throw stumbled(text, next);
  return expression;
}

/** Operators that Python has between two numbers, and a condition has not. */
const FOREIGN_OPERATORS: readonly string[] = ['/', '@', '<<', '>>', '&', '|', '^'];
const SUMS: readonly string[] = ['+', '-'];

class Reader implements Reading {
  readonly row: TokenRow;

  constructor(
    readonly text: string,
    readonly names: readonly string[],
  ) {
    this.row = new TokenRow(text);
  }

  slot(group: Span): Bound {
    this.row.refuseForeign(group);
    return this.disjunction();
  }

  private disjunction(): Bound {
    let left = this.conjunction();
    while (this.row.take('or') !== null) left = joined('or', left, this.conjunction());
    return left;
  }

  private conjunction(): Bound {
    let left = this.negation();
    while (this.row.take('and') !== null) left = joined('and', left, this.negation());
    return left;
  }

  private negation(): Bound {
    const word = this.row.take('not');
    if (word === null) return this.comparison();
    const operand = this.negation();
    const span = { from: word.from, to: operand.to };
    return { ...span, expression: { ...span, kind: 'not', operand: operand.expression } };
  }

  private comparison(): Bound {
    const first = this.sum();
    const links: Link[] = [];
    let [{ to }, beforeLast] = [first, first.expression];
    for (let sign = this.row.takeComparison(); sign !== null; sign = this.row.takeComparison()) {
      const left = { from: first.from, to };
      if (links.some((link) => 'among' in link)) {
        throw new Refusal(left, 'a comparison ends behind the tuple or list of its "in"');
      }
      if (isMembership(sign)) {
        const { among, to: end } = this.list();
        links.push({ operator: sign, among });
        to = end;
        continue;
      }
      if (!isComparison(sign)) throw stumbled(this.text, left);
      const right = this.compared();
      to = right.to;
      const both = [beforeLast, right.expression];
      if ((sign === 'is' || sign === 'is not') && !both.some(isSingle)) {
        throw new Refusal(
          { from: first.from, to },
          `"${sign}" is for None, True and False; numbers are compared by "=="`,
        );
      }
      links.push({ operator: sign, right: right.expression });
      beforeLast = right.expression;
    }
    if (links.length === 0) return first;
    const span = { from: first.from, to };
    const expression = { ...span, kind: 'comparison', first: first.expression, links } as const;
    return { ...span, expression };
  }

  /** What stands on the right of a comparison. */
  private compared(): Bound {
    const { row } = this;
    if (row.peek()?.text !== 'not') return this.sum();
    throw new Refusal(
      this.negation(),
      'a "not" on the right of a comparison stands in parentheses',
    );
  }

  private sum(): Bound {
    let left = this.product();
    for (;;) {
      const next = this.row.peek();
      if (next === null || !SUMS.includes(next.text) || !isArithmetic(next.text)) return left;
      this.row.next();
      left = calculated(left, next.text, this.product());
    }
  }

  private product(): Bound {
    let left = this.signed();
    for (;;) {
      const next = this.row.peek();
      if (next === null) return left;
      if (FOREIGN_OPERATORS.includes(next.text)) {
        throw foreignOperator(this.text, next, next.text);
      }
      const binds = isArithmetic(next.text) && !SUMS.includes(next.text) && next.text !== '**';
      if (!binds || !isArithmetic(next.text)) return left;
      this.row.next();
      left = calculated(left, next.text, this.signed());
    }
  }

  private signed(): Bound {
    const sign = this.row.peek();
    if (sign?.text === '~') throw foreignOperator(this.text, sign, '~');
    if (sign?.text !== '-' && sign?.text !== '+') return this.power();
    this.row.next();
    const operand = this.signed();
    const span = { from: sign.from, to: operand.to };
    const kind = sign.text === '-' ? 'negative' : 'positive';
    return { ...span, expression: { ...span, kind, operand: operand.expression } };
  }

  private power(): Bound {
    const base = readAtom(this);
    if (this.row.take('**') === null) return base;
    return calculated(base, '**', this.signed());
  }

  /** What stands in a literal tuple or list. */
  private list(): { readonly among: Expression[]; readonly to: number } {
    const { row } = this;
    const open = row.peek();
    if (open?.text !== '(' && open?.text !== '[') {
      const other = this.compared();
      throw new Refusal(other, 'behind "in" stands a tuple or list such as (1, 2)');
    }
    row.next();
    const group = row.groupOf(open);
    const among: Expression[] = [];
    let commas = 0;
    while (row.peek() !== null && row.peek()?.text !== group.closing) {
      const star = row.peek();
      if (star?.text === '*') throw new Refusal(star, '"*" is not allowed here');
      among.push(this.slot(group).expression);
      if (row.peek()?.text === group.closing) break;
      if (row.take(',') === null) throw row.stumble();
      commas += 1;
    }
    if (row.take(group.closing) === null) throw row.stumble();
    if (open.text === '(' && among.length > 0 && commas === 0) {
      throw new Refusal(
        group,
        'behind "in" stands a tuple or list such as (1, 2); one of one element is (1,)',
      );
    }
    return { among, to: group.to };
  }
}

function joined(kind: 'and' | 'or', left: Bound, right: Bound): Bound {
  const span = { from: left.from, to: right.to };
  return {
    ...span,
    expression: { ...span, kind, left: left.expression, right: right.expression },
  };
}

function calculated(left: Bound, operator: ArithmeticOperator, right: Bound): Bound {
  const span = { from: left.from, to: right.to };
  const [a, b] = [left.expression, right.expression];
  return { ...span, expression: { ...span, kind: 'arithmetic', operator, left: a, right: b } };
}

/**
 * Whether an expression can only be None, True or False, of which Python has one each; of numbers it
 * may have several that are equal, and `is` would depend on that.
 */
function isSingle(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value !== 'number';
    case 'not':
    case 'comparison':
      return true;
    case 'and':
    case 'or':
      return isSingle(expression.left) && isSingle(expression.right);
    case 'name':
    case 'negative':
    case 'positive':
    case 'arithmetic':
      return false;
  }
}
