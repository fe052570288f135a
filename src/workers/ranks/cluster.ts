import { type Case, endsWorker, MOST_OWN_WORKERS } from '../../core/contract/case.ts';
import type { Recording } from '../../core/recording/event.ts';
import type { StopAt } from '../../core/recording/standstill.ts';
import { PATIENCE, type Patience } from './patience.ts';
import type { RunNumber } from './protocol.ts';
import { type RankWorker, RunUnderWay, type TellSilence } from './run-under-way.ts';
import { WorkerPool } from './worker-pool.ts';

/**
 * The ranks of this page, on dedicated Workers that are kept warm between runs. Runs follow one
 * another; who owns a cluster disposes of it.
 */
export interface Cluster {
  /** Workers that are alive. */
  readonly workerCount: number;
  /**
   * Runs a case on one Worker a rank (beyond 64 ranks, on 64 Workers), once earlier runs are over; to
   * its end, or as far as `until` says. Ranks that never come back are part of the recording; so is who waits for them. Until then
   * `tellSilence` hears which ranks do not answer, and again, of none, once all do.
   * @throws Error named AbortError when `signal` aborts; saying so when Rankscope itself fails
   */
  run(
    wanted: Case,
    signal?: AbortSignal,
    until?: StopAt | null,
    tellSilence?: TellSilence,
  ): Promise<Recording>;
  /** Ends all Workers; a run that is under way rejects. */
  dispose(): void;
}

export function createCluster(
  start: () => RankWorker = startWorker,
  patience: Patience = PATIENCE,
): Cluster {
  const pool = new WorkerPool(start);
  const spoken = new WeakSet<RankWorker>();
  let runs: RunNumber = 0;
  let queue: Promise<unknown> = Promise.resolve();
  /** Runs that are not over. */
  let waiting = 0;
  let current: RunUnderWay | null = null;

  const runNow = async (
    wanted: Case,
    signal: AbortSignal | undefined,
    until: StopAt | null,
    tellSilence: TellSilence,
  ): Promise<Recording> => {
    signal?.throwIfAborted();
    const workers = pool.take(Math.min(wanted.sp, MOST_OWN_WORKERS));
    const underWay = new RunUnderWay(runs++, wanted, until, workers, spoken, patience, tellSilence);
    current = underWay;
    const abort = () => underWay.reject(signal?.reason);
    signal?.addEventListener('abort', abort);
    try {
      const { recording, intact } = await underWay.result;
      if (!intact) pool.drop();
      return recording;
    } catch (error) {
      // A run that is called off leaves its Workers to the next, unless one of them is to be lost.
      const losesOne = wanted.fault !== undefined && endsWorker(wanted.fault.kind);
      if (!signal?.aborted || losesOne) pool.drop();
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
      underWay.stop();
      current = null;
    }
  };

  return {
    get workerCount() {
      return pool.size;
    },
    run(wanted, signal, until = null, tellSilence = () => {}) {
      const now = () => runNow(wanted, signal, until, tellSilence);
      // With nothing before it a run begins here and now: the ranks are under way while the page draws.
      const result = waiting === 0 ? now() : queue.then(now);
      waiting += 1;
      queue = result
        .catch(() => undefined)
        .then(() => {
          waiting -= 1;
        });
      return result;
    },
    dispose() {
      pool.drop();
      current?.reject(new Error('The ranks were dismissed.'));
    },
  };
}

function startWorker(): RankWorker {
  return new Worker(new URL('./rank.worker.ts', import.meta.url), { type: 'module', name: 'rank' });
}
