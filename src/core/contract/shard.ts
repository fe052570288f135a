import { memoized } from '../../base/memo.ts';
import { product, sameNumbers } from '../../base/numbers.ts';
import {
  type Contract,
  type ContractCall,
  placedAfter,
  placedBefore,
  placedBetween,
} from './contract.ts';
import { type Placed, shapeOn, writeIds } from './layout.ts';

/**
 * What ranks should hold: before pass 1 a sequence chunk of all heads, between the passes all tokens
 * of some heads. A shard is a shape and element ids, row-major, laid out as the contract says.
 */
export interface Shard {
  readonly shape: readonly number[];
  readonly ids: Int32Array;
}

/** A shard whose elements are made when somebody reads them. */
class UnreadShard implements Shard {
  readonly shape: readonly number[];
  private made: Int32Array | null = null;

  constructor(
    private readonly placed: Placed,
    private readonly rank: number,
    private readonly room: Room,
  ) {
    this.shape = shapeOn(placed, rank);
  }

  get ids(): Int32Array {
    if (this.made === null) {
      this.made = this.room.cut(product(this.shape));
      writeIds(this.placed, this.rank, this.made);
    }
    return this.made;
  }
}

/**
 * Each rank's part of the call's global tensor before pass 1; key/value heads not yet repeated. Made
 * once for all tensors of a contract that have as many heads.
 */
export function chunkOf(
  contract: Contract,
  { heads }: Pick<ContractCall, 'heads'>,
  rank: number,
): Shard {
  return chunk(contract, { heads, times: 1 }, rank);
}

/** A rank's chunk with key/value heads repeated in place, as pass 2 should bring it back. */
export function repeatedChunkOf(contract: Contract, call: ContractCall, rank: number): Shard {
  return chunk(contract, call, rank);
}

function chunk(
  contract: Contract,
  call: Pick<ContractCall, 'heads' | 'times'>,
  rank: number,
): Shard {
  const { chunks, room } = shardsFor(contract);
  const place = (call.heads * call.times * MOST_HEADS + call.heads) * contract.sp + rank;
  const found = chunks.get(place);
  if (found !== undefined) return found;
  const placed = call.times === 1 ? placedBefore(contract, call) : placedAfter(contract, call);
  const made = new UnreadShard(placed, rank, room);
  chunks.set(place, made);
  return made;
}

/** More than any tensor has: keys of chunks are made of two head counts and a rank. */
const MOST_HEADS = 1 << 16;

/** All shards of a contract that have been made. */
interface Shards {
  /** What they follow from, but for the heads. */
  readonly layout: readonly unknown[];
  readonly chunks: Map<number, Shard>;
  readonly owned: OwnedShards[];
  readonly room: Room;
}

const shardsByContract = memoized((_: Contract): { shards: Shards | null } => ({ shards: null }));

/** Of the last few small contracts, for the next in the same layout: a table asks every implementation. */
const recent: Shards[] = [];
const MOST_RECENT = 4;
const SMALL = 1 << 16;

function shardsFor(contract: Contract): Shards {
  const known = shardsByContract(contract);
  known.shards ??= sharedShards(contract);
  return known.shards;
}

function sharedShards(contract: Contract): Shards {
  const { sp, batch, seq, positions, headDim, before, calls } = contract;
  const dealt = before.spread.S ?? before.spread.T;
  const split = dealt?.kind === 'split' ? [dealt.split, dealt.order] : [];
  const layout = [sp, batch, seq, positions, headDim, before.axes.join(''), ...split];
  const shared = recent.find((one) => layout.every((value, index) => one.layout[index] === value));
  if (shared !== undefined) return shared;
  const shards = { layout, chunks: new Map(), owned: [], room: new Room() };
  const heads = Math.max(1, ...calls.map((call) => call.heads));
  if (batch * positions * heads * headDim <= SMALL) {
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

/**
 * What each rank should hold between the passes where they hold `counts` heads: all tokens, in
 * order, of the heads that it should own; null where its count is. Made once for all tensors of a
 * contract that have as many heads, dealt out alike.
 */
export function headShardsOf(
  contract: Contract,
  call: ContractCall,
  counts: readonly (number | null)[],
): readonly (Shard | null)[] {
  const { owned: known, room } = shardsFor(contract);
  const { heads, times } = call;
  const held = contract.between.spread.H;
  const dealt = held?.kind === 'held' && held.order === 'strided';
  const found = known.find(
    (one) =>
      one.heads === heads &&
      one.times === times &&
      one.dealt === dealt &&
      sameNumbers(one.counts, counts),
  );
  if (found !== undefined) return found.shards;
  const placed = placedBetween(contract, call, counts);
  const shards = counts.map((count, rank) =>
    count === null ? null : new UnreadShard(placed, rank, room),
  );
  known.push({ heads, times, dealt, counts, shards });
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
