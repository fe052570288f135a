import type { Call, Caller, Case, KvRepeat } from '../contract/case.ts';
import { isKeyOrValue, kvTimes, layerOf } from '../contract/case.ts';
import type { CallerScope, Implementation, LayerHeads } from './implementation.ts';

/**
 * What stands around the published function: its callers' guards and their repeat of scarce
 * key/value heads (`Implementation.caller`), and attention between the passes.
 *
 * A case says whether all of that takes part, and says nothing of it where it could make no
 * difference, so that a case is written in one way only.
 */

/** Whether anything stands around the function that could change what its ranks do. */
function hasPart(calls: readonly Call[], { caller }: Pick<Implementation, 'caller'>): boolean {
  return caller !== undefined || calls.some((call) => isBesideOthers(calls, call));
}

/** Whether a call moves keys or values of another head count than the queries of its layer. */
function isBesideOthers(calls: readonly Call[], { tensor, heads }: Call): boolean {
  if (!isKeyOrValue(tensor)) return false;
  return calls.some((one) => isQueryOf(one, layerOf(tensor)) && one.heads !== heads);
}

function isQueryOf({ tensor }: Call, layer: number): boolean {
  return !isKeyOrValue(tensor) && layerOf(tensor) === layer;
}

/** What a case says of its caller; null where nothing stands around its function. */
export function callerOf(c: Case, implementation: Pick<Implementation, 'caller'>): Caller | null {
  if (!hasPart(c.calls, implementation)) return null;
  return c.caller ?? 'bypassed';
}

/** The same case with its caller, or without it. */
export function withCaller(
  c: Case,
  implementation: Pick<Implementation, 'caller'>,
  caller: Caller,
): Case {
  const { caller: _, ...bare } = c;
  const takesPart = caller === 'published' && hasPart(c.calls, implementation);
  return takesPart ? { ...bare, caller } : bare;
}

/** How key/value heads are repeated before pass 1: as the case says, else as the callers do. */
export function kvRepeatOf(
  { kvRepeat, caller }: Pick<Case, 'kvRepeat' | 'caller'>,
  implementation: Pick<Implementation, 'caller'>,
): KvRepeat | undefined {
  const byCaller = caller === 'published' && implementation.caller?.repeatsKv === true;
  return kvRepeat ?? (byCaller ? 'in-place' : undefined);
}

/** Whether key/value heads are repeated at all: before pass 1, or by the function itself. */
export function repeatsKv(
  c: Pick<Case, 'kvRepeat' | 'caller'>,
  implementation: Pick<Implementation, 'caller' | 'repeatsKv'>,
): boolean {
  return kvRepeatOf(c, implementation) !== undefined || implementation.repeatsKv === true;
}

/** H and Hkv of the model that a call belongs to: `twoModels` has two, without grouped heads. */
export function modelOf(c: Case, { tensor }: Call): Pick<CallerScope, 'heads' | 'kvHeads'> {
  const { heads, kvHeads } = c;
  if (c.program !== 'twoModels') return { heads, kvHeads };
  const own = layerOf(tensor) === 1 ? heads : kvHeads;
  return { heads: own, kvHeads: own };
}

/** The heads of the queries and of the keys that a layer is called with, repeated ones included. */
export function layerHeads(
  c: Case,
  implementation: Pick<Implementation, 'caller'>,
  layer: number,
): LayerHeads {
  const there = c.calls.filter(({ pass, tensor }) => pass === 1 && layerOf(tensor) === layer);
  const query = there.find(({ tensor }) => !isKeyOrValue(tensor));
  const key = there.find(({ tensor }) => isKeyOrValue(tensor));
  const repeats = kvRepeatOf(c, implementation) !== undefined;
  return {
    query: query?.heads ?? null,
    keyValue: key === undefined ? null : key.heads * kvTimes(c, key, repeats),
  };
}

/** The head count that a layer reads off its keys; off its queries, where it moves no keys. */
export function layerCount(
  c: Case,
  implementation: Pick<Implementation, 'caller'>,
  layer: number,
): number | null {
  const { query, keyValue } = layerHeads(c, implementation, layer);
  return keyValue ?? query;
}

/** Whether a call is the first of its layer: that is where callers ask their guards. */
export function opensLayer({ calls }: Case, index: number): boolean {
  const layer = calls[index];
  if (layer === undefined) return false;
  return calls.findIndex(({ tensor }) => layerOf(tensor) === layerOf(layer.tensor)) === index;
}
