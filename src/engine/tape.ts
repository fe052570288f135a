import { at } from '../base/assert.ts';
import { product, sameNumbers } from '../base/numbers.ts';
import type { Rank } from './event.ts';
import { Recorder } from './recorder.ts';
import type { Shard } from './shard.ts';
import type { Storage, Tensor } from './tensor.ts';

/** What was done to a rank's storages, so that it can be done to another's. */
type Deed =
  | { readonly kind: 'take'; readonly shardOf: (rank: Rank) => Shard }
  | { readonly kind: 'allocate'; readonly size: number }
  | {
      readonly kind: 'copy';
      readonly source: Tensor;
      readonly target: Tensor;
      /** Places in the source's and the target's storage, made when they are first asked for. */
      places: { readonly from: Int32Array; readonly to: Int32Array } | null;
    };

/** Records a rank that others may follow: what it was asked, and what was done to its storages. */
export class Tape extends Recorder {
  private deeds: Deed[] = [];
  private questions: (readonly unknown[])[] = [];
  private given: { readonly shape: readonly number[]; shardOf(rank: Rank): Shard }[] = [];
  private takes = false;

  /** Forgets what has been played. */
  rewind(): void {
    this.deeds = [];
    this.questions = [];
    this.given = [];
  }

  override allocate(size: number): Storage {
    if (!this.takes) this.deeds.push({ kind: 'allocate', size });
    return super.allocate(size);
  }

  override copy(source: Tensor, target: Tensor): void {
    super.copy(source, target);
    this.deeds.push({ kind: 'copy', source, target, places: null });
  }

  override take(rank: Rank, shardOf: (rank: Rank) => Shard): Tensor {
    this.takes = true;
    const tensor = super.take(rank, shardOf);
    this.takes = false;
    const made = new Map<Rank, Shard>();
    const once = (one: Rank) => {
      const shard = made.get(one) ?? shardOf(one);
      made.set(one, shard);
      return shard;
    };
    this.deeds.push({ kind: 'take', shardOf: once });
    this.given.push({ shape: tensor.shape, shardOf: once });
    return tensor;
  }

  override asked(list: readonly unknown[]): void {
    this.questions.push(list);
  }

  /** Whether all that was asked of and given to `leader` is the same for `rank`. */
  fits(leader: Rank, rank: Rank): boolean {
    return (
      this.questions.every((list) => list[leader] === list[rank]) &&
      this.given.every(({ shape, shardOf }) => sameNumbers(shape, shardOf(rank).shape))
    );
  }

  /** Does to the storages of `rank` what was done to the leader's. */
  play(rank: Rank, storages: Int32Array[]): void {
    for (const deed of this.deeds) {
      switch (deed.kind) {
        case 'take':
          storages.push(deed.shardOf(rank).ids);
          break;
        case 'allocate':
          storages.push(new Int32Array(deed.size));
          break;
        case 'copy': {
          deed.places ??= placesOf(deed.source, deed.target);
          const { from, to } = deed.places;
          const source = at(storages, deed.source.storage.number);
          const target = at(storages, deed.target.storage.number);
          for (let i = 0; i < from.length; i++) target[to[i] ?? 0] = source[from[i] ?? 0] ?? 0;
          break;
        }
      }
    }
  }
}

/** Element by element, in row-major order: where it stands in the one storage and in the other. */
function placesOf(source: Tensor, target: Tensor): { from: Int32Array; to: Int32Array } {
  return { from: walk(source), to: walk(target) };
}

/** The places in storage that a tensor's indices name, in row-major order. */
function walk({ shape, strides, offset }: Tensor): Int32Array {
  const places = new Int32Array(product(shape));
  let count = Math.min(places.length, 1);
  places.fill(offset, 0, count);
  // Each dimension, outermost first, sets what is known so far once for each of its indices.
  for (let dim = 0; dim < shape.length && count > 0; dim++) {
    const size = at(shape, dim);
    const stride = at(strides, dim);
    for (let known = count - 1; known >= 0; known--) {
      const place = at(places, known);
      for (let index = 0; index < size; index++)
        places[known * size + index] = place + index * stride;
    }
    count *= size;
  }
  return places;
}
