import { assert, at } from '../base/assert.ts';
import { range } from '../base/numbers.ts';
import type { Rank } from '../engine/event.ts';
import type { Header } from '../engine/settle.ts';
import type { PeerMessage, RunNumber } from './protocol.ts';

/** What one peer brought to a round. */
export interface Arrival {
  readonly header: Header;
  readonly piece: Int32Array | null;
}

/** One rank's ports to all others of its run. */
export interface RunMesh {
  /**
   * Tells every peer where this rank stands, gives each its piece (the pieces' buffers are gone
   * afterwards), and resolves with what every rank brought to the same round, in rank order.
   */
  meet(header: Header, pieces: readonly Int32Array<ArrayBuffer>[] | null): Promise<Arrival[]>;
}

/** A Worker's ports to the other Workers of the pool, and what has come in over them. */
export class Mesh {
  private readonly ports = new Map<Rank, MessagePort>();
  private readonly rounds = new Map<string, Round>();
  private run: RunNumber = -1;

  connect(peer: Rank, port: MessagePort): void {
    this.ports.set(peer, port);
    port.onmessage = ({ data }: MessageEvent<PeerMessage>) => this.take(peer, data);
  }

  /** Forgets all earlier runs and enters `run` as `rank` of `worldSize`. */
  enter(run: RunNumber, rank: Rank, worldSize: number): RunMesh {
    this.run = run;
    for (const [key, round] of this.rounds) if (round.run < run) this.rounds.delete(key);
    let next = 0;
    return {
      meet: (header, pieces) => {
        const number = next++;
        for (const peer of range(worldSize)) {
          if (peer === rank) continue;
          const piece = pieces === null ? null : at(pieces, peer).buffer;
          const message: PeerMessage = { run, round: number, header, piece };
          this.portTo(peer).postMessage(message, piece === null ? [] : [piece]);
        }
        const round = this.roundOf(run, number);
        const own = pieces === null ? null : at(pieces, rank);
        return new Promise((resolve) => {
          round.arrivals.set(rank, { header, piece: own });
          round.settle = () => {
            if (round.arrivals.size < worldSize) return;
            this.rounds.delete(keyOf(run, number));
            resolve(range(worldSize).map((peer) => arrivalFrom(round, peer)));
          };
          round.settle();
        });
      },
    };
  }

  private take(peer: Rank, { run, round, header, piece }: PeerMessage): void {
    if (run < this.run) return;
    const waiting = this.roundOf(run, round);
    waiting.arrivals.set(peer, { header, piece: piece === null ? null : new Int32Array(piece) });
    waiting.settle();
  }

  private roundOf(run: RunNumber, number: number): Round {
    const key = keyOf(run, number);
    const known = this.rounds.get(key);
    if (known !== undefined) return known;
    const fresh: Round = { run, arrivals: new Map(), settle() {} };
    this.rounds.set(key, fresh);
    return fresh;
  }

  private portTo(peer: Rank): MessagePort {
    const port = this.ports.get(peer);
    assert(port !== undefined, `a port to rank ${peer}`);
    return port;
  }
}

/** A round in the making: peers may be ahead of this rank, even in a run it has not heard of. */
interface Round {
  readonly run: RunNumber;
  readonly arrivals: Map<Rank, Arrival>;
  /** Goes on if all have come. Does nothing until this rank itself has. */
  settle(): void;
}

function keyOf(run: RunNumber, round: number): string {
  return `${run}/${round}`;
}

function arrivalFrom(round: Round, peer: Rank): Arrival {
  const arrival = round.arrivals.get(peer);
  assert(arrival !== undefined, `an arrival from rank ${peer}`);
  return arrival;
}
