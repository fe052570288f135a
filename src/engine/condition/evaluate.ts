import { unreachable } from '../../base/assert.ts';
import { PythonError, pyFloorDiv, pyMod } from '../python-error.ts';
import { parseCondition } from './parse.ts';
import type { Expression, Span, Value } from './syntax.ts';

/** What a part of a condition came to; parts that were never asked (short circuit) are absent. */
export interface PartValue extends Span {
  readonly kind: Expression['kind'];
  readonly value: Value;
}

/** What a whole condition came to, with every part that was asked, in the order of asking. */
export interface Evaluation {
  readonly truth: boolean;
  readonly parts: readonly PartValue[];
}

/** The values of the names that a condition may use. */
export type Scope = Readonly<Record<string, Value>>;

/**
 * Evaluates a condition's text with Python's semantics.
 * @throws PythonError as Python would (a TypeError on None, a ZeroDivisionError).
 */
export function evaluate(text: string, scope: Scope): Evaluation {
  const parts: PartValue[] = [];
  const value = answer(expressionOf(text), scope, parts);
  return { truth: truthOf(value), parts };
}

const expressions = new Map<string, Expression>();

/** The parsed text, kept: every rank asks the same few conditions again and again. */
function expressionOf(text: string): Expression {
  const known = expressions.get(text);
  if (known !== undefined) return known;
  const parsed = parseCondition(text);
  if (!parsed.ok) throw new Error(`invariant broken: ${parsed.problem.message}: ${text}`);
  expressions.set(text, parsed.expression);
  return parsed.expression;
}

function truthOf(value: Value): boolean {
  return value !== null && value !== false && value !== 0;
}

function answer(node: Expression, scope: Scope, parts: PartValue[]): Value {
  const value = compute(node, scope, parts);
  parts.push({ from: node.from, to: node.to, kind: node.kind, value });
  return value;
}

function compute(node: Expression, scope: Scope, parts: PartValue[]): Value {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'name': {
      const value = scope[node.name];
      if (value === undefined) throw new Error(`invariant broken: no value for ${node.name}`);
      return value;
    }
    case 'not':
      return !truthOf(answer(node.operand, scope, parts));
    case 'negative':
      return -number(answer(node.operand, scope, parts), '-');
    case 'and': {
      const left = answer(node.left, scope, parts);
      return truthOf(left) ? answer(node.right, scope, parts) : left;
    }
    case 'or': {
      const left = answer(node.left, scope, parts);
      return truthOf(left) ? left : answer(node.right, scope, parts);
    }
    case 'arithmetic': {
      const left = number(answer(node.left, scope, parts), node.operator);
      const right = number(answer(node.right, scope, parts), node.operator);
      switch (node.operator) {
        case '+':
          return left + right;
        case '-':
          return left - right;
        case '*':
          return left * right;
        case '//':
          return pyFloorDiv(left, right);
        case '%':
          return pyMod(left, right);
        default:
          return unreachable(node);
      }
    }
    case 'comparison': {
      const left = answer(node.left, scope, parts);
      const right = answer(node.right, scope, parts);
      switch (node.operator) {
        case '==':
          return equal(left, right);
        case '!=':
          return !equal(left, right);
        case 'is':
          return left === right;
        case 'is not':
          return left !== right;
        case '<':
          return number(left, '<') < number(right, '<');
        case '<=':
          return number(left, '<=') <= number(right, '<=');
        case '>':
          return number(left, '>') > number(right, '>');
        case '>=':
          return number(left, '>=') >= number(right, '>=');
        default:
          return unreachable(node);
      }
    }
  }
}

/** Python's `==`: True equals 1, None equals only None. */
function equal(left: Value, right: Value): boolean {
  if (left === null || right === null) return left === right;
  return Number(left) === Number(right);
}

/** An operand as a number: bools count, None does not. */
function number(value: Value, operator: string): number {
  if (value === null)
    throw new PythonError('TypeError', `unsupported operand type for ${operator}: 'NoneType'`);
  return Number(value);
}
