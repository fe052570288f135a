import { assert, at } from '../base/assert.ts';
import { product, sameNumbers } from '../base/numbers.ts';
import type { Rank, RankRecording, TensorRef } from './event.ts';
import type { Collective } from './implementation.ts';
import { type Counts, sides } from './offer.ts';
import { Recorder, refOf } from './recorder.ts';
import type { Shard } from './shard.ts';
import { commonRun, type Storage, Tensor } from './tensor.ts';

/** What was done to the storages of one rank, and is to be done to those of all who do the same. */
type Deed =
  /** A shard for each place in the stacks. */
  | { readonly kind: 'take'; readonly shards: readonly Shard[]; readonly target: Tensor }
  | { readonly kind: 'copy'; readonly source: Tensor; readonly target: Tensor }
  | { readonly kind: 'land'; readonly places: Places };

/** Runs of elements in a rank's storages, one a peer: what goes to it, or comes from it. */
interface Places {
  readonly storage: Int32Array;
  readonly start: Int32Array;
  readonly count: Int32Array;
}

/** What ranks that do the same bring to a collective, each from its place in the stacks. */
export interface Brought {
  readonly ranks: readonly Rank[];
  readonly places: readonly number[];
  readonly stacks: readonly Int32Array[];
  readonly sizes: readonly number[];
  readonly goes: Places;
  /** The number that an all-gather brings instead. */
  readonly value: number | null;
}

/**
 * Records a rank that stands for others too. The program runs on the first of them and moves nothing:
 * its deeds are written down, and played on the storages of all. For speed, a storage is kept as a
 * stack, one array with what every rank holds, rank behind rank: there are many ranks with a few
 * elements each, and an array of its own would cost more than what is in it.
 */
export class Tape extends Recorder {
  /** Who is recorded: the ranks, and where each has its place in the stacks. */
  ranks: readonly Rank[];
  private places: readonly number[];
  private readonly height: number;
  private readonly stacks: Int32Array[] = [];
  /** Of each storage, the elements that one rank has in it. */
  private readonly sizes: number[] = [];

  private deeds: Deed[] = [];
  private questions: (readonly unknown[])[] = [];

  constructor(ranks: readonly Rank[]) {
    super();
    this.ranks = ranks;
    this.places = ranks.map((_, index) => index);
    this.height = ranks.length;
  }

  /** Forgets what has been played. */
  rewind(): void {
    this.deeds = [];
    this.questions = [];
  }

  override allocate(size: number): Storage {
    const stack = new Int32Array(size * this.height);
    this.stacks.push(stack);
    this.sizes.push(size);
    return this.keep(stack.subarray(0, size));
  }

  override copy(source: Tensor, target: Tensor): void {
    this.deeds.push({ kind: 'copy', source, target });
  }

  override take(rank: Rank, shardOf: (rank: Rank) => Shard): Tensor {
    const target = Tensor.allocate(this, shardOf(rank).shape);
    const shards: Shard[] = [];
    this.ranks.forEach((one, index) => {
      shards[at(this.places, index)] = shardOf(one);
    });
    this.deeds.push({ kind: 'take', shards, target });
    return target;
  }

  override asked(list: readonly unknown[]): void {
    this.questions.push(list);
  }

  /** Pieces stay where they are until whoever is to have them takes them. */
  override cut(): Int32Array[] {
    return [];
  }

  override land(collective: Collective, pieces: readonly Int32Array[], counts: Counts): void {
    if (collective.kind === 'all_gather') super.land(collective, pieces, counts);
    else {
      const outputs = sides(collective).outputs.map(refOf);
      this.deeds.push({ kind: 'land', places: placesOf(outputs, counts.expects) });
    }
  }

  /** Lets those ranks go of whom something else was asked, or to whom something else was given. */
  part(): readonly Rank[] {
    const leader = at(this.ranks, 0);
    const fits = (rank: Rank, index: number) =>
      this.questions.every((list) => list[rank] === list[leader]) &&
      this.deeds.every(
        (deed) =>
          deed.kind !== 'take' ||
          sameNumbers(at(deed.shards, at(this.places, index)).shape, deed.target.shape),
      );
    const fitting = this.ranks.map(fits);
    const parting = this.ranks.filter((_, index) => fitting[index] === false);
    if (parting.length > 0) {
      this.ranks = this.ranks.filter((_, index) => fitting[index]);
      this.places = this.places.filter((_, index) => fitting[index]);
    }
    return parting;
  }

  /** Does to the storages of all ranks what was done; pieces land out of what was brought. */
  play(brought: readonly Brought[]): void {
    for (const deed of this.deeds) {
      switch (deed.kind) {
        case 'take':
          this.fill(deed.target, deed.shards);
          break;
        case 'copy':
          this.move(deed.source, deed.target);
          break;
        case 'land':
          for (const from of brought) this.fetch(from, deed.places);
          break;
      }
    }
  }

  /** What every rank brings to the collective that it has just offered. */
  brought(): Brought {
    const offer = this.events.at(-1);
    assert(offer?.kind === 'offered', 'a rank that waits in a collective has offered');
    const { ranks, places, stacks, sizes } = this;
    const goes = placesOf(offer.inputs, offer.sends);
    const value = offer.collective.kind === 'all_gather' ? offer.collective.value : null;
    return { ranks, places, stacks, sizes, goes, value };
  }

  /** What each rank left behind. Its storages are cut out of the stacks when they are asked for. */
  recordings(): { readonly rank: Rank; readonly recording: RankRecording }[] {
    const { events, stacks, sizes, places } = this;
    return this.ranks.map((rank, index) => {
      const place = at(places, index);
      let storages: Int32Array[] | null = null;
      const recording = {
        events,
        get storages() {
          storages ??= stacks.map((stack, number) => {
            const size = at(sizes, number);
            return stack.subarray(place * size, (place + 1) * size);
          });
          return storages;
        },
      };
      return { rank, recording };
    });
  }

  private fill({ storage }: Tensor, shards: readonly Shard[]): void {
    const stack = at(this.stacks, storage.number);
    const size = at(this.sizes, storage.number);
    for (const place of this.places) stack.set(at(shards, place).ids, place * size);
  }

  private move(source: Tensor, target: Tensor): void {
    const { run, dims } = commonRun(source.shape, source.strides, target.strides);
    const from = walk(source, dims);
    const to = walk(target, dims);
    const sourceStack = at(this.stacks, source.storage.number);
    const targetStack = at(this.stacks, target.storage.number);
    const sourceSize = at(this.sizes, source.storage.number);
    const targetSize = at(this.sizes, target.storage.number);
    for (const place of this.places) {
      const sourceStart = place * sourceSize;
      const targetStart = place * targetSize;
      for (let one = 0; one < from.length; one++) {
        const here = sourceStart + (from[one] ?? 0);
        const there = targetStart + (to[one] ?? 0);
        for (let i = 0; i < run; i++) targetStack[there + i] = sourceStack[here + i] ?? 0;
      }
    }
  }

  private fetch({ ranks, places, stacks, sizes, goes }: Brought, comes: Places): void {
    for (let index = 0; index < this.ranks.length; index++) {
      const rank = at(this.ranks, index);
      const place = at(this.places, index);
      const number = at(goes.storage, rank);
      const source = at(stacks, number);
      const sourceSize = at(sizes, number);
      const sourceStart = at(goes.start, rank);
      const count = at(goes.count, rank);
      for (let giver = 0; giver < ranks.length; giver++) {
        const peer = ranks[giver] ?? 0;
        const landing = comes.storage[peer] ?? 0;
        const target = at(this.stacks, landing);
        const here = (places[giver] ?? 0) * sourceSize + sourceStart;
        const there = place * (this.sizes[landing] ?? 0) + (comes.start[peer] ?? 0);
        for (let i = 0; i < count; i++) target[there + i] = source[here + i] ?? 0;
      }
    }
  }
}

/** One tensor for each peer, or one tensor cut by the counts; contiguous all. */
function placesOf(tensors: readonly TensorRef[], counts: readonly number[]): Places {
  const places = {
    storage: new Int32Array(counts.length),
    start: new Int32Array(counts.length),
    count: Int32Array.from(counts),
  };
  let gone = 0;
  for (let peer = 0; peer < counts.length; peer++) {
    const tensor = tensors.length === 1 ? tensors[0] : tensors[peer];
    if (tensor === undefined) continue;
    places.storage[peer] = tensor.storage;
    places.start[peer] = tensor.offset + (tensors.length === 1 ? gone : 0);
    gone += at(counts, peer);
  }
  return places;
}

/** The places in storage that a tensor's indices name, in row-major order, in its first `dims` dimensions. */
function walk({ shape, strides, offset }: Tensor, dims: number): Int32Array {
  const places = new Int32Array(product(shape) === 0 ? 0 : product(shape.slice(0, dims)));
  let count = Math.min(places.length, 1);
  places.fill(offset, 0, count);
  // Each dimension, outermost first, sets what is known so far once for each of its indices.
  for (let dim = 0; dim < dims && count > 0; dim++) {
    const size = at(shape, dim);
    const stride = at(strides, dim);
    for (let known = count - 1; known >= 0; known--) {
      const place = places[known] ?? 0;
      for (let index = 0; index < size; index++)
        places[known * size + index] = place + index * stride;
    }
    count *= size;
  }
  return places;
}
