/** The exceptions that the published code raises, by their Python names. */
export type PythonErrorName =
  | 'AssertionError'
  | 'IndexError'
  | 'RuntimeError'
  | 'TypeError'
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

/** Python's `a // b` for integers, with its exception. */
export function pyFloorDiv(a: number, b: number): number {
  if (b === 0) throw new PythonError('ZeroDivisionError', 'integer division or modulo by zero');
  return Math.floor(a / b);
}

/** Python's `a % b` for integers: the result has the sign of `b`. */
export function pyMod(a: number, b: number): number {
  if (b === 0) throw new PythonError('ZeroDivisionError', 'integer division or modulo by zero');
  return a - b * Math.floor(a / b);
}
