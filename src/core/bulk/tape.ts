import { assert, at } from '../../base/assert.ts';
import { range, sameNumbers } from '../../base/numbers.ts';
import type { Shard } from '../contract/shard.ts';
import type { Rank, RankEvent, RankRecording, TensorRef } from '../recording/event.ts';
import { elementsOf } from '../recording/recorded-tensor.ts';
import { Recorder } from '../recording/recorder.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Arena } from './arena.ts';

/** What ranks that do the same bring to an exchange. */
export interface Brought {
  readonly tape: Tape;
  readonly ranks: readonly Rank[];
  /** The row of each rank. */
  readonly rows: readonly number[];
  /** For each peer, the places in a rank's row where the elements stand that go there. */
  readonly pieces: readonly Int32Array[];
}

/**
 * Records a rank that stands for others too. The program runs on the first of them, and on *places*
 * instead of element ids: whatever comes to a rank from outside, given or received, is written into
 * that rank's row, and the tensors of the program hold where in the row. What the program does to
 * places it does to what stands there, on every rank. What comes is delivered, and a rank's own
 * elements are looked up, when somebody reads them: of most runs that fail nobody does.
 *
 *   rows   rank 0:  0 · 40 41 42 43 · …       storage of the program:  1 3 2 4
 *          rank 1:  0 · 44 45 46 47 · …         … and so on rank 1:   44 46 45 47
 *
 * Place 0 holds the zero of memory that nobody wrote.
 */
export class Tape extends Recorder {
  private rows: Int32Array | null = null;
  /** Which ranks still do the same, and the row of each. */
  private rowOf: readonly number[];
  private readonly height: number;
  private width = 1;
  private questions: (readonly unknown[])[] = [];
  private given: { readonly shape: readonly number[]; readonly shards: readonly Shard[] }[] = [];
  private readonly placesOf = new Map<TensorRef, Int32Array>();

  constructor(
    public ranks: readonly Rank[],
    /** What is brought into rows, this tape's and those of all others. */
    private readonly deliveries: Deliveries,
    private readonly arena: Arena | null,
  ) {
    super();
    this.height = ranks.length;
    this.rowOf = range(this.height);
  }

  override take(rank: Rank, shardOf: (rank: Rank) => Shard): Tensor {
    const tensor = Tensor.allocate(this, shardOf(rank).shape);
    const { ids } = tensor.storage;
    const first = this.reserve(ids.length);
    for (let place = 0; place < ids.length; place++) ids[place] = first + place;
    const shards = this.ranks.map(shardOf);
    this.given.push({ shape: tensor.shape, shards });
    const { rowOf } = this;
    this.deliveries.await(() => {
      const rows = this.filled();
      shards.forEach((shard, index) => {
        // Who is given another shape parts before anything is read.
        if (!sameNumbers(shard.shape, tensor.shape)) return;
        rows.set(shard.ids, at(rowOf, index) * this.width + first);
      });
    });
    return tensor;
  }

  protected override zeros(size: number): Int32Array {
    return this.memory(size).fill(0);
  }

  override asked(list: readonly unknown[]): void {
    this.questions.push(list);
  }

  /** Lets those ranks go of whom something else was asked, or to whom something else was given. */
  part(): readonly Rank[] {
    const leader = at(this.ranks, 0);
    const fitting = this.ranks.map(() => true);
    for (const list of this.questions) {
      const answer = list[leader];
      this.ranks.forEach((rank, index) => {
        if (list[rank] !== answer) fitting[index] = false;
      });
    }
    for (const { shape, shards } of this.given) {
      shards.forEach((shard, index) => {
        if (!sameNumbers(shard.shape, shape)) fitting[index] = false;
      });
    }
    this.questions = [];
    this.given = [];
    const parting = this.ranks.filter((_, index) => fitting[index] === false);
    if (parting.length > 0) {
      this.ranks = this.ranks.filter((_, index) => fitting[index]);
      this.rowOf = this.rowOf.filter((_, index) => fitting[index]);
    }
    return parting;
  }

  bring(pieces: readonly Int32Array[]): Brought {
    return { tape: this, ranks: this.ranks, rows: this.rowOf, pieces };
  }

  /** Writes what was brought for every rank into its row; the places of each peer's piece. */
  receive(brought: readonly Brought[]): Int32Array[] {
    const leader = at(this.ranks, 0);
    const counts: number[] = [];
    for (const { ranks, pieces } of brought) {
      for (const peer of ranks) counts[peer] = at(pieces, leader).length;
    }
    const starts: number[] = [];
    let total = 0;
    for (const count of counts) {
      starts.push(total);
      total += count;
    }
    const first = this.reserve(total);
    const { ranks, rowOf } = this;
    this.deliveries.await(() => {
      for (const from of brought) this.fetch(from, ranks, rowOf, first, starts);
    });
    const places = this.memory(total);
    for (let place = 0; place < total; place++) places[place] = first + place;
    return starts.map((start, peer) => places.subarray(start, start + at(counts, peer)));
  }

  /** What each rank left behind. */
  recordings(): { readonly rank: Rank; readonly recording: RankRecording }[] {
    return this.ranks.map((rank, index) => {
      const row = at(this.rowOf, index);
      return { rank, recording: new PlayedRank(this, row) };
    });
  }

  /** The elements of a tensor on the rank of a row, row-major. */
  read(row: number, ref: TensorRef): Int32Array {
    let places = this.placesOf.get(ref);
    if (places === undefined) {
      places = elementsOf({ events: this.events, storages: this.storages }, ref);
      this.placesOf.set(ref, places);
    }
    return this.lookUp(row, places);
  }

  lookUp(row: number, places: Int32Array): Int32Array {
    this.deliveries.make();
    const rows = this.filled();
    const start = row * this.width;
    const elements = this.memory(places.length);
    for (let index = 0; index < places.length; index++) {
      elements[index] = rows[start + (places[index] ?? 0)] ?? 0;
    }
    return elements;
  }

  /** Room for so many elements in every row; the place of the first. */
  private reserve(size: number): number {
    assert(this.rows === null, 'nothing is read before the ranks have come to their end');
    const first = this.width;
    this.width += size;
    return first;
  }

  /** The rows, as wide as they will be. */
  private filled(): Int32Array {
    if (this.rows === null) {
      this.rows = this.memory(this.height * this.width);
      for (let row = 0; row < this.height; row++) this.rows[row * this.width] = 0;
    }
    return this.rows;
  }

  private fetch(
    from: Brought,
    ranks: readonly Rank[],
    rowOf: readonly number[],
    first: number,
    starts: readonly number[],
  ): void {
    const [sources, sourceWidth] = [from.tape.filled(), from.tape.width];
    const rows = this.filled();
    for (let index = 0; index < ranks.length; index++) {
      const piece = at(from.pieces, at(ranks, index));
      const row = at(rowOf, index) * this.width + first;
      for (let giver = 0; giver < from.ranks.length; giver++) {
        const source = (from.rows[giver] ?? 0) * sourceWidth;
        const target = row + (starts[from.ranks[giver] ?? 0] ?? 0);
        for (let i = 0; i < piece.length; i++) {
          rows[target + i] = sources[source + (piece[i] ?? 0)] ?? 0;
        }
      }
    }
  }

  private memory(size: number): Int32Array<ArrayBuffer> {
    return this.arena?.allocate(size) ?? new Int32Array(size);
  }
}

/** What comes to ranks from outside, in the order in which it comes: it is brought once it is read. */
export class Deliveries {
  private waiting: (() => void)[] = [];

  await(delivery: () => void): void {
    this.waiting.push(delivery);
  }

  make(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const delivery of waiting) delivery();
  }
}

/** What one of the ranks left behind, for which a tape was recorded. */
class PlayedRank implements RankRecording {
  readonly events: readonly RankEvent[];
  private known: readonly Int32Array[] | null = null;

  constructor(
    private readonly tape: Tape,
    private readonly row: number,
  ) {
    this.events = tape.events;
  }

  get storages(): readonly Int32Array[] {
    this.known ??= this.tape.storages.map((places) => this.tape.lookUp(this.row, places));
    return this.known;
  }

  read(ref: TensorRef): Int32Array {
    return this.tape.read(this.row, ref);
  }
}
