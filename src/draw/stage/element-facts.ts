import { at } from '../../base/assert.ts';
import type { Coordinates } from '../../core/contract/case.ts';
import { rowMajorStrides } from '../../core/tensor/shape.ts';
import type { Selection } from '../../store/view.ts';
import type { HeldElement } from '../../trace/origin.ts';
import { rankStateAt } from '../../trace/state.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { belongsAt, type RightPlace } from './belongs.ts';
import { wayOf } from './follow.ts';

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
  const { holding, latest } = rankStateAt(trace, element.rank, tick);
  const ref = holding[element.tensor];
  const way = wayOf(trace, { tick, ...element });
  if (latest === null || ref === undefined || way === null) return null;
  const piece = holding.length > 1 ? ` in tensor ${element.tensor} of ${holding.length}` : '';
  const index = `${indexText(ref.shape, element.place)} of ${shapeText(ref.shape)}`;
  const where = `on rank ${element.rank}, at ${index}${piece}`;
  const over = latest.event.kind === 'returned';
  if (way.element === null) {
    const lines = over ? [where, '✕ belongs on no rank'] : [where];
    return { name: 'padding', lines, wrong: over };
  }
  const own = way.hops.filter((hop) => hop.own);
  const sender = own.findLast(
    (hop) => hop.sender !== null && hop.tick <= tick && hop.placed.call === latest.call,
  )?.sender;
  const sent = sender == null ? '' : `, sent by rank ${sender} in this call`;
  const right = belongsAt(recording, latest.call, way.id, element.rank);
  const here = right?.rank === element.rank && right.place === element.place;
  return {
    name: nameOf(way.element, whole ? recording.contract.headDim : 1),
    lines: [
      where,
      way.element.s < recording.contract.seq
        ? ''
        : 'padding behind the sequence, cut off after pass 2',
      `home rank ${at(own, 0).rank}${sent}`,
      over ? (here ? '✓ belongs here' : `✕ belongs on ${placeText(right)}`) : boundFor(right),
    ].filter((line) => line !== ''),
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

/** Where the call should bring it; nothing where no rank comes to its end. */
function boundFor(right: RightPlace | null): string {
  return right === null ? '' : `goes to ${placeText(right)}`;
}

function placeText(right: RightPlace | null): string {
  return right === null
    ? 'no rank'
    : `rank ${right.rank} at ${indexText(right.shape, right.place)}`;
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
