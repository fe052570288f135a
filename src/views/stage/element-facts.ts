import { at } from '../../base/assert.ts';
import { type Coordinates, coordinates, sizesOf } from '../../engine/case.ts';
import { eventsByCall } from '../../engine/event.ts';
import { elementsOf } from '../../engine/recorded-tensor.ts';
import { rowMajorStrides } from '../../engine/shape.ts';
import { chunkOf } from '../../engine/shard.ts';
import { implementationOf } from '../../engine/truth.ts';
import type { Selection } from '../../store/state.ts';
import type { HeldElement } from '../../trace/origin.ts';
import { stateAt } from '../../trace/state.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { belongsAt } from './belongs.ts';

/** What can be said of an element that a rank holds, in words. */
export interface ElementFacts {
  /** "(b 0, s 3, h 5, d 1)" */
  readonly name: string;
  /** Where it is, where it came from, where it should be. */
  readonly lines: readonly string[];
  /** Whether it is not where it belongs. */
  readonly wrong: boolean;
}

/** The facts of a held element; `whole`: of all the head dim that begins with it. */
export function factsOf(
  trace: Trace,
  tick: Tick,
  element: HeldElement,
  whole: boolean,
): ElementFacts | null {
  const { recording } = trace;
  const { holding, latest } = at(stateAt(trace, tick), element.rank);
  const ref = holding[element.tensor];
  if (latest === null || ref === undefined) return null;
  const c = recording.case;
  const call = at(c.calls, latest.call);
  const sizes = sizesOf(c, call);
  const id = at(elementsOf(at(recording.ranks, element.rank), ref), element.place);
  const name = nameOf(coordinates(sizes, id), whole ? c.headDim : 1);
  const piece = holding.length > 1 ? ` in tensor ${element.tensor} of ${holding.length}` : '';
  const where = `on rank ${element.rank}, at ${indexText(ref.shape, element.place)} of ${shapeText(ref.shape)}${piece}`;
  const from = heldAtFirst(trace, latest.call, id, element.rank);
  const implementation = implementationOf(recording);
  const home = trace.lanes.findIndex((_, rank) =>
    chunkOf(c, call, implementation, rank).ids.includes(id),
  );
  const sent = from !== null && from !== element.rank ? `, sent by rank ${from} in this call` : '';
  const origin = home < 0 ? '' : `home rank ${home}${sent}`;
  const right = belongsAt(recording, latest.call, id, element.rank);
  const over = latest.event.kind === 'returned';
  const here = right?.rank === element.rank && right.place === element.place;
  const there =
    right === null ? '' : `rank ${right.rank} at ${indexText(right.shape, right.place)}`;
  const verdict =
    right === null
      ? over
        ? '✕ belongs on no rank'
        : ''
      : over
        ? here
          ? '✓ belongs here'
          : `✕ belongs on ${there}`
        : `goes to ${there}`;
  return {
    name,
    lines: [where, origin, verdict].filter((line) => line !== ''),
    wrong: over && !here,
  };
}

/** The name of an element that a person follows; null where there is none. */
export function selectionName(trace: Trace, { tick, ...element }: Selection): string | null {
  return factsOf(trace, tick, element, false)?.name ?? null;
}

function nameOf({ b, s, h, d }: Coordinates, headDim: number): string {
  const depth = headDim > 1 ? `d 0–${headDim - 1}` : `d ${d}`;
  return `(b ${b}, s ${s}, h ${h}, ${depth})`;
}

/** The rank that held an element when a call began: `near` if it did; null where none did. */
function heldAtFirst({ recording }: Trace, call: number, id: number, near: number): number | null {
  const holders = recording.ranks.flatMap((rank, number) => {
    const began = eventsByCall(rank)[call]?.events[0];
    if (began?.kind !== 'called') return [];
    return elementsOf(rank, began.input).includes(id) ? [number] : [];
  });
  return holders.includes(near) ? near : (holders[0] ?? null);
}

/** "[0, 3, 1, 1]" */
function indexText(shape: readonly number[], place: number): string {
  const strides = rowMajorStrides(shape);
  const index = shape.map((size, dim) => Math.floor(place / at(strides, dim)) % size);
  return `[${index.join(', ')}]`;
}

function shapeText(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}
