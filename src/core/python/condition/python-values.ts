import { unreachable } from '../../../base/assert.ts';
import { PythonError, pyFloorDiv, pyMod } from '../python-error.ts';
import {
  type ArithmeticOperator,
  type ComparisonOperator,
  LARGEST_NUMBER,
  type Value,
} from './syntax.ts';

/**
 * What Python does with its ints, bools and None, and what it says when it cannot (the texts are
 * CPython 3.11's). Python's ints have no end; here they end at `LARGEST_NUMBER`, and what goes
 * beyond is said to, never rounded.
 */

export function truthOf(value: Value): boolean {
  return value !== null && value !== false && value !== 0;
}

/** @throws PythonError TypeError on None, ZeroDivisionError, or Unanswered */
export function arithmetic(operator: ArithmeticOperator, left: Value, right: Value): number {
  if (left === null || right === null) {
    const sign = operator === '**' ? '** or pow()' : operator;
    throw new PythonError(
      'TypeError',
      `unsupported operand type(s) for ${sign}: '${typeOf(left)}' and '${typeOf(right)}'`,
    );
  }
  const [a, b] = [Number(left), Number(right)];
  switch (operator) {
    case '+':
      return exact(a + b);
    case '-':
      return exact(a - b);
    case '*':
      return exact(a * b);
    case '//':
      return exact(pyFloorDiv(a, b));
    case '%':
      return exact(pyMod(a, b));
    case '**':
      return power(a, b);
    default:
      return unreachable(operator);
  }
}

/** @throws PythonError TypeError on None */
export function signed(sign: '+' | '-', operand: Value): number {
  if (operand === null) {
    throw new PythonError('TypeError', `bad operand type for unary ${sign}: 'NoneType'`);
  }
  return exact(sign === '-' ? -Number(operand) : Number(operand));
}

/** @throws PythonError TypeError where None is put in order */
export function compare(operator: ComparisonOperator, left: Value, right: Value): boolean {
  switch (operator) {
    case '==':
      return equal(left, right);
    case '!=':
      return !equal(left, right);
    case 'is':
      return left === right;
    case 'is not':
      return left !== right;
    case '<':
    case '<=':
    case '>':
    case '>=': {
      if (left === null || right === null) {
        throw new PythonError(
          'TypeError',
          `'${operator}' not supported between instances of '${typeOf(left)}' and '${typeOf(right)}'`,
        );
      }
      const difference = Number(left) - Number(right);
      if (difference === 0) return operator.endsWith('=');
      return difference < 0 === operator.startsWith('<');
    }
    default:
      return unreachable(operator);
  }
}

/** Python's `==`: True equals 1, None equals only None. */
export function equal(left: Value, right: Value): boolean {
  if (left === null || right === null) return left === right;
  return Number(left) === Number(right);
}

function typeOf(value: Value): string {
  if (value === null) return 'NoneType';
  return typeof value === 'boolean' ? 'bool' : 'int';
}

/** A result that is what Python has: no rounding above, and no zero below zero. */
function exact(result: number): number {
  if (Number.isSafeInteger(result)) return result + 0;
  throw new PythonError(
    'Unanswered',
    `a number beyond ${LARGEST_NUMBER}, the largest that conditions are computed with here`,
  );
}

/** By squaring: `base ** exponent` is beyond every bound long before it takes time. */
function power(base: number, exponent: number): number {
  if (exponent < 0) {
    if (base === 0) {
      throw new PythonError('ZeroDivisionError', '0.0 cannot be raised to a negative power');
    }
    throw new PythonError(
      'Unanswered',
      `${base} ** ${exponent} is a float in Python, and conditions are computed in whole numbers here`,
    );
  }
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = exact(result * square);
    if (rest > 1) square = exact(square * square);
  }
  return result;
}
