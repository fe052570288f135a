import { shortened } from '../../base/quoted.ts';
import type { Case } from '../contract/case.ts';
import { findImplementation, IMPLEMENTATIONS } from '../programs/implementations/index.ts';
import { guardsOf } from '../published/implementation.ts';
import { parseCondition } from '../python/condition/parse.ts';

/** What is wrong with a condition of a case: what, where, and what is allowed. */
interface RuleProblem {
  readonly field: 'condition' | 'guards';
  readonly message: string;
}

/** The conditions of a case's own. */
export type Rule = Pick<Case, 'condition' | 'guards'>;

/**
 * The conditions that a case puts in the place of an implementation's, each alone and in one line;
 * one that is as published is left out, so that a case is written in one way only.
 */
export function ruleOf(
  implementationId: string,
  condition: string | undefined,
  guards: Readonly<Record<string, string>>,
): Rule | { readonly problem: RuleProblem } {
  const implementation = findImplementation(implementationId);
  const own: Record<string, string> = {};
  const rule: { condition?: string; guards?: Readonly<Record<string, string>> } = {};
  if (condition !== undefined) {
    const published = implementation?.condition ?? null;
    if (published === null) {
      const others = IMPLEMENTATIONS.filter((one) => one.condition !== null);
      return refused(
        'condition',
        `condition cannot be set for ${implementationId}, which has one path only; it can for ${idsOf(others)}`,
      );
    }
    const parsed = parseCondition(condition);
    if (!parsed.ok) return refused('condition', unreadable('condition', parsed.problem));
    if (parsed.text !== published) rule.condition = parsed.text;
  }
  for (const [id, text] of Object.entries(guards)) {
    const guard = guardsOf(implementation ?? {}).find((one) => one.id === id);
    if (guard === undefined) return refused('guards', noSuchGuard(implementationId, id));
    const parsed = parseCondition(text, guard.names);
    if (!parsed.ok) return refused('guards', unreadable(`guards.${id}`, parsed.problem));
    if (parsed.text !== guard.condition) own[id] = parsed.text;
  }
  if (Object.keys(own).length > 0) rule.guards = own;
  return rule;
}

function refused(field: RuleProblem['field'], message: string): { readonly problem: RuleProblem } {
  return { problem: { field, message } };
}

/** "condition cannot be read at character 12: a call of "open" is not allowed here" */
function unreadable(where: string, problem: { from: number; message: string }): string {
  return `${where} cannot be read at character ${problem.from + 1}: ${problem.message}`;
}

function noSuchGuard(implementationId: string, id: string): string {
  const quoted = JSON.stringify(shortened(id));
  const own = guardsOf(findImplementation(implementationId) ?? {});
  if (own.length > 0) {
    return `guards names ${quoted}, which ${implementationId} has not; allowed are ${idsOf(own)}`;
  }
  const others = IMPLEMENTATIONS.filter((one) => guardsOf(one).length > 0);
  return `guards names ${quoted}, but ${implementationId} asserts nothing; guards are in ${idsOf(others)}`;
}

function idsOf(list: readonly { readonly id: string }[]): string {
  return list.map(({ id }) => id).join(', ');
}
