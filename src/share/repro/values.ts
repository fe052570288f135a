import { sameNumbers } from '../../base/numbers.ts';
import type { TensorRef } from '../../core/recording/event.ts';

/** A tensor of a rank, or a list of tensors, that goes by a name for a while. */
export interface Value {
  readonly refs: readonly TensorRef[];
  readonly list: boolean;
  /** A buffer that a collective fills. */
  readonly buffer: boolean;
  /** The last step that reads it. */
  lastUse: number;
  /** Set once the step that makes it is written. */
  name: string;
}

/** The values of one call on one rank, in the order in which they were made. */
export class Values {
  readonly all: Value[] = [];

  add(refs: readonly TensorRef[], { list = false, buffer = false } = {}): Value {
    const value = { refs, list, buffer, lastUse: -1, name: '' };
    this.all.push(value);
    return value;
  }

  /** The newest tensor that is this window on this storage. */
  tensor(ref: TensorRef): Value | undefined {
    return this.all.findLast(({ refs: [own], list }) => !list && own && sameRef(own, ref));
  }

  /** The newest list of just these tensors. */
  listOf(refs: readonly TensorRef[]): Value | undefined {
    return this.all.findLast(
      (value) =>
        value.list &&
        value.refs.length === refs.length &&
        value.refs.every((own, index) => {
          const other = refs[index];
          return other !== undefined && sameRef(own, other);
        }),
    );
  }
}

function sameRef(a: TensorRef, b: TensorRef): boolean {
  return (
    a.storage === b.storage &&
    a.offset === b.offset &&
    sameNumbers(a.shape, b.shape) &&
    sameNumbers(a.strides, b.strides)
  );
}
