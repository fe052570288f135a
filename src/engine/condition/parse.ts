import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import type { ArithmeticOperator, ComparisonOperator, Expression } from './syntax.ts';

/** Why a text is no condition: a sentence, and the characters that it speaks of. */
export interface ConditionProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

export type Parsed =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly problem: ConditionProblem };

/**
 * Reads a condition as the Python source has it. Text is parsed and its tree is evaluated by
 * `evaluate`; nothing is ever executed.
 */
export function parseCondition(text: string): Parsed {
  try {
    const statement = parser.parse(text).topNode.firstChild;
    if (statement?.name !== 'ExpressionStatement' || statement.nextSibling !== null) {
      return refused({ from: 0, to: text.length }, 'one Python expression is expected here');
    }
    return { ok: true, expression: read(only(statement), text) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.problem };
    throw error;
  }
}

class Refusal extends Error {
  constructor(readonly problem: ConditionProblem) {
    super(problem.message);
  }
}

function refused(place: { from: number; to: number }, message: string): Parsed {
  return { ok: false, problem: { from: place.from, to: place.to, message } };
}

function refuse(node: SyntaxNode, message: string): never {
  throw new Refusal({ from: node.from, to: node.to, message });
}

function children(node: SyntaxNode): SyntaxNode[] {
  const list: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) list.push(child);
  return list;
}

function only(node: SyntaxNode): SyntaxNode {
  const child = node.firstChild;
  if (child === null || child.nextSibling !== null)
    refuse(node, 'one Python expression is expected here');
  return child;
}

function read(node: SyntaxNode, text: string): Expression {
  const span = { from: node.from, to: node.to };
  const source = text.slice(node.from, node.to);
  switch (node.name) {
    case 'Number':
      if (!/^\d+$/.test(source)) refuse(node, `"${source}" is no whole number`);
      return { ...span, kind: 'literal', value: Number(source) };
    case 'Boolean':
      return { ...span, kind: 'literal', value: source === 'True' };
    case 'None':
      return { ...span, kind: 'literal', value: null };
    case 'VariableName':
      return { ...span, kind: 'name', name: source };
    case 'CallExpression':
      if (!/^\w+\(\s*\)$/.test(source)) refuse(node, 'a call with arguments is not allowed here');
      return { ...span, kind: 'name', name: source.replace(/\s/g, '') };
    case 'ParenthesizedExpression': {
      const inner = children(node)[1];
      if (inner === undefined) refuse(node, 'nothing stands in these parentheses');
      return read(inner, text);
    }
    case 'UnaryExpression':
      return readUnary(node, text);
    case 'BinaryExpression':
      return readBinary(node, text);
    default:
      return refuse(node, `"${source}" is not allowed here`);
  }
}

function readUnary(node: SyntaxNode, text: string): Expression {
  const [operator, operand] = children(node);
  if (operator === undefined || operand === undefined) refuse(node, 'an operand is missing here');
  const sign = text.slice(operator.from, operator.to);
  if (sign !== 'not' && sign !== '-') refuse(operator, `"${sign}" is not allowed here`);
  return {
    from: node.from,
    to: node.to,
    kind: sign === 'not' ? 'not' : 'negative',
    operand: read(operand, text),
  };
}

const ARITHMETIC: readonly string[] = ['+', '-', '*', '//', '%'] satisfies ArithmeticOperator[];
const COMPARISONS: readonly string[] = [
  '<',
  '<=',
  '>',
  '>=',
  '==',
  '!=',
  'is',
  'is not',
] satisfies ComparisonOperator[];

function readBinary(node: SyntaxNode, text: string): Expression {
  const parts = children(node);
  const first = parts[0];
  const last = parts.at(-1);
  if (first === undefined || last === undefined || parts.length < 3)
    refuse(node, 'an operand is missing here');
  const operator = parts
    .slice(1, -1)
    .map((part) => text.slice(part.from, part.to))
    .join(' ');
  const sides = { from: node.from, to: node.to, left: read(first, text), right: read(last, text) };
  if (operator === 'and' || operator === 'or') return { ...sides, kind: operator };
  if (isArithmetic(operator)) return { ...sides, kind: 'arithmetic', operator };
  if (isComparison(operator)) {
    if (sides.left.kind === 'comparison')
      refuse(node, 'a chain of comparisons is not allowed here');
    return { ...sides, kind: 'comparison', operator };
  }
  return refuse(node, `the operator "${operator}" is not allowed here`);
}

function isArithmetic(operator: string): operator is ArithmeticOperator {
  return ARITHMETIC.includes(operator);
}

function isComparison(operator: string): operator is ComparisonOperator {
  return COMPARISONS.includes(operator);
}
