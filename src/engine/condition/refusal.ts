import { shortened } from '../../base/quoted.ts';
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
