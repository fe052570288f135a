import { describe, expect, it } from 'vitest';
import { at } from '../base/assert.ts';
import type { RankEvent, RankRecording } from '../core/recording/event.ts';
import { elementAt } from '../core/recording/recorded-tensor.ts';
import { Recorder } from '../core/recording/recorder.ts';
import { OPERATIONS } from '../core/tensor/operations.ts';
import { LOCAL_OPERATIONS, type LocalOperation, Tensor } from '../core/tensor/tensor.ts';
import { afterLocal, backThrough } from './local-map.ts';
import { checkOperation } from './saved/operation-check.ts';

/** Each operation done to a tensor of [4, 3, 2] whose elements are 0 to 23. */
const DONE: Readonly<Record<LocalOperation, (tensor: Tensor) => unknown>> = {
  cat: (tensor) => Tensor.cat([tensor, tensor], 1),
  contiguous: (tensor) => tensor.contiguous(),
  empty: ({ listener }) => Tensor.empty(listener, [2, 2]),
  index_select: (tensor) => tensor.indexSelect(0, [3, 0, 0]),
  narrow: (tensor) => tensor.narrow(0, 1, 2),
  pad: (tensor) => tensor.padEnd(1, 2),
  permute: (tensor) => tensor.permute([2, 0, 1]),
  repeat: (tensor) => tensor.tile(1, 2),
  repeat_interleave: (tensor) => tensor.repeatInterleave(1, 2),
  reshape: (tensor) => tensor.reshape([6, 4]),
  split: (tensor) => tensor.split([1, 3], 0),
  tensor_split: (tensor) => tensor.tensorSplit(2, 1),
  transpose: (tensor) => tensor.transpose(0, 2),
  view: (tensor) => tensor.view([12, -1]),
};

type Local = Extract<RankEvent, { kind: 'local' }>;

/** The operation as a rank records it. */
function recorded(name: LocalOperation): { readonly event: Local; readonly rank: RankRecording } {
  const recorder = new Recorder();
  const tensor = Tensor.allocate(recorder, [4, 3, 2]);
  tensor.storage.ids.forEach((_, index) => {
    tensor.storage.ids[index] = index;
  });
  DONE[name](tensor);
  const { events, storages } = recorder;
  const event = events.find((one) => one.kind === 'local' && one.name === name);
  if (event?.kind !== 'local') throw new Error(`${name} was not heard`);
  return { event, rank: { events, storages } };
}

describe.each(LOCAL_OPERATIONS)('the operation %s', (name) => {
  const { event, rank } = recorded(name);

  it('does the same when it is done by what was recorded', () => {
    expect(() => checkOperation(event, rank, () => true, 'here')).not.toThrow();
    const other = { ...event, outputs: event.outputs.map((ref) => ({ ...ref, shape: [1] })) };
    expect(() => checkOperation(other, rank, () => true, 'here')).toThrow();
  });

  it('says of every place where its element came from, and of that where it went', () => {
    event.outputs.forEach((output, tensor) => {
      const size = output.shape.reduce((a, b) => a * b, 1);
      const back = backThrough(event, tensor);
      const from = { tensor: 0, place: 0 };
      for (let place = 0; place < size; place++) {
        const found = elementAt(rank, output, place);
        if (!back(place, from)) expect(found).toBe(0);
        else {
          expect(found).toBe(elementAt(rank, at(event.inputs, from.tensor), from.place));
          expect(afterLocal(event, from)).toContainEqual({ tensor, place });
        }
      }
    });
  });

  it('has a line in Python', () => {
    const [first] = OPERATIONS[name].python('x', event);
    expect(first).toMatch(/^(x\.\w+|torch\.[\w.]+)\(/);
  });
});
