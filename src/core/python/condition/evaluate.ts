import { PythonError } from '../python-error.ts';
import { parseCondition } from './parse.ts';
import { arithmetic, compare, equal, signed, truthOf } from './python-values.ts';
import type { Expression, Span, Value } from './syntax.ts';

/** What a part of a condition came to; parts that were never asked (short circuit) are absent. */
export interface PartValue extends Span {
  readonly kind: Expression['kind'];
  readonly value: Value;
}

/** What a whole condition came to, with every part that was asked, in the order of asking. */
export interface Evaluation {
  readonly truth: boolean;
  /** The last one is the condition itself. */
  readonly parts: readonly PartValue[];
}

/** A condition that came to nothing: the part that raised, and those that were asked before it. */
export interface Stumble {
  readonly condition: string;
  readonly at: Span;
  readonly parts: readonly PartValue[];
}

/** The values of the names that a condition may use. */
export type Scope = Readonly<Record<string, Value>>;

/** What evaluating a condition raises. */
export class ConditionError extends PythonError {
  constructor(
    { name, message }: PythonError,
    readonly stumble: Stumble,
  ) {
    super(name, message);
  }
}

/**
 * Evaluates a condition's text with Python's semantics.
 * @throws ConditionError as Python would (a TypeError on None, a ZeroDivisionError), or `Unanswered`
 * where the answer is a float or a number beyond `LARGEST_NUMBER`
 */
export function evaluate(text: string, scope: Scope): Evaluation {
  const expression = expressionOf(text, scope);
  const inquiry = new Inquiry(expression, scope);
  const { parts } = inquiry;
  try {
    return { truth: truthOf(inquiry.answer(expression)), parts };
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    const { from, to } = inquiry.working;
    throw new ConditionError(error, { condition: text, parts, at: { from, to } });
  }
}

const expressions = new Map<string, Expression>();

/** The parsed text, kept: every rank asks the same few conditions again and again. */
function expressionOf(text: string, scope: Scope): Expression {
  const known = expressions.get(text);
  if (known !== undefined) return known;
  const names = Object.keys(scope).map((name) => ({ name, meaning: '' }));
  const parsed = parseCondition(text, names);
  if (!parsed.ok) throw new Error(`invariant broken: ${parsed.problem.message}: ${text}`);
  if (expressions.size >= MOST_KEPT) expressions.clear();
  expressions.set(text, parsed.expression);
  return parsed.expression;
}

/** More than a page has conditions, fewer than a person types in an hour. */
const MOST_KEPT = 1000;

/** One evaluation: what is asked, and what was answered so far. */
class Inquiry {
  readonly parts: PartValue[] = [];
  /** The part that is being worked out, its operands being answered: the one that raises. */
  working: Span;

  constructor(
    whole: Expression,
    private readonly scope: Scope,
  ) {
    this.working = whole;
  }

  answer(node: Expression): Value {
    const value = this.compute(node);
    this.parts.push({ from: node.from, to: node.to, kind: node.kind, value });
    return value;
  }

  private compute(node: Expression): Value {
    switch (node.kind) {
      case 'literal':
        return node.value;
      case 'name': {
        const value = this.scope[node.name];
        if (value === undefined) throw new Error(`invariant broken: no value for ${node.name}`);
        return value;
      }
      case 'not':
        return !truthOf(this.answer(node.operand));
      case 'negative':
      case 'positive': {
        const operand = this.answer(node.operand);
        this.working = node;
        return signed(node.kind === 'negative' ? '-' : '+', operand);
      }
      case 'and': {
        const left = this.answer(node.left);
        return truthOf(left) ? this.answer(node.right) : left;
      }
      case 'or': {
        const left = this.answer(node.left);
        return truthOf(left) ? left : this.answer(node.right);
      }
      case 'arithmetic': {
        const left = this.answer(node.left);
        const right = this.answer(node.right);
        this.working = node;
        return arithmetic(node.operator, left, right);
      }
      case 'comparison': {
        let left = this.answer(node.first);
        for (const link of node.links) {
          if ('among' in link) return this.isAmong(left, link.among) === (link.operator === 'in');
          const right = this.answer(link.right);
          this.working = node;
          if (!compare(link.operator, left, right)) return false;
          left = right;
        }
        return true;
      }
    }
  }

  /** Python asks every element of a literal tuple before it compares with the first. */
  private isAmong(value: Value, elements: readonly Expression[]): boolean {
    const answers = elements.map((element) => this.answer(element));
    return answers.some((answer) => equal(value, answer));
  }
}
