import type { SyntaxNode } from '@lezer/common';
import { shortened } from '../../../base/quoted.ts';
import type { Span } from './syntax.ts';
import type { ConditionProblem } from './unwrap.ts';

/** Thrown while a tree is read, caught by `parseCondition`: it never gets out. */
export class Refusal extends Error {
  readonly problem: ConditionProblem;

  constructor({ from, to }: Span, message: string) {
    super(message);
    this.problem = { from, to, message };
  }
}

/** What Python has and a condition has not, by the parser's names. */
const FOREIGN: Readonly<Record<string, string>> = {
  ArrayComprehensionExpression: 'a comprehension',
  AwaitExpression: 'an await',
  ComprehensionExpression: 'a comprehension',
  ConditionalExpression: 'a conditional expression (… if … else …)',
  ContinuedString: 'a string',
  DictionaryComprehensionExpression: 'a comprehension',
  DictionaryExpression: 'a dictionary',
  Ellipsis: 'an ellipsis',
  FormatString: 'an f-string',
  LambdaExpression: 'a lambda',
  NamedExpression: 'an assignment (:=)',
  SetComprehensionExpression: 'a comprehension',
  SetExpression: 'a set',
  String: 'a string',
  YieldExpression: 'a yield',
};

/** Whether no condition has such a node, whatever is in it. */
export function isForeign({ name }: SyntaxNode): boolean {
  return name in FOREIGN;
}

/** Why a node is no part of a condition. */
export function foreignMessage(node: SyntaxNode, source: string): string {
  switch (node.name) {
    case 'TupleExpression':
      return 'a tuple is allowed only behind "in"';
    case 'ArrayExpression':
      return 'a list is allowed only behind "in"';
    case 'MemberExpression': {
      const attribute = node.lastChild?.name === 'PropertyName';
      return `${attribute ? 'an attribute' : 'a subscript'} ("${shortened(source)}") is not allowed here`;
    }
    default:
      return `${FOREIGN[node.name] ?? `"${shortened(source)}"`} is not allowed here`;
  }
}

/** Signs of other languages, and what Python writes. */
const PYTHONS: readonly (readonly [RegExp, string])[] = [
  [/&&/g, 'and'],
  [/\|\|/g, 'or'],
  [/!(?!=)/g, 'not'],
  [/(?<![=!<>:])=(?!=)/g, '=='],
  [/≠/g, '!='],
  [/≤/g, '<='],
  [/≥/g, '>='],
];

/** A sign of another language that touches a place, and its own place. */
function strangeSign(text: string, { from, to }: Span): ConditionProblem | null {
  for (const [sign, python] of PYTHONS) {
    for (const { 0: found, index } of text.matchAll(sign)) {
      const end = index + found.length;
      if (index > to || from > end) continue;
      return { from: index, to: end, message: `"${found}" is written "${python}" here` };
    }
  }
  return null;
}

/** The parser stumbled over the characters from `from` to `to`. */
export function stumbled(text: string, place: Span): Refusal {
  const source = text.slice(place.from, place.to);
  const missing = source.trim() === '';
  const message = missing
    ? 'something is missing here'
    : `"${shortened(source)}" is not expected here`;
  const problem = strangeSign(text, place) ?? { ...place, message };
  return new Refusal(problem, problem.message);
}

/** An operator stands at `place` that no condition has. */
export function foreignOperator(text: string, place: Span, operator: string): Refusal {
  const float = operator === '/' ? ': it makes a float; "//" divides whole numbers' : '';
  const message = `the operator "${operator}" is not allowed here${float}`;
  const problem = strangeSign(text, place) ?? { ...place, message };
  return new Refusal(problem, problem.message);
}
