import { at } from '../../src/base/assert.ts';
import type { CallOutcome, RankOutcome } from '../../src/core/judge/outcome.ts';

/** Where a run departs from the real one: the place, and the two values. */
export interface Difference {
  readonly place: string;
  readonly expected: string;
  readonly actual: string;
}

/**
 * The first difference between what real ranks did and what ours did, or null. Every field of
 * `expected` is compared, and ours may not have more than it except the listed elements, which the
 * real runs give only now and then.
 */
export function firstDifference(
  expected: readonly CallOutcome[],
  actual: readonly CallOutcome[],
): Difference | null {
  if (expected.length !== actual.length) {
    return difference('number of calls', expected.length, actual.length);
  }
  for (const [call, outcome] of expected.entries()) {
    const found = differenceInCall(`call ${call}`, outcome, at(actual, call));
    if (found !== null) return found;
  }
  return null;
}

function differenceInCall(
  place: string,
  expected: CallOutcome,
  actual: CallOutcome,
): Difference | null {
  if (expected.ranks.length !== actual.ranks.length) {
    return difference(`${place}, number of ranks`, expected.ranks.length, actual.ranks.length);
  }
  for (const [rank, outcome] of expected.ranks.entries()) {
    const found = differenceOnRank(`${place}, rank ${rank}`, outcome, at(actual.ranks, rank));
    if (found !== null) return found;
  }
  return compareValues(`${place}, mismatches`, expected.mismatches, actual.mismatches);
}

function differenceOnRank(
  place: string,
  expected: RankOutcome,
  actual: RankOutcome,
): Difference | null {
  const fields = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  if (expected.ids === undefined) fields.delete('ids');
  for (const field of fields as Set<keyof RankOutcome>) {
    const found = compareValues(`${place}, ${field}`, expected[field], actual[field]);
    if (found !== null) return found;
  }
  return null;
}

function compareValues(place: string, expected: unknown, actual: unknown): Difference | null {
  return equal(expected, actual) ? null : difference(place, expected, actual);
}

function difference(place: string, expected: unknown, actual: unknown): Difference {
  return { place, expected: canonical(expected), actual: canonical(actual) };
}

/** Whether two values of JSON are the same, whatever the order of their keys. */
function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => equal(item, b[index]))
    );
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => equal(Reflect.get(a, key), Reflect.get(b, key)))
  );
}

/** JSON with sorted keys; `nothing` for an absent field. */
function canonical(value: unknown): string {
  if (value === undefined) return 'nothing';
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
