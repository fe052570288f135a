import { at } from '../base/assert.ts';
import { memoized } from '../base/memo.ts';
import { finish, type Steps } from '../base/steps.ts';
import type { RankEvent } from '../engine/event.ts';
import { OPERATIONS } from '../engine/operations.ts';
import type { PlacedEvent, Tick, Trace } from './trace.ts';

/** What happens in one tick, over all ranks. */
export interface Moment {
  readonly tick: Tick;
  readonly call: number;
  /** The kind of thing most worth seeing in it. */
  readonly kind: RankEvent['kind'];
  readonly events: readonly { readonly rank: number; readonly placed: PlacedEvent }[];
}

/** What outranks what where ranks do different things in one tick. */
const WEIGHT: Record<RankEvent['kind'], number> = {
  raised: 9,
  mismatched: 8,
  abandoned: 7,
  astray: 7,
  lost: 10,
  attended: 3,
  received: 6,
  offered: 5,
  remembered: 4,
  decided: 3,
  guarded: 3,
  returned: 2,
  called: 1,
  local: 0,
};

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
      if (WEIGHT[placed.event.kind] > WEIGHT[event.kind]) ({ event, call } = placed);
    }
    moments.push({ tick, call, kind: event.kind, events: list });
    yield;
  }
  return moments;
}

/** Whether something failed in this moment, or with this event. */
export function failed({ kind }: Pick<Moment, 'kind'>): boolean {
  return FAILURES.includes(kind);
}

const FAILURES: readonly RankEvent['kind'][] = [
  'raised',
  'mismatched',
  'abandoned',
  'astray',
  'lost',
];

/** "permute(2, 0, 1, 3, 4)", "all_to_all_single": an event as the Python would read. */
export function operationText(event: RankEvent): string {
  switch (event.kind) {
    case 'called':
      return 'input';
    case 'local':
      return `${event.name}(${argumentsText(event)})`;
    case 'decided':
      return `if ${event.condition}`;
    case 'guarded':
      return `assert ${event.condition}`;
    case 'remembered':
      return `set_num_kv_heads(${event.after})`;
    case 'offered':
      return event.collective.kind;
    case 'received':
      return 'the pieces land';
    case 'mismatched':
      return 'sizes disagree';
    case 'abandoned':
      return `waits for ${event.by.length === 1 ? `rank ${event.by[0]}` : `${event.by.length} ranks`}`;
    case 'astray':
      return 'ranks are in different collectives';
    case 'lost':
      return 'this rank never comes back';
    case 'attended':
      return 'softmax attention on its own heads';
    case 'raised':
      return event.error;
    case 'returned':
      return `return [${event.output.shape.join(', ')}]`;
  }
}

/** "2, 0, 1", and of a list that is one argument "1, [0, 2, 4]": as the Python has them. */
function argumentsText({ name, args }: Extract<RankEvent, { kind: 'local' }>): string {
  return OPERATIONS[name].argumentsText?.(args) ?? args.join(', ');
}
