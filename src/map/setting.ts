import { callerOf, withCaller } from '../engine/caller.ts';
import { type Case, callsOf, PROGRAMS, type ProgramName } from '../engine/case.ts';
import { findImplementation } from '../engine/implementations/index.ts';
import { scopeOf } from '../engine/scope.ts';

/**
 * What all fields of a map have in common: a case without its heads and ranks. Fields are as small
 * as they can be and still tell: one sequence position a rank (two where a rank holds two half-chunks),
 * head dim 1.
 */
export interface MapSetting
  extends Pick<
    Case,
    | 'implementation'
    | 'batch'
    | 'batchDimIdx'
    | 'numKvHeadsBefore'
    | 'gatherIdx'
    | 'kvRepeat'
    | 'condition'
    | 'guards'
    | 'caller'
  > {
  readonly program: ProgramName;
  /** Query heads for each key/value head; 1 for a model without grouped heads. */
  readonly kvRatio: number;
}

/** One field: query heads and the sequence-parallel world size. */
export interface Field {
  readonly heads: number;
  readonly sp: number;
}

/** How far a map reaches: heads from 1 to `heads`, SP from 1 to `sp`. */
export type MapExtent = Field;

export const WHOLE_MAP: MapExtent = { heads: 128, sp: 64 };

/** What a map around `c` has in common with it. A program of one's own is mapped as a round trip. */
export function settingOf(c: Case): MapSetting {
  const { implementation, batch, batchDimIdx, numKvHeadsBefore } = c;
  const { gatherIdx, kvRepeat, condition, guards } = c;
  const code = findImplementation(implementation) ?? {};
  return {
    implementation,
    program: PROGRAMS.find((name) => name === c.program) ?? 'roundTrip',
    batch,
    batchDimIdx,
    numKvHeadsBefore,
    kvRatio: c.heads % c.kvHeads === 0 ? c.heads / c.kvHeads : 1,
    ...(gatherIdx === undefined ? {} : { gatherIdx }),
    ...(kvRepeat === undefined ? {} : { kvRepeat }),
    ...(condition === undefined ? {} : { condition }),
    ...(guards === undefined ? {} : { guards }),
    ...(callerOf(c, code) === 'bypassed' ? {} : { caller: 'published' as const }),
  };
}

/** What every verdict of a map was reached over, in words. */
export function scopeOfMap({ program }: Pick<MapSetting, 'program'>): string {
  return scopeOf({ program, calls: callsOf(program, 1, 1) });
}

/** What the map of another implementation, as it was published, has in common with a map. */
export function publishedSetting(setting: MapSetting, implementation: string): MapSetting {
  const { condition: _, guards: __, ...common } = setting;
  return { ...common, implementation, caller: 'published' };
}

/** The case of a field; null where the key/value ratio gives no whole number of heads. */
export function caseOf(setting: MapSetting, { heads, sp }: Field): Case | null {
  const { kvRatio, caller = 'bypassed', ...common } = setting;
  if (heads % kvRatio !== 0) return null;
  const kvHeads = heads / kvRatio;
  const code = findImplementation(setting.implementation);
  const bare = {
    ...common,
    sp,
    seq: code?.sharding === 'balanced-half-chunks' ? 2 * sp : sp,
    heads,
    kvHeads,
    headDim: 1,
    calls: callsOf(setting.program, heads, kvHeads),
  };
  return withCaller(bare, code ?? {}, caller);
}

/** Fields are numbered row by row: all heads of SP 1, then all of SP 2. */
export function fieldAt(extent: MapExtent, index: number): Field {
  return { heads: (index % extent.heads) + 1, sp: Math.floor(index / extent.heads) + 1 };
}

export function indexOf(extent: MapExtent, { heads, sp }: Field): number {
  return (sp - 1) * extent.heads + heads - 1;
}
