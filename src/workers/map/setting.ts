import { scopeOf } from '../../core/cases/scope.ts';
import {
  type Call,
  type Case,
  callsOf,
  isKeyOrValue,
  namedProgram,
  programNamed,
} from '../../core/contract/case.ts';
import { lengthsOf } from '../../core/contract/sequence.ts';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import { callerOf, withCaller } from '../../core/published/caller.ts';

/**
 * What all fields of a map have in common: a case without its heads and ranks. A fault strikes a rank
 * of one case: fields are judged without it. Fields are as small as they can be and still come to the
 * verdict of the case itself.
 */
export interface MapSetting
  extends Omit<Case, 'sp' | 'seq' | 'heads' | 'kvHeads' | 'headDim' | 'calls' | 'fault'> {
  /** Query heads for each key/value head; 1 for a model without grouped heads. */
  readonly kvRatio: number;
  /** Tokens on each rank, and the head dim, where more than one tell more; 2 if absent. */
  readonly tokens?: number;
  readonly headDim?: number;
  /** The whole sequence, where the ranks of the case do not divide it: it stays as SP changes. */
  readonly seq?: number;
  /** A person's own list of calls, and the head counts that it is written for. */
  readonly own?: Pick<Case, 'calls' | 'heads' | 'kvHeads'>;
}

/** One field: query heads and the sequence-parallel world size. */
export interface Field {
  readonly heads: number;
  readonly sp: number;
}

/** A place of a table: a field with a key/value head count of its own. */
export interface Cell extends Field {
  readonly kvHeads: number;
}

/** How far a map reaches: heads from 1 to `heads`, SP from 1 to `sp`. */
export type MapExtent = Field;

export const WHOLE_MAP: MapExtent = { heads: 128, sp: 64 };

/** What a map around `c` has in common with it. */
export function settingOf(c: Case): MapSetting {
  const { sp, seq, heads, kvHeads, headDim, calls, fault: _, caller: __, ...common } = c;
  const isListed = lengthsOf(c.sequenceSplit ?? '') !== null;
  return {
    ...common,
    batch: meetsItsLayout(c) ? fewest(c.batch, MOST.batch) : c.batch,
    kvRatio: heads % kvHeads === 0 ? heads / kvHeads : 1,
    ...(seq % sp === 0 && !isListed ? { tokens: fewest(seq / sp, MOST.tokens) } : { seq }),
    headDim: fewest(headDim, MOST.headDim),
    ...(callerOf(c, codeOf(c)) === 'bypassed' ? {} : { caller: 'published' as const }),
    ...(namedProgram(c) === null ? { own: { calls, heads, kvHeads } } : {}),
  };
}

/**
 * Whether a code meets what it is written for: its layout, and the sequence where it looks for it.
 * Otherwise sizes that are equal by chance decide.
 */
export function meetsItsLayout(
  c: Pick<Case, 'implementation' | 'batchDimIdx' | 'gatherIdx'>,
): boolean {
  const layouts = findImplementation(c.implementation)?.layouts ?? [];
  return c.gatherIdx === undefined && layouts.includes(c.batchDimIdx);
}

/**
 * Whether nothing but the heads of a case decides: all of them are even, those that a rank holds between
 * the passes too where a condition asks of these, and the code is as published.
 */
function isEven(setting: MapSetting, calls: readonly Call[], sp: number): boolean {
  const asks = findImplementation(setting.implementation)?.condition != null;
  return (
    meetsItsLayout(setting) &&
    findImplementation(setting.implementation)?.order === 'contiguous' &&
    setting.sequenceSplit === undefined &&
    setting.sequenceOrder === undefined &&
    setting.condition === undefined &&
    setting.guards === undefined &&
    setting.numKvHeadsBefore === null &&
    calls.every(({ heads }) => heads % sp === 0 && (!asks || (heads / sp) % sp === 0))
  );
}

/**
 * Sizes of a field at most: a larger one tells no more. A sequence that was longer than the batch stays so,
 * as a shape whose sizes are equal by chance hides that they were exchanged.
 */
const MOST = { batch: 8, tokens: 10, headDim: 6 };

/** At most `most`, even or odd as it was: whether tokens make two half-chunks is asked of every number. */
function fewest(size: number, most: number): number {
  return size <= most ? size : most - ((most - size) & 1);
}

/** What every verdict of a map was reached over, in words. */
export function scopeOfMap(setting: Pick<MapSetting, 'program' | 'own'>): string {
  return scopeOf({ program: setting.program, calls: callsAt(setting, 1, 1) });
}

/** What the map of another implementation, as it was published, has in common with a map. */
export function publishedSetting(setting: MapSetting, implementation: string): MapSetting {
  const { condition: _, guards: __, ...common } = setting;
  return { ...common, implementation, caller: 'published' };
}

/** The case of a field; null where the key/value ratio gives no whole number of heads. */
export function caseOf(setting: MapSetting, { heads, sp }: Field): Case | null {
  const { kvRatio } = setting;
  return heads % kvRatio === 0 ? caseAt(setting, { heads, kvHeads: heads / kvRatio, sp }) : null;
}

/**
 * The case that a setting makes of head counts and an SP degree. Where all heads are even, small sizes
 * tell; elsewhere a code sums and divides sizes that are equal by chance if they are small.
 */
export function caseAt(setting: MapSetting, { heads, kvHeads, sp }: Cell): Case {
  const {
    kvRatio: _,
    tokens = 2,
    seq,
    headDim = 2,
    own: __,
    caller = 'bypassed',
    sequenceSplit: split,
    ...common
  } = setting;
  // A list of lengths is written for one number of ranks; others take nearly equal shares.
  const lengths = lengthsOf(split ?? '');
  const fits = split !== undefined && (lengths === null || lengths.length === sp);
  const calls = callsAt(setting, heads, kvHeads);
  const even = isEven(setting, calls, sp);
  const bare: Case = {
    ...common,
    ...(fits ? { sequenceSplit: split } : {}),
    sp,
    seq: seq ?? sp * (even && common.batch === 1 ? fewest(tokens, 3) : tokens),
    heads,
    kvHeads,
    headDim: even ? fewest(headDim, 3) : headDim,
    calls,
  };
  return withCaller(bare, codeOf(setting), caller);
}

function codeOf({ implementation }: Pick<Case, 'implementation'>) {
  return findImplementation(implementation) ?? {};
}

/** The calls of a setting with these heads; those of a person's own list have as many in proportion. */
function callsAt(
  { program, own }: Pick<MapSetting, 'program' | 'own'>,
  heads: number,
  kvHeads: number,
): readonly Call[] {
  const named = programNamed(program);
  if (own === undefined) return named === null ? [] : callsOf(named, heads, kvHeads);
  return own.calls.map((call): Call => {
    const counts = [
      { was: own.heads, is: heads },
      { was: own.kvHeads, is: kvHeads },
    ];
    if (isKeyOrValue(call.tensor) || call.tensor === 'r') counts.reverse();
    return { ...call, heads: counts.find(({ was }) => was === call.heads)?.is ?? call.heads };
  });
}

/** Fields are numbered row by row: all heads of SP 1, then all of SP 2. */
export function fieldAt(extent: MapExtent, index: number): Field {
  return { heads: (index % extent.heads) + 1, sp: Math.floor(index / extent.heads) + 1 };
}

export function indexOf(extent: MapExtent, { heads, sp }: Field): number {
  return (sp - 1) * extent.heads + heads - 1;
}
