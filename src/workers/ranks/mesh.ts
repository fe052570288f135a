import { assert, at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import type { Rank } from '../../core/recording/event.ts';
import { valueAt } from '../../core/recording/runs.ts';
import type { Header } from '../../core/recording/settle.ts';
import { openParcel, parcelHead } from './parcel.ts';
import type { RunNumber, WorkerIndex } from './protocol.ts';

/** What one rank brings to a round: a piece for every rank, or none. */
export interface Brought {
  readonly header: Header;
  readonly pieces: readonly Int32Array[] | null;
}

/** What a round came to for a Worker. */
export interface Round {
  /** By rank; ranks of Workers that are gone are lost. */
  readonly headers: readonly Header[];
  /** What `from` brought for `to`, one of this Worker's ranks. */
  pieceFor(from: Rank, to: Rank): Int32Array;
}

/** One Worker's ports to all others of its run. */
export interface RunMesh {
  /**
   * Tells every Worker where this one's ranks stand, gives it a copy of their pieces, and resolves
   * with what all ranks brought to the same round.
   */
  meet(brought: readonly Brought[]): Promise<Round>;
  /**
   * Meets nobody any more. Only a Worker that waits for this one is told where its ranks stand: most
   * often none does, and a round of messages between all pairs is spared.
   */
  leave(brought: readonly Brought[]): void;
}

/** The ranks that a Worker hosts: `worker`, `worker + workers`, … */
export function hostedRanks(worker: WorkerIndex, workers: number, worldSize: number): Rank[] {
  const ranks: Rank[] = [];
  for (let rank = worker; rank < worldSize; rank += workers) ranks.push(rank);
  return ranks;
}

/** What a Worker brought: a parcel from another, or this Worker's own, [from][to] of its ranks. */
interface Arrival {
  readonly headers: readonly Header[];
  readonly pieces: Int32Array | readonly (readonly Int32Array[] | null)[];
}

/** A round in the making: peers may be ahead of this Worker, even in a run it has not heard of. */
interface OpenRound {
  readonly run: RunNumber;
  readonly arrivals: Map<WorkerIndex, Arrival>;
  /** Goes on if all have come. Does nothing until this Worker itself has. */
  settle(): void;
}

/** A Worker's ports to the other Workers of the pool, and what has come in over them. */
export class Mesh {
  private readonly ports = new Map<WorkerIndex, MessagePort>();
  private readonly rounds = new Map<string, OpenRound>();
  private readonly gone = new Set<WorkerIndex>();
  private run: RunNumber = -1;
  /** Where this Worker's ranks stand for good in this run; null as long as they do not. */
  private farewell: readonly number[] | null = null;

  connect(peer: WorkerIndex, port: MessagePort): void {
    this.ports.set(peer, port);
    port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => this.take(peer, data);
  }

  /** Waits no longer for Workers that are gone. */
  giveUp(run: RunNumber, gone: readonly WorkerIndex[]): void {
    if (run !== this.run) return;
    for (const worker of gone) this.gone.add(worker);
    for (const round of this.rounds.values()) round.settle();
  }

  /** Forgets all earlier runs and enters `run` as one of `workers`. */
  enter(run: RunNumber, worker: WorkerIndex, workers: number, worldSize: number): RunMesh {
    this.run = run;
    this.farewell = null;
    this.gone.clear();
    for (const [key, round] of this.rounds) if (round.run < run) this.rounds.delete(key);
    let next = 0;
    const spare = new SpareBuffers();
    const peers = range(workers);
    const hosted = peers.map((peer) => hostedRanks(peer, workers, worldSize));
    return {
      meet: (brought) => {
        const number = next++;
        const headers = brought.map(({ header }) => header);
        const head = parcelHead(run, number, headers);
        const piecesFor = (peer: WorkerIndex) =>
          brought.map(({ pieces }) =>
            pieces === null ? null : at(hosted, peer).map((rank) => at(pieces, rank)),
          );
        for (const peer of peers) {
          if (peer === worker || this.gone.has(peer)) continue;
          const parcel = spare.packed(head, piecesFor(peer));
          this.portTo(peer).postMessage(parcel, [parcel]);
        }
        const open = this.roundOf(run, number);
        open.arrivals.set(worker, { headers, pieces: piecesFor(worker) });
        return new Promise((resolve) => {
          open.settle = () => {
            if (!peers.every((peer) => open.arrivals.has(peer) || this.gone.has(peer))) return;
            this.rounds.delete(keyOf(run, number));
            spare.keep(buffersFrom(open.arrivals));
            resolve(roundFrom(open.arrivals, at(hosted, worker), workers, worldSize));
          };
          open.settle();
        });
      },
      leave: (brought) => {
        const number = next++;
        this.farewell = parcelHead(
          run,
          number,
          brought.map(({ header }) => header),
        );
        for (const peer of this.roundOf(run, number).arrivals.keys()) this.sayFarewell(peer);
        this.rounds.delete(keyOf(run, number));
      },
    };
  }

  private sayFarewell(peer: WorkerIndex): void {
    if (this.farewell === null) return;
    const { buffer } = Int32Array.from(this.farewell);
    this.portTo(peer).postMessage(buffer, [buffer]);
  }

  private take(peer: WorkerIndex, parcel: ArrayBuffer): void {
    const { run, round, headers, pieces } = openParcel(parcel);
    if (run < this.run) return;
    if (run === this.run && this.farewell !== null) {
      this.sayFarewell(peer);
      return;
    }
    const open = this.roundOf(run, round);
    open.arrivals.set(peer, { headers, pieces });
    open.settle();
  }

  private roundOf(run: RunNumber, number: number): OpenRound {
    const key = keyOf(run, number);
    const known = this.rounds.get(key);
    if (known !== undefined) return known;
    const fresh: OpenRound = { run, arrivals: new Map(), settle() {} };
    this.rounds.set(key, fresh);
    return fresh;
  }

  private portTo(peer: WorkerIndex): MessagePort {
    const port = this.ports.get(peer);
    assert(port !== undefined, `a port to Worker ${peer}`);
    return port;
  }
}

/**
 * Buffers that came in a round and have been read: the next round's copies are written into them
 * instead of into fresh memory, which the machine would have to clear first.
 */
class SpareBuffers {
  private bySize = new Map<number, ArrayBuffer[]>();

  /** Keeps the buffers of this round, and no others. */
  keep(buffers: readonly ArrayBuffer[]): void {
    this.bySize = new Map();
    for (const buffer of buffers) {
      const same = this.bySize.get(buffer.byteLength);
      if (same === undefined) this.bySize.set(buffer.byteLength, [buffer]);
      else same.push(buffer);
    }
  }

  /** A parcel in a buffer of its own, to be transferred. */
  packed(head: readonly number[], pieces: readonly (readonly Int32Array[] | null)[]): ArrayBuffer {
    let bytes = head.length * Int32Array.BYTES_PER_ELEMENT;
    for (const some of pieces) for (const piece of some ?? []) bytes += piece.byteLength;
    const buffer = this.bySize.get(bytes)?.pop() ?? new ArrayBuffer(bytes);
    const elements = new Int32Array(buffer);
    elements.set(head);
    let start = head.length;
    for (const some of pieces) {
      for (const piece of some ?? []) {
        elements.set(piece, start);
        start += piece.length;
      }
    }
    return buffer;
  }
}

function keyOf(run: RunNumber, round: number): string {
  return `${run}/${round}`;
}

/** The buffers that other Workers gave away. They are read before this Worker meets again. */
function buffersFrom(arrivals: ReadonlyMap<WorkerIndex, Arrival>): ArrayBuffer[] {
  return [...arrivals.values()].flatMap(({ pieces }) =>
    pieces instanceof Int32Array ? [pieces.buffer as ArrayBuffer] : [],
  );
}

/** A Worker's pieces, [from][to], cut by what its headers say. */
function unpacked(
  { headers, pieces }: Arrival,
  receivers: readonly Rank[],
): readonly (readonly Int32Array[] | null)[] {
  if (!(pieces instanceof Int32Array)) return pieces;
  let start = 0;
  return headers.map((header) => {
    if (header.kind !== 'exchange') return null;
    return receivers.map((rank) => {
      const piece = pieces.subarray(start, start + valueAt(header.sends, rank));
      start += piece.length;
      return piece;
    });
  });
}

/** Rank r is hosted by Worker r % workers, as its (r // workers)-th. */
function roundFrom(
  arrivals: ReadonlyMap<WorkerIndex, Arrival>,
  receivers: readonly Rank[],
  workers: number,
  worldSize: number,
): Round {
  const cut = new Map<WorkerIndex, ReturnType<typeof unpacked>>();
  const piecesOf = (worker: WorkerIndex) => {
    const known = cut.get(worker);
    if (known !== undefined) return known;
    const arrival = arrivals.get(worker);
    const pieces = arrival === undefined ? [] : unpacked(arrival, receivers);
    cut.set(worker, pieces);
    return pieces;
  };
  return {
    headers: range(worldSize).map(
      (rank) =>
        arrivals.get(rank % workers)?.headers[Math.floor(rank / workers)] ?? { kind: 'lost' },
    ),
    pieceFor(from, to) {
      const pieces = piecesOf(from % workers)[Math.floor(from / workers)];
      const piece = pieces?.[Math.floor(to / workers)];
      assert(piece !== undefined, 'an exchange is settled only among ranks that bring pieces');
      return piece;
    },
  };
}
