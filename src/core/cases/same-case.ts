import type { Case } from '../contract/case.ts';
import { FIELD_NAMES, type FieldName } from './case-fields.ts';

/** Whether two cases say the same of every field. */
export function sameCase(a: Case, b: Case): boolean {
  return a === b || FIELD_NAMES.every((name) => sameField(a, b, name));
}

/** Whether a field says the same; one that is not there says as much as one that is null. */
export function sameField(
  a: Readonly<Partial<Record<FieldName, unknown>>>,
  b: Readonly<Partial<Record<FieldName, unknown>>>,
  name: FieldName,
): boolean {
  return sameValue(a[name] ?? null, b[name] ?? null);
}

/** Whether two values are the same as JSON, in whatever order their records name what they hold. */
function sameValue(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return a === b;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.length === right.size &&
    left.every(([name, value]) => right.has(name) && sameValue(value, right.get(name)))
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
