import { at } from '../base/assert.ts';
import { memoized } from '../base/memo.ts';
import { finish, type Steps } from '../base/steps.ts';
import type { RankEvent } from '../core/recording/event.ts';
import { kindOf } from './event-kinds.ts';
import type { PlacedEvent, Tick, Trace } from './trace.ts';

/** What happens in one tick, over all ranks. */
export interface Moment {
  readonly tick: Tick;
  readonly call: number;
  /** The kind of thing most worth seeing in it. */
  readonly kind: RankEvent['kind'];
  readonly events: readonly { readonly rank: number; readonly placed: PlacedEvent }[];
}

/** The moments of a trace, one a tick. */
export function momentsOf(trace: Trace): readonly Moment[] {
  return knownOf(trace).moments ?? finish(momentsInSteps(trace));
}

const knownOf = memoized((_: Trace): { moments: readonly Moment[] | null } => ({ moments: null }));

/** The same in steps. */
export function* momentsInSteps(trace: Trace): Steps<readonly Moment[]> {
  const known = knownOf(trace);
  known.moments ??= yield* findMoments(trace);
  return known.moments;
}

function* findMoments(trace: Trace): Steps<Moment[]> {
  const events: { rank: number; placed: PlacedEvent }[][] = Array.from(
    { length: trace.ticks },
    () => [],
  );
  for (const [rank, lane] of trace.lanes.entries()) {
    for (const placed of lane) at(events, placed.tick).push({ rank, placed });
    yield;
  }
  const moments: Moment[] = [];
  for (const [tick, list] of events.entries()) {
    let { event, call } = at(list, 0).placed;
    for (const { placed } of list) {
      if (kindOf(placed.event).weight > kindOf(event).weight) ({ event, call } = placed);
    }
    moments.push({ tick, call, kind: event.kind, events: list });
    yield;
  }
  return moments;
}

/** Whether something failed in this moment, or with this event. */
export function failed(of: Pick<Moment, 'kind'>): boolean {
  return kindOf(of).failure !== undefined;
}

/** "permute(2, 0, 1, 3, 4)", "all_to_all_single": an event as the Python would read. */
export function operationText(event: RankEvent): string {
  return kindOf(event).operation(event);
}
