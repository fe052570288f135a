import { at } from '../base/assert.ts';
import { memoized } from '../base/memo.ts';
import { nearlyEqual, product, range, repeated, sameNumbers, sum } from '../base/numbers.ts';
import { repeatsKv } from './caller.ts';
import { type Call, type Case, kvTimes, sizesOf } from './case.ts';
import type { Implementation } from './implementation.ts';
import { dealtLength, positionsOf } from './sequence.ts';

/**
 * What ranks should hold: before pass 1 a sequence chunk of all heads, between the passes all tokens
 * of some heads. A shard is a shape and element ids, row-major, laid out as the case says.
 */
export interface Shard {
  readonly shape: readonly number[];
  readonly ids: Int32Array;
}

/** A shard whose elements are made when somebody reads them. */
class UnreadShard implements Shard {
  private made: Int32Array | null = null;

  constructor(
    readonly shape: readonly number[],
    private readonly make: (ids: Int32Array) => void,
    private readonly room: Room,
  ) {}

  get ids(): Int32Array {
    if (this.made === null) {
      this.made = this.room.cut(product(this.shape));
      this.make(this.made);
    }
    return this.made;
  }
}

/**
 * Each rank's part of the call's global tensor before pass 1; key/value heads not yet repeated. Made
 * once for all tensors of a case that have as many heads.
 */
export function chunkOf(c: Case, call: Call, implementation: Implementation, rank: number): Shard {
  const { chunks } = shardsFor(c, implementation);
  const place = call.heads * c.sp + rank;
  const found = chunks.get(place);
  if (found !== undefined) return found;
  const chunk = makeChunk(c, call, implementation, rank);
  chunks.set(place, chunk);
  return chunk;
}

/** All shards of a case that have been made. */
interface Shards {
  /** What they follow from, but for the heads. */
  readonly layout: readonly unknown[];
  readonly chunks: Map<number, Shard>;
  readonly owned: OwnedShards[];
  readonly room: Room;
}

const shardsByCase = memoized((_: Case): { shards: Shards | null } => ({ shards: null }));

/** Of the last few small cases, for the next in the same layout: a table asks every implementation. */
const recent: Shards[] = [];
const MOST_RECENT = 4;
const SMALL = 1 << 16;

function shardsFor(c: Case, implementation: Implementation): Shards {
  const known = shardsByCase(c);
  known.shards ??= sharedShards(c, implementation);
  return known.shards;
}

function sharedShards(c: Case, { packed, order }: Implementation): Shards {
  const { sequenceSplit, sequenceOrder = order } = c;
  const dealt = [packed, sequenceSplit, sequenceOrder];
  const layout = [c.sp, c.batch, c.seq, c.headDim, c.batchDimIdx, ...dealt];
  const shared = recent.find((one) => layout.every((value, index) => one.layout[index] === value));
  if (shared !== undefined) return shared;
  const shards = { layout, chunks: new Map(), owned: [], room: new Room() };
  const { batch, seq, heads, kvHeads, headDim } = c;
  if (batch * seq * Math.max(heads, kvHeads) * headDim <= SMALL) {
    if (recent.length === MOST_RECENT) recent.shift();
    recent.push(shards);
  }
  return shards;
}

/**
 * Arrays cut out of blocks that double: to make one costs more than to fill many that are small, and
 * who wants a single one is given no more.
 */
class Room {
  private block = new Int32Array(0);
  private used = 0;

  cut(size: number): Int32Array {
    if (this.used + size > this.block.length) {
      this.block = new Int32Array(Math.max(size, 2 * this.block.length));
      this.used = 0;
    }
    this.used += size;
    return this.block.subarray(this.used - size, this.used);
  }
}

function makeChunk(c: Case, call: Call, implementation: Implementation, rank: number): Shard {
  const { room } = shardsFor(c, implementation);
  const heads = range(call.heads);
  if (implementation.packed === true) {
    const lengths = nearlyEqual(c.batch * c.seq, c.sp);
    const first = sum(lengths.slice(0, rank));
    return packed(c, call, first, at(lengths, rank), heads, room);
  }
  const positions = positionsOf(c, implementation.order, rank);
  return fill(c, call, positions, heads, room);
}

/** A rank's chunk with key/value heads repeated in place, as pass 2 should bring it back. */
export function repeatedChunkOf(
  c: Case,
  call: Call,
  implementation: Implementation,
  chunk: Shard,
): Shard {
  const times = kvTimes(c, call, repeatsKv(c, implementation));
  if (times === 1) return chunk;
  const headDim = at(chunk.shape, chunk.shape.length - 1);
  const shape = chunk.shape.map((size, dim) =>
    dim === chunk.shape.length - 2 ? size * times : size,
  );
  const ids = new Int32Array(product(shape));
  for (let row = 0; row * headDim < chunk.ids.length; row++) {
    const head = chunk.ids.subarray(row * headDim, (row + 1) * headDim);
    for (let time = 0; time < times; time++) ids.set(head, (row * times + time) * headDim);
  }
  return { shape, ids };
}

/**
 * What each rank should hold between the passes where they hold `counts` heads: all tokens, in
 * order, of the heads that it should own; null where its count is. Made once for all tensors of a
 * case that have as many heads, dealt out alike.
 */
export function headShardsOf(
  c: Case,
  call: Call,
  implementation: Implementation,
  counts: readonly (number | null)[],
): readonly (Shard | null)[] {
  const times = kvTimes(c, call, repeatsKv(c, implementation));
  const dealt = implementation.strided === true;
  const { owned: known, room } = shardsFor(c, implementation);
  const found = known.find(
    (one) =>
      one.heads === call.heads &&
      one.times === times &&
      one.dealt === dealt &&
      sameNumbers(one.counts, counts),
  );
  if (found !== undefined) return found.shards;
  const heads = range(call.heads);
  const all = times === 1 ? heads : heads.flatMap((head) => repeated(head, times));
  const owned = dealt ? strided(all, c.sp) : inOrder(all, counts);
  const positions = range(dealtLength(c, implementation.order));
  const shards = counts.map((count, rank) => {
    if (count === null) return null;
    return implementation.packed === true
      ? packed(c, call, 0, c.batch * c.seq, at(owned, rank), room)
      : fill(c, call, positions, at(owned, rank), room);
  });
  known.push({ heads: call.heads, times, dealt, counts, shards });
  return shards;
}

/** The shards between the passes, and what they follow from. */
interface OwnedShards {
  readonly heads: number;
  readonly times: number;
  /** One by one, or those that follow. */
  readonly dealt: boolean;
  readonly counts: readonly (number | null)[];
  readonly shards: readonly (Shard | null)[];
}

/** Rank r owns the heads r, r+P, r+2P … */
function strided(heads: readonly number[], worldSize: number): number[][] {
  return range(worldSize).map((rank) => heads.filter((_, index) => index % worldSize === rank));
}

/** Each rank owns those that follow on the ranks before. */
function inOrder(heads: readonly number[], counts: readonly (number | null)[]): number[][] {
  let first = 0;
  return counts.map((count) => {
    const owned = heads.slice(first, first + (count ?? 0));
    first += count ?? 0;
    return owned;
  });
}

/** [batch, positions, heads, D], or [positions, batch, heads, D] sequence first. */
function fill(
  c: Case,
  call: Call,
  positions: readonly number[],
  heads: readonly number[],
  room: Room,
): Shard {
  const sizes = sizesOf(c, call);
  const batchFirst = c.batchDimIdx === 0;
  const [outer, inner] = batchFirst ? [c.batch, positions.length] : [positions.length, c.batch];
  const { headDim } = c;
  const perToken = sizes.heads * headDim;
  const write = (ids: Int32Array) => {
    let place = 0;
    for (let i = 0; i < outer; i++) {
      for (let j = 0; j < inner; j++) {
        const b = batchFirst ? i : j;
        const s = positions[batchFirst ? j : i] ?? 0;
        const token = (b * sizes.seq + s) * perToken;
        for (let head = 0; head < heads.length; head++) {
          const first = token + (heads[head] ?? 0) * headDim;
          for (let d = 0; d < headDim; d++) ids[place++] = first + d;
        }
      }
    }
  };
  return new UnreadShard([outer, inner, heads.length, headDim], write, room);
}

/** [tokens, heads, D]: documents packed one behind another, no batch dimension. */
function packed(
  c: Case,
  call: Call,
  first: number,
  length: number,
  heads: readonly number[],
  room: Room,
): Shard {
  const write = (ids: Int32Array) => {
    let place = 0;
    for (let token = first; token < first + length; token++) {
      for (const head of heads) {
        const start = (token * call.heads + head) * c.headDim;
        for (let d = 0; d < c.headDim; d++) ids[place++] = start + d;
      }
    }
  };
  return new UnreadShard([length, heads.length, c.headDim], write, room);
}
