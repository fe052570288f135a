import { at } from '../../base/assert.ts';
import { coordinates, type GlobalSizes } from '../../core/contract/case.ts';
import { sizesOf } from '../../core/contract/contract.ts';
import { elementsOf } from '../../core/recording/recorded-tensor.ts';
import type { HeldElement } from '../origin.ts';
import type { Journey } from '../provenance.ts';
import type { Tick, Trace } from '../trace.ts';

/**
 * Where another run is given the element whose way is told: the same (b, s, h, d) of the tensor that
 * the same call begins with. Null for padding, and where the other run is given no such element.
 */
export function counterpartIn(
  other: Trace,
  { element, call }: Journey,
): (HeldElement & { readonly tick: Tick }) | null {
  const { contract: theirs, ranks } = other.recording;
  const wanted = theirs.calls[call];
  if (element === null || wanted === undefined) return null;
  const sizes = sizesOf(theirs, wanted);
  for (const [rank, lane] of other.lanes.entries()) {
    const placed = lane.find((one) => one.event.kind === 'called' && one.event.call === call);
    if (placed?.event.kind !== 'called') continue;
    const place = elementsOf(at(ranks, rank), placed.event.input).findIndex((id) =>
      isElement(sizes, id, element),
    );
    if (place >= 0) return { tick: placed.tick, rank, tensor: 0, place };
  }
  return null;
}

function isElement(sizes: GlobalSizes, id: number, wanted: ReturnType<typeof coordinates>) {
  if (id < 0) return false;
  const { b, s, h, d } = coordinates(sizes, id);
  return b === wanted.b && s === wanted.s && h === wanted.h && d === wanted.d;
}
