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
 * recorded as a fact. Any other `Error` is a bug of ours and is never caught there.
 */
export class PythonError extends Error {
  override readonly name: PythonErrorName;

  constructor(name: PythonErrorName, message: string) {
    super(message);
    this.name = name;
  }
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
