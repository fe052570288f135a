/** The product of a list of sizes; 1 for none. */
export function product(sizes: readonly number[]): number {
  let result = 1;
  for (const size of sizes) result *= size;
  return result;
}

export function sum(values: readonly number[]): number {
  let result = 0;
  for (const value of values) result += value;
  return result;
}

/** `[0, 1, … count - 1]`. */
export function range(count: number): number[] {
  const numbers: number[] = [];
  for (let index = 0; index < count; index++) numbers.push(index);
  return numbers;
}

/** `count` copies of `value`: Python's `[value] * count`. */
export function repeated<T>(value: T, count: number): T[] {
  const copies: T[] = [];
  for (let index = 0; index < count; index++) copies.push(value);
  return copies;
}

/** Python's `//` for integers: rounds towards minus infinity. */
export function floorDiv(a: number, b: number): number {
  return Math.floor(a / b);
}

export function sameNumbers(a: readonly (number | null)[], b: readonly (number | null)[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/**
 * `total` cut into `parts` nearly equal sizes, the first `total % parts` of them one larger: how
 * `torch.tensor_split` cuts, and how a sequence is dealt to the ranks.
 */
export function nearlyEqual(total: number, parts: number): number[] {
  const base = Math.floor(total / parts);
  return range(parts).map((index) => base + (index < total % parts ? 1 : 0));
}

/** Made once: to make one takes as long as to write a hundred numbers. */
const ENGLISH = new Intl.NumberFormat('en-US');

/** A count as it is read: "8,192". */
export function withCommas(count: number): string {
  return ENGLISH.format(count);
}
