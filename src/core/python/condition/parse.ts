import { CONDITION_NAMES, type ConditionName } from './names.ts';
import { readExpression } from './read-expression.ts';
import { Refusal } from './refusal.ts';
import type { Expression } from './syntax.ts';
import { type ConditionProblem, unwrap } from './unwrap.ts';

export type Parsed =
  | {
      readonly ok: true;
      /** Its spans point into the text that was parsed, whatever stood around the condition there. */
      readonly expression: Expression;
      /** The condition alone, in one line: parsing it again gives the same condition. */
      readonly text: string;
    }
  | { readonly ok: false; readonly problem: ConditionProblem };

/** A condition has at most this many characters, with all that was pasted around it. */
export const LONGEST_CONDITION = 1000;

/**
 * Reads a condition as the Python source has it, over the usual names and those of `more`. The text
 * is parsed, its tree is checked against what is allowed, and `evaluate` walks that tree; nothing
 * is ever executed.
 */
export function parseCondition(text: string, more: readonly ConditionName[] = []): Parsed {
  if (text.length > LONGEST_CONDITION) {
    const message = `what stands here is too much: a condition has at most ${LONGEST_CONDITION} characters`;
    return { ok: false, problem: { from: LONGEST_CONDITION, to: text.length, message } };
  }
  const unwrapped = unwrap(text);
  if (!unwrapped.ok) return unwrapped;
  const alone = unwrapped.text;
  if (alone.trim() === '') {
    const message = 'a condition is expected here';
    return { ok: false, problem: { from: 0, to: text.length, message } };
  }
  const names = [...CONDITION_NAMES, ...more].map(({ name }) => name);
  try {
    const expression = readExpression(alone, names);
    return { ok: true, expression, text: inOneLine(alone.slice(expression.from, expression.to)) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.problem };
    throw error;
  }
}

function inOneLine(source: string): string {
  return source
    .replace(/ +/g, ' ')
    .replace(/([([]) /g, '$1')
    .replace(/ ([)\],])/g, '$1');
}
