import type { RankWorker } from './run-under-way.ts';

/** In milliseconds. */
export const WHILE = 30_000;

/**
 * Workers that are kept warm between runs, with a channel between any two of them. Those that no run
 * has used for a while are let go: from one to two of them after the last, so that going to and fro
 * between cases starts none anew.
 */
export class WorkerPool {
  private readonly workers: RankWorker[] = [];
  /** How many the latest run has taken; it may be under way. */
  private latest = 0;
  /** The most that a run has taken in this while. */
  private most = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly start: () => RankWorker) {}

  get size(): number {
    return this.workers.length;
  }

  /** The first `count` Workers, for a run; started where there are not so many. */
  take(count: number): readonly RankWorker[] {
    while (this.size < count) this.grow();
    this.latest = count;
    this.most = Math.max(this.most, count);
    if (this.size > count) this.timer ??= setTimeout(() => this.rest(), WHILE);
    return this.workers.slice(0, count);
  }

  /** Ends all Workers. After one is lost its channels lead nowhere: the next run gets others. */
  drop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.shrink(0);
  }

  private grow(): void {
    const fresh = this.start();
    for (const [peer, other] of this.workers.entries()) {
      const { port1, port2 } = new MessageChannel();
      fresh.postMessage({ kind: 'connect', peer, port: port1 }, [port1]);
      other.postMessage({ kind: 'connect', peer: this.size, port: port2 }, [port2]);
    }
    this.workers.push(fresh);
  }

  /** A while is over. */
  private rest(): void {
    this.shrink(this.most);
    this.most = this.latest;
    this.timer = this.size > this.latest ? setTimeout(() => this.rest(), WHILE) : undefined;
  }

  private shrink(size: number): void {
    for (const worker of this.workers.splice(size)) worker.terminate();
  }
}
