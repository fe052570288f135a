import type { ArithmeticOperator, ComparisonOperator, MembershipOperator } from './syntax.ts';

const ARITHMETIC: readonly string[] = [
  '+',
  '-',
  '*',
  '//',
  '%',
  '**',
] satisfies ArithmeticOperator[];
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
const MEMBERSHIP: readonly string[] = ['in', 'not in'] satisfies MembershipOperator[];

export function isArithmetic(operator: string): operator is ArithmeticOperator {
  return ARITHMETIC.includes(operator);
}

export function isComparison(operator: string): operator is ComparisonOperator {
  return COMPARISONS.includes(operator);
}

export function isMembership(operator: string): operator is MembershipOperator {
  return MEMBERSHIP.includes(operator);
}
