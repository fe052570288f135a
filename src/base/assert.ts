/** A broken invariant is a bug of ours and throws; what a user can cause is a value, never this. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}

/** Reads `list[index]`, asserting that it is there. */
export function at<T>(list: ArrayLike<T>, index: number): T {
  const value = list[index];
  // Not `assert`: its message would be written for every element that is there.
  if (value === undefined) throw new Error(`invariant broken: index ${index} of ${list.length}`);
  return value;
}

/** The end of an exhaustive `switch`: reached only when a case was forgotten. */
export function unreachable(value: never): never {
  throw new Error(`invariant broken: unexpected ${JSON.stringify(value)}`);
}
