import { assert, at } from '../base/assert.ts';
import { memoizedByIndex } from '../base/memo.ts';
import type { Call } from '../core/contract/case.ts';
import type { TensorRef } from '../core/recording/event.ts';
import { madeBy, takenBy } from './event-kinds.ts';
import type { PlacedEvent, Trace } from './trace.ts';

/** One of the tensors that an event takes, or makes. */
export interface Port {
  /** Index into the rank's events. */
  readonly event: number;
  readonly tensor: number;
}

/**
 * How tensors go from event to event on one rank. An offer and a return hand on what they take; a
 * call of pass 2 takes what an earlier call returned. What a landing takes stands on other ranks.
 */
export interface Flow {
  /** For each event, who made each tensor that it takes. */
  readonly takes: readonly (readonly Port[])[];
  /** For each event, who takes each tensor that it makes. */
  readonly users: readonly (readonly (readonly Port[])[])[];
  /** The last event up to `event` that made this tensor. */
  makerOf(ref: TensorRef, event: number): Port | null;
}

/** The flow of one rank's tensors. */
export const flowOf = memoizedByIndex(
  (trace: Trace, rank: number): Flow =>
    trackedFlow(at(trace.lanes, rank), trace.recording.contract.calls),
);

function trackedFlow(lane: readonly PlacedEvent[], calls: readonly Call[]): Flow {
  const makers = new Map<string, Port[]>();
  const stored = new Map<string, Port>();
  const takes: Port[][] = [];
  const users: Port[][][] = [];
  const makerOf = (ref: TensorRef, event: number): Port | null =>
    makers.get(keyOf(ref))?.findLast((port) => port.event <= event) ?? null;
  lane.forEach(({ event, call: index }, number) => {
    const call = at(calls, index);
    const taken =
      event.kind === 'called'
        ? storedFor(stored, call)
        : takenBy(event).map((ref) => {
            const maker = makerOf(ref, number - 1);
            assert(maker !== null, 'what an event takes was made by one before it');
            return maker;
          });
    takes.push(taken);
    taken.forEach((maker, tensor) => {
      at(at(users, maker.event), maker.tensor).push({ event: number, tensor });
    });
    const made = madeBy(event);
    users.push(made.map(() => []));
    made.forEach((ref, tensor) => {
      const key = keyOf(ref);
      const port = { event: number, tensor };
      const others = makers.get(key);
      if (others === undefined) makers.set(key, [port]);
      else others.push(port);
      if (event.kind === 'returned') stored.set(call.pass === 1 ? call.tensor : call.to, port);
    });
  });
  return { takes, users, makerOf };
}

/** Pass 1 begins with a shard of its own. */
function storedFor(stored: ReadonlyMap<string, Port>, call: Call): Port[] {
  const port = call.pass === 2 ? stored.get(call.tensor) : undefined;
  return port === undefined ? [] : [port];
}

/** A tensor is written once: what is told of it tells it from all others of its rank. */
export function keyOf({ storage, offset, shape, strides }: TensorRef): string {
  return `${storage} ${offset} ${shape} ${strides}`;
}
