import { at } from '../base/assert.ts';
import { product } from '../base/numbers.ts';
import { type Call, elementId, sizesOf } from './case.ts';
import { endingOf, eventsByCall, type Recording, type TensorRef } from './event.ts';
import { elementsOf } from './recorded-tensor.ts';

/** What a call should have returned on a rank: shape, and element ids in row-major order. */
export interface Truth {
  readonly shape: readonly number[];
  readonly ids: Int32Array;
}

/** What a call returned on every rank; null on ranks that returned nothing. */
export function returnedBy(recording: Recording, call: number): readonly (TensorRef | null)[] {
  return recording.ranks.map((rank) => {
    const events = eventsByCall(rank)[call];
    const ending = events === undefined ? null : endingOf(events);
    return ending?.kind === 'returned' ? ending.output : null;
  });
}

/**
 * What pass 1 should give every rank: all tokens in order, of the heads that follow on those of the
 * ranks before it; as many heads as it returned elements for. Null where a rank returned nothing, or
 * what is no whole number of heads.
 */
export function passOneTruth(recording: Recording, callIndex: number): readonly (Truth | null)[] {
  const c = recording.case;
  const call = at(c.calls, callIndex);
  const sizes = sizesOf(c, call);
  const perHead = c.batch * c.seq * c.headDim;
  let firstHead = 0;
  return returnedBy(recording, callIndex).map((returned) => {
    if (returned === null) return null;
    const heads = product(returned.shape) / perHead;
    if (!Number.isInteger(heads)) return null;
    const start = firstHead;
    firstHead += heads;
    const [outer, inner] = c.batchDimIdx === 0 ? [c.batch, c.seq] : [c.seq, c.batch];
    const ids = new Int32Array(outer * inner * heads * c.headDim);
    let place = 0;
    for (let i = 0; i < outer; i++) {
      for (let j = 0; j < inner; j++) {
        const [b, s] = c.batchDimIdx === 0 ? [i, j] : [j, i];
        const first = elementId(sizes, { b, s, h: start, d: 0 });
        for (let k = 0; k < heads * c.headDim; k++) ids[place++] = first + k;
      }
    }
    return { shape: [outer, inner, heads, c.headDim], ids };
  });
}

/** What pass 2 should give every rank: the shard that pass 1 of the same tensor began with. */
export function passTwoTruth(recording: Recording, callIndex: number): readonly (Truth | null)[] {
  const there = passOneCallOf(recording.case.calls, callIndex);
  return recording.ranks.map((rank) => {
    const began = there === null ? undefined : eventsByCall(rank)[there]?.events[0];
    if (began?.kind !== 'called') return null;
    return { shape: began.input.shape, ids: elementsOf(rank, began.input) };
  });
}

/** The truth of a call, whichever pass it is. */
export function truthOf(recording: Recording, callIndex: number): readonly (Truth | null)[] {
  return at(recording.case.calls, callIndex).pass === 1
    ? passOneTruth(recording, callIndex)
    : passTwoTruth(recording, callIndex);
}

/** The pass-1 call whose result a pass-2 call takes back, or null. */
export function passOneCallOf(calls: readonly Call[], callIndex: number): number | null {
  const { tensor } = at(calls, callIndex);
  for (let index = callIndex - 1; index >= 0; index--) {
    const call = at(calls, index);
    if (call.pass === 1 && call.tensor === tensor) return index;
  }
  return null;
}
