import { assert, at } from '../base/assert.ts';
import { range } from '../base/numbers.ts';
import { type Case, MOST_OWN_WORKERS } from '../engine/case.ts';
import type { Rank, RankRecording, Recording } from '../engine/event.ts';
import { estimateBytes } from '../engine/memory.ts';
import { hostedRanks } from './mesh.ts';
import type { FromWorker, RunNumber, ToWorker, WorkerIndex } from './protocol.ts';
import { withVanished } from './vanished.ts';

/**
 * The ranks of this page: a pool of dedicated Workers kept warm between runs, with a channel between
 * any two of them. Runs follow one another; who owns a cluster disposes of it.
 */
export interface Cluster {
  /** Workers that are alive. */
  readonly workerCount: number;
  /**
   * Runs a case on one Worker a rank (beyond 64 ranks, on 64 Workers), once earlier runs are over.
   * Ranks that never come back are part of the recording; so is who waits for them.
   * @throws Error named AbortError when `signal` aborts; saying so when Rankscope itself fails
   */
  run(wanted: Case, signal?: AbortSignal): Promise<Recording>;
  /** Ends all Workers; a run that is under way rejects. */
  dispose(): void;
}

/** What the cluster needs of a Worker. */
export interface RankWorker {
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: ToWorker, transfer: Transferable[]): void;
  terminate(): void;
}

/** In milliseconds. */
export interface Patience {
  /** After this without an end, Workers are asked whether they are there. */
  readonly quiet: number;
  /** Within this they answer. One that has announced its end and does not is gone. */
  readonly answer: number;
  /** Without a word of its end, one is gone that was asked so often in vain: it may be starting. */
  readonly questions: number;
}

/** A rank that fails is known after 2.5 s; a Worker that is silent for no reason, after 25 s. */
const PATIENCE: Patience = { quiet: 1000, answer: 1500, questions: 10 };
/** Bytes for which a run may take a millisecond more. */
const BYTES_PER_MILLISECOND = 10_000;
/** How often all Workers may say that they are there without coming to an end. */
const MOST_PINGS = 40;

export function createCluster(
  start: () => RankWorker = startWorker,
  patience: Patience = PATIENCE,
): Cluster {
  const pool: RankWorker[] = [];
  let runs: RunNumber = 0;
  let queue: Promise<unknown> = Promise.resolve();
  /** Runs that are not over. */
  let waiting = 0;
  let current: RunUnderWay | null = null;

  /** After a Worker is lost its channels lead nowhere: the pool is made anew. */
  const drop = () => {
    for (const worker of pool) worker.terminate();
    pool.length = 0;
  };

  const grow = (size: number) => {
    while (pool.length < size) {
      const fresh = start();
      const index = pool.length;
      for (const [peer, other] of pool.entries()) {
        const { port1, port2 } = new MessageChannel();
        fresh.postMessage({ kind: 'connect', peer, port: port1 }, [port1]);
        other.postMessage({ kind: 'connect', peer: index, port: port2 }, [port2]);
      }
      pool.push(fresh);
    }
  };

  const runNow = async (wanted: Case, signal: AbortSignal | undefined): Promise<Recording> => {
    signal?.throwIfAborted();
    const workers = Math.min(wanted.sp, MOST_OWN_WORKERS);
    grow(workers);
    const underWay = new RunUnderWay(runs++, wanted, pool.slice(0, workers), patience);
    current = underWay;
    const abort = () => underWay.reject(signal?.reason);
    signal?.addEventListener('abort', abort);
    try {
      const { recording, intact } = await underWay.result;
      if (!intact) drop();
      return recording;
    } catch (error) {
      // A run that is called off leaves its Workers to the next, unless one of them is to be lost.
      if (!signal?.aborted || losesWorker(wanted)) drop();
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
      underWay.stop();
      current = null;
    }
  };

  return {
    get workerCount() {
      return pool.length;
    },
    run(wanted, signal) {
      // With nothing before it a run begins here and now: the ranks are under way while the page draws.
      const result =
        waiting === 0 ? runNow(wanted, signal) : queue.then(() => runNow(wanted, signal));
      waiting += 1;
      queue = result
        .catch(() => undefined)
        .then(() => {
          waiting -= 1;
        });
      return result;
    },
    dispose() {
      drop();
      current?.reject(new Error('The ranks were dismissed.'));
    },
  };
}

function losesWorker({ fault }: Case): boolean {
  return fault?.kind === 'terminates' || fault?.kind === 'loops';
}

/** What a run came to, and whether all its Workers are still there. */
interface Outcome {
  readonly recording: Recording;
  readonly intact: boolean;
}

/** One run: collects what the Workers leave, and watches over them. */
class RunUnderWay {
  readonly result: Promise<Outcome>;
  reject: (reason: unknown) => void = () => {};
  private resolve: (outcome: Outcome) => void = () => {};
  private readonly recordings = new Map<Rank, RankRecording>();
  private readonly lastWords = new Map<Rank, RankRecording>();
  private readonly ended = new Set<WorkerIndex>();
  private readonly gone = new Set<WorkerIndex>();
  /** How often in a row a Worker was asked in vain. */
  private readonly unanswered = new Map<WorkerIndex, number>();
  private timer: ReturnType<typeof setTimeout>;
  private pings = 0;

  constructor(
    private readonly run: RunNumber,
    private readonly wanted: Case,
    private readonly workers: readonly RankWorker[],
    private readonly patience: Patience,
  ) {
    this.result = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    const count = workers.length;
    for (const [worker, channel] of workers.entries()) {
      channel.onerror = ({ message }) =>
        this.reject(new Error(`The Worker of ${this.ranksOf(worker)} ${endText(message)}.`));
      channel.onmessage = ({ data }) => {
        if (data.run === run) this.hear(worker, data);
      };
      channel.postMessage({ kind: 'run', run, worker, workers: count, case: wanted }, []);
    }
    this.timer = setTimeout(() => this.ask(), this.longer(patience.quiet));
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private hear(worker: WorkerIndex, message: FromWorker): void {
    this.unanswered.delete(worker);
    switch (message.kind) {
      case 'done':
        for (const [rank, recording] of message.recordings) this.recordings.set(rank, recording);
        this.ended.add(worker);
        // Whoever heard more of one that is gone waits for this one as well.
        if (this.gone.size > 0) this.tellGone();
        this.finish();
        break;
      case 'last-words':
        for (const [rank, recording] of message.recordings) this.lastWords.set(rank, recording);
        break;
      case 'here':
        break;
      case 'failed': {
        const who = this.ranksOf(worker);
        this.reject(
          new Error(`R${who.slice(1)} met a fault of Rankscope’s own: ${message.message}.`),
        );
        break;
      }
    }
  }

  /** Whoever is in a collective answers a ping; whoever is gone does not. */
  private ask(): void {
    for (const [worker, channel] of this.workers.entries()) {
      if (this.ended.has(worker) || this.gone.has(worker)) continue;
      this.unanswered.set(worker, (this.unanswered.get(worker) ?? 0) + 1);
      channel.postMessage({ kind: 'ping', run: this.run }, []);
    }
    this.timer = setTimeout(() => this.conclude(), this.longer(this.patience.answer));
  }

  private conclude(): void {
    this.pings += 1;
    const silent = [...this.unanswered].flatMap(([worker, questions]) =>
      questions >= this.questionsFor(worker) ? [worker] : [],
    );
    if (this.unanswered.size === 0 && this.pings >= MOST_PINGS) {
      this.reject(new Error('The ranks are all there, but come to no end.'));
      return;
    }
    if (silent.length > 0) this.giveUp(silent);
    this.finish();
    this.timer = setTimeout(() => this.ask(), this.longer(this.patience.quiet));
  }

  /** One that said its last words is expected to be silent. */
  private questionsFor(worker: WorkerIndex): number {
    const ranks = hostedRanks(worker, this.workers.length, this.wanted.sp);
    return ranks.some((rank) => this.lastWords.has(rank)) ? 1 : this.patience.questions;
  }

  private giveUp(silent: readonly WorkerIndex[]): void {
    for (const worker of silent) {
      this.gone.add(worker);
      this.unanswered.delete(worker);
      at(this.workers, worker).terminate();
    }
    this.tellGone();
  }

  /** Tells who is left for whom they need not wait: the gone, and beside them those at their end. */
  private tellGone(): void {
    const gone = [...this.gone, ...this.ended];
    for (const [worker, channel] of this.workers.entries()) {
      if (gone.includes(worker)) continue;
      channel.postMessage({ kind: 'give-up', run: this.run, gone }, []);
    }
  }

  private finish(): void {
    if (this.ended.size + this.gone.size < this.workers.length) return;
    const heard = new Map([...this.lastWords, ...this.recordings]);
    const all = range(this.wanted.sp);
    const vanished = all.filter((rank) => !heard.has(rank));
    const left = vanished.length === 0 ? heard : withVanished(this.wanted, vanished, heard);
    const ranks = all.map((rank) => {
      const recording = left.get(rank);
      assert(recording !== undefined, 'a rank was heard, or has vanished');
      return recording;
    });
    this.resolve({ recording: { case: this.wanted, ranks }, intact: this.gone.size === 0 });
  }

  private longer(milliseconds: number): number {
    return milliseconds + estimateBytes(this.wanted) / BYTES_PER_MILLISECOND;
  }

  private ranksOf(worker: WorkerIndex): string {
    const ranks = hostedRanks(worker, this.workers.length, this.wanted.sp);
    return ranks.length === 1 ? `rank ${at(ranks, 0)}` : `ranks ${ranks.join(', ')}`;
  }
}

/** What became of a Worker; one whose script was not to be had has no message. */
function endText(message: string | undefined): string {
  return message === undefined ? 'could not be started' : `ended: ${message}`;
}

function startWorker(): RankWorker {
  return new Worker(new URL('./rank.worker.ts', import.meta.url), { type: 'module', name: 'rank' });
}
