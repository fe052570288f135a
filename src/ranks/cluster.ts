import { at } from '../base/assert.ts';
import { range } from '../base/numbers.ts';
import type { Case } from '../engine/case.ts';
import { estimateBytes } from '../engine/case-input.ts';
import type { Rank, RankRecording, Recording } from '../engine/event.ts';
import type { FromRank, RunNumber, ToRank } from './protocol.ts';

/**
 * The ranks of this page: a pool of dedicated Workers, one a rank, kept warm between runs, with a
 * channel between any two of them. Runs follow one another; who owns a cluster disposes of it.
 */
export interface Cluster {
  /** Workers that are alive. */
  readonly workerCount: number;
  /**
   * Runs a case, one Worker a rank, once earlier runs are over.
   * @throws Error named AbortError when `signal` aborts; naming ranks that crash or never come back
   */
  run(wanted: Case, signal?: AbortSignal): Promise<Recording>;
  /** Ends all Workers; a run that is under way rejects. */
  dispose(): void;
}

/** What the cluster needs of a Worker. */
export interface RankWorker {
  onmessage: ((event: MessageEvent<FromRank>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: ToRank, transfer: Transferable[]): void;
  terminate(): void;
}

/** Milliseconds after which ranks that have not come back are given up. */
const PATIENCE = 10_000;
/** Bytes for which a run may take a millisecond more. */
const BYTES_PER_MILLISECOND = 10_000;

export function createCluster(
  start: () => RankWorker = startWorker,
  patience: number = PATIENCE,
): Cluster {
  const pool: RankWorker[] = [];
  let runs: RunNumber = 0;
  let queue: Promise<unknown> = Promise.resolve();
  let giveUp: ((reason: Error) => void) | null = null;

  /** A Worker that failed once, or never came back, is not trusted again; nor are its peers. */
  const drop = () => {
    for (const worker of pool) worker.terminate();
    pool.length = 0;
  };

  const grow = (size: number) => {
    while (pool.length < size) {
      const fresh = start();
      const rank = pool.length;
      for (const [peer, other] of pool.entries()) {
        const { port1, port2 } = new MessageChannel();
        fresh.postMessage({ kind: 'connect', peer, port: port1 }, [port1]);
        other.postMessage({ kind: 'connect', peer: rank, port: port2 }, [port2]);
      }
      pool.push(fresh);
    }
  };

  const runNow = async (wanted: Case, signal: AbortSignal | undefined): Promise<Recording> => {
    signal?.throwIfAborted();
    const run = runs++;
    grow(wanted.sp);
    const recordings = new Map<Rank, RankRecording>();
    return new Promise<Recording>((resolve, reject) => {
      const settle = (finish: () => void) => {
        clearTimeout(watchdog);
        signal?.removeEventListener('abort', abort);
        giveUp = null;
        finish();
      };
      const fail = (message: string) =>
        settle(() => {
          drop();
          reject(new Error(message));
        });
      const abort = () => settle(() => reject(signal?.reason));
      const watchdog = setTimeout(
        () => {
          const missing = range(wanted.sp).filter((rank) => !recordings.has(rank));
          const who = missing.length === 1 ? `Rank ${missing[0]}` : `Ranks ${missing.join(', ')}`;
          fail(`${who} did not come back.`);
        },
        patience + estimateBytes(wanted) / BYTES_PER_MILLISECOND,
      );
      signal?.addEventListener('abort', abort);
      giveUp = (reason) => settle(() => reject(reason));
      for (const rank of range(wanted.sp)) {
        const worker = at(pool, rank);
        worker.onerror = (event) => fail(`The Worker of rank ${rank} ended: ${event.message}.`);
        worker.onmessage = ({ data }) => {
          if (data.run !== run) return;
          if (data.kind === 'failed') {
            fail(`Rank ${rank} met a fault of Rankscope’s own: ${data.message}.`);
            return;
          }
          recordings.set(rank, data.recording);
          if (recordings.size < wanted.sp) return;
          const ranks = [...recordings].toSorted(([a], [b]) => a - b).map(([, one]) => one);
          settle(() => resolve({ case: wanted, ranks }));
        };
        worker.postMessage({ kind: 'run', run, rank, case: wanted }, []);
      }
    });
  };

  return {
    get workerCount() {
      return pool.length;
    },
    run(wanted, signal) {
      const result = queue.then(() => runNow(wanted, signal));
      queue = result.catch(() => undefined);
      return result;
    },
    dispose() {
      drop();
      giveUp?.(new Error('The ranks were dismissed.'));
    },
  };
}

function startWorker(): RankWorker {
  return new Worker(new URL('./rank.worker.ts', import.meta.url), { type: 'module', name: 'rank' });
}
