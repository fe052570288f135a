/**
 * The exceptions that the published code raises, by their Python names; `Unanswered` is none of
 * Python's: a condition came to a number that is not reckoned with here.
 */
export type PythonErrorName =
  | 'AssertionError'
  | 'IndexError'
  | 'RuntimeError'
  | 'TypeError'
  | 'Unanswered'
  | 'ValueError'
  | 'ZeroDivisionError';

/**
 * What a rank's program raises, as the Python of the source would: caught by the rank's run and
 * recorded as a fact. It is no `Error` of ours, has no stack of ours, and costs little; any `Error`
 * is a bug and is never caught there.
 */
export class PythonError {
  constructor(
    readonly name: PythonErrorName,
    readonly message: string,
  ) {}
}

/** Python's `a // b` for integers, exact up to 2^53, with its exception. */
export function pyFloorDiv(a: number, b: number): number {
  if (b === 0) throw new PythonError('ZeroDivisionError', 'integer division or modulo by zero');
  const rest = a % b;
  const quotient = (a - rest) / b;
  return rest !== 0 && rest < 0 !== b < 0 ? quotient - 1 : quotient;
}

/** Python's `a % b` for integers, exact up to 2^53: the result has the sign of `b`. */
export function pyMod(a: number, b: number): number {
  if (b === 0) throw new PythonError('ZeroDivisionError', 'integer modulo by zero');
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}
