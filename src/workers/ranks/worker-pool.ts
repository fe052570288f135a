import type { RankWorker } from './run-under-way.ts';

/** How long the pool looks back before it lets idle Workers go, in milliseconds. */
export const LOOK_BACK = 30_000;

/**
 * Workers that are kept warm between runs, with a channel between any two of them. Those that no run
 * has taken within `LOOK_BACK` are let go, at the latest twice as long after the last that did:
 * going to and fro between cases starts none anew.
 */
export class WorkerPool {
  private readonly workers: RankWorker[] = [];
  /** How many the latest run has taken; it may be under way. */
  private latest = 0;
  /** The most that a run has taken since the pool last looked back. */
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
    if (this.size > count) this.timer ??= setTimeout(() => this.letIdleGo(), LOOK_BACK);
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

  /** Lets those go that no run has taken since the pool last looked back. */
  private letIdleGo(): void {
    this.shrink(this.most);
    this.most = this.latest;
    this.timer =
      this.size > this.latest ? setTimeout(() => this.letIdleGo(), LOOK_BACK) : undefined;
  }

  private shrink(size: number): void {
    for (const worker of this.workers.splice(size)) worker.terminate();
  }
}
