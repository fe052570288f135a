import { at } from '../../base/assert.ts';
import type { Rank, RankEvent } from '../../core/recording/event.ts';
import { momentsOf, operationText } from '../../trace/moment.ts';
import { rankStateAt } from '../../trace/state.ts';
import type { PlacedEvent, Tick, Trace } from '../../trace/trace.ts';

/** Some ranks, and what they have in common. */
export interface RankGroup<T> {
  readonly ranks: readonly Rank[];
  readonly value: T;
}

/** What the inspector shows of one rank in the moment of a tick. */
export interface Inspected {
  readonly rank: Rank;
  /** What it does in this moment, or did last where it does nothing in it; null before its first. */
  readonly placed: PlacedEvent | null;
  /** Whether it does nothing in this moment. */
  readonly idle: boolean;
  /** Everything that it does in this moment: one operation on each of P pieces, say. */
  readonly together: readonly PlacedEvent[];
  /** What the ranks do in this moment, those that do the same as this one first. */
  readonly groups: readonly RankGroup<RankEvent>[];
}

/** The rank that is looked at where nobody has chosen one: `wish`, if it does anything now. */
export function rankConcerned(trace: Trace, tick: Tick, wish: Rank | null): Rank {
  const { events, kind } = at(momentsOf(trace), tick);
  if (wish !== null && events.some(({ rank }) => rank === wish)) return wish;
  return events.find(({ placed }) => placed.event.kind === kind)?.rank ?? wish ?? 0;
}

/** What a rank does in a tick, and beside it what all others do, those who do the same together. */
export function inspect(trace: Trace, tick: Tick, rank: Rank): Inspected {
  const { events } = at(momentsOf(trace), tick);
  const together = events.filter((one) => one.rank === rank).map(({ placed }) => placed);
  const placed = together.at(-1) ?? rankStateAt(trace, rank, tick).latest;
  const latest = new Map(events.map((one) => [one.rank, one.placed.event]));
  const groups = grouped([...latest], stepKey);
  return {
    rank,
    placed,
    idle: together.length === 0,
    together,
    groups: groups.toSorted(
      (a, b) => Number(b.ranks.includes(rank)) - Number(a.ranks.includes(rank)),
    ),
  };
}

/** Ranks are at the same step where they do the same, by the same line. */
function stepKey(event: RankEvent): string {
  return `${operationText(event)} ${event.source ?? ''}`;
}

/** The ranks whose values have the same key, in the order in which the keys come up. */
export function grouped<T>(
  values: readonly (readonly [Rank, T])[],
  keyOf: (value: T) => string,
): readonly RankGroup<T>[] {
  const groups = new Map<string, { ranks: Rank[]; value: T }>();
  for (const [rank, value] of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { ranks: [rank], value });
    else group.ranks.push(rank);
  }
  return [...groups.values()];
}

/** The ranks that do something of this kind in the moment of a tick, with what they do. */
export function eventsOfKind<K extends RankEvent['kind']>(
  trace: Trace,
  tick: Tick,
  kind: K,
): readonly (readonly [Rank, Extract<RankEvent, { kind: K }>])[] {
  return at(momentsOf(trace), tick).events.flatMap(({ rank, placed }) =>
    isOf(placed.event, kind) ? [[rank, placed.event] as const] : [],
  );
}

function isOf<K extends RankEvent['kind']>(
  event: RankEvent,
  kind: K,
): event is Extract<RankEvent, { kind: K }> {
  return event.kind === kind;
}
