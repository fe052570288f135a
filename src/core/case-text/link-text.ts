import { shortened } from '../../base/quoted.ts';
import { refused } from '../../base/refused.ts';
/**
 * The letters of a link: fields with values, as they stand in the fragment of an address.
 *
 *   {heads: 8, fault: {kind: 'loops', rank: 2}}   ⇄   heads=8&fault.kind=loops&fault.rank=2
 *
 * A record's fields are told apart by dots. A value is written as it is read by a person; JSON is
 * used only where the bare letters would be read as something else. Nothing is known here of what
 * the fields mean.
 */
export type Fields = Readonly<Record<string, unknown>>;

export type ReadFields =
  | { readonly ok: true; readonly fields: Fields }
  | { readonly ok: false; readonly message: string };

/** How deep records may lie in one another. */
const DEEPEST = 4;

/** Prints fields in the order in which they are given. */
export function printFields(fields: Fields): string {
  return leavesOf(fields, [])
    .map(({ path, value }) => `${path.map(encodeKey).join('.')}=${encode(printLeaf(value))}`)
    .join('&');
}

/** Reads what `printFields` printed, or a person wrote; says what is wrong where it cannot. */
export function readFields(text: string): ReadFields {
  const root: Branch = new Map();
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    if (equals < 0) return refused(`“${shortened(part)}” has no value`);
    const name = part.slice(0, equals);
    const path = name.split('.').map(decode);
    const value = decode(part.slice(equals + 1));
    if (value === null || path.includes(null)) {
      return refused(`“${shortened(part)}” is cut off within a letter`);
    }
    const keys = path.filter((key) => key !== null);
    if (keys.length > DEEPEST) return refused(`“${shortened(name)}” is no field`);
    if (!grow(root, keys, readLeaf(value))) return refused(`${shortened(name)} is given twice`);
  }
  return { ok: true, fields: recordOf(root) };
}

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

function leavesOf(fields: Fields, path: readonly string[]): Leaf[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    const here = [...path, key];
    const branches = isRecord(value) && Object.keys(value).length > 0;
    return branches ? leavesOf(value, here) : [{ path: here, value }];
  });
}

/** Fields while they are read. A Map has no fields of its own that a link could name. */
type Branch = Map<string, unknown>;

/** Puts a value at its path; false where something is there already. */
function grow(root: Branch, path: readonly string[], value: unknown): boolean {
  let branch = root;
  for (const key of path.slice(0, -1)) {
    const next = branch.get(key) ?? new Map<string, unknown>();
    if (!(next instanceof Map)) return false;
    branch.set(key, next);
    branch = next;
  }
  const last = path.at(-1) ?? '';
  if (branch.has(last)) return false;
  branch.set(last, value);
  return true;
}

function recordOf(branch: Branch): Fields {
  return Object.fromEntries(
    [...branch].map(([key, value]) => [key, value instanceof Map ? recordOf(value) : value]),
  );
}

function printLeaf(value: unknown): string {
  const bare = typeof value === 'string' && !HALF_LETTER.test(value) && readLeaf(value) === value;
  return bare ? value : JSON.stringify(value);
}

/** JSON where it is JSON, else the letters themselves; a number only where it is printed so. */
function readLeaf(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  if (typeof value === 'number' && String(value) !== text) return text;
  return isDeeperThan(value, DEEPEST) ? text : value;
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((inner) => isDeeperThan(inner, depth - 1));
}

/** Half of a letter beyond the first 65,536: no address can carry it by itself. */
const HALF_LETTER = /\p{Surrogate}/u;

/**
 * Letters that are no harm in a fragment stay as they are; those at which mail and chat programs end
 * a link are escaped.
 */
function encode(text: string): string {
  return encodeURIComponent(text.replace(new RegExp(HALF_LETTER, 'gu'), '\ufffd'))
    .replace(/%(?:3A|40|2C|2F|3B)/g, decodeURIComponent)
    .replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

function encodeKey(key: string): string {
  return encode(key).replaceAll('.', '%2E');
}

/** Null where an escape is cut off or means no letter. */
function decode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
