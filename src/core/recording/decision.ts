import { at } from '../../base/assert.ts';
import type { PartValue } from '../python/condition/evaluate.ts';
import { printValue } from '../python/condition/syntax.ts';
import {
  alikeIn,
  type CallEvents,
  eventsByCall,
  type Rank,
  type RankEvent,
  type Recording,
} from './event.ts';

/** How one rank chose its path in one call. */
export interface Decision {
  readonly rank: Rank;
  /** Index into the rank's events. */
  readonly event: number;
  readonly decided: Extract<RankEvent, { kind: 'decided' }>;
  /** The heads of the tensor that it asked about. */
  readonly numHeads: number;
  /** The process-wide head count when it asked. */
  readonly numKvHeads: number | null;
}

/** Every rank's decision in a call; ranks that decided nothing are left out. */
export function decisionsOf(recording: Recording, call: number): Decision[] {
  return recording.ranks.flatMap((ranked, rank) => {
    const decision = decisionIn(eventsByCall(ranked)[call]);
    return decision === null ? [] : [{ rank, ...decision }];
  });
}

/** The first rank's decision in a call; null where none decided. */
export function firstDecision(recording: Recording, call: number): Decision | null {
  for (const { ranks, calls } of alikeIn(recording)) {
    const decision = decisionIn(calls[call]);
    if (decision !== null) return { rank: at(ranks, 0), ...decision };
  }
  return null;
}

/** The decision that is made in a rank's events of a call; null where none is. */
export function decisionIn(own: CallEvents | undefined): Omit<Decision, 'rank'> | null {
  const called = own?.events[0];
  if (own === undefined || called?.kind !== 'called') return null;
  const index = own.events.findIndex((event) => event.kind === 'decided');
  const decided = own.events[index];
  if (decided?.kind !== 'decided') return null;
  return {
    event: own.start + index,
    decided,
    numHeads: at(called.input.shape, 2),
    numKvHeads: called.numKvHeads,
  };
}

/**
 * The operands that settled a condition, with their values: "2 % 4 = 2", "head count = 6",
 * "2 % 4 = 2, scatter_idx = 1".
 */
export function operandsOf({ decided }: Pick<Decision, 'decided'>): string {
  return operandsIn(decided.condition, decided.evaluation.parts);
}

/** The operands of a condition that were asked, with their values. */
export function operandsIn(condition: string, parts: readonly PartValue[]): string {
  const names = parts.filter(({ kind }) => kind === 'name');
  const sums = parts.filter(({ kind }) => kind === 'arithmetic');
  const phrases = parts.flatMap((part) => {
    const inSum = sums.some((sum) => sum !== part && sum.from <= part.from && part.to <= sum.to);
    if (inSum) return [];
    if (part.kind === 'arithmetic') {
      return [`${filledIn(condition, part, names)} = ${printValue(part.value)}`];
    }
    return part.kind === 'name' ? phraseOf(condition, part) : [];
  });
  if (phrases.length > 0) return [...new Set(phrases)].join(', ');
  const whole = parts.at(-1);
  if (names.length > 0) return 'no head count';
  return whole === undefined ? '' : `always ${printValue(whole.value)}`;
}

/** A name outside of sums; that no head count is set goes without saying. */
function phraseOf(condition: string, part: PartValue): string[] {
  const name = condition.slice(part.from, part.to).replace(/\s/g, '');
  if (name !== 'get_num_kv_heads()') return [`${name} = ${printValue(part.value)}`];
  return part.value === null ? [] : [`head count = ${printValue(part.value)}`];
}

/** A part of the condition with values in the place of its names. */
function filledIn(condition: string, part: PartValue, names: readonly PartValue[]): string {
  const inside = names
    .filter(({ from, to }) => part.from <= from && to <= part.to)
    .toSorted((a, b) => a.from - b.from);
  let text = '';
  let position = part.from;
  for (const { from, to, value } of inside) {
    text += condition.slice(position, from) + printValue(value);
    position = to;
  }
  return text + condition.slice(position, part.to);
}
