import { Unavailable } from '../../base/unavailable.ts';
import type { Result, Work } from './protocol.ts';

/** What the pool needs of a Worker. */
export interface JudgingWorker {
  onmessage: ((event: MessageEvent<Result>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(work: Work): void;
  terminate(): void;
}

/** Workers that judge maps and tables, kept warm; who owns a pool disposes of it. */
export interface JudgingPool {
  /**
   * Has all portions of a work done, in order, on all Workers; `onDone` hears of each. Of works that
   * are under way cases come first, which somebody waits for; works of a kind take turns.
   * @throws Error named AbortError when `signal` aborts; what `onDone` throws; a sentence when a Worker
   *   cannot be started or ends
   */
  work(
    portions: readonly Work[],
    onDone: (portion: Work, result: Result) => void,
    signal: AbortSignal,
  ): Promise<void>;
  dispose(): void;
}

/** A work that is under way. */
interface UnderWay {
  readonly portions: Work[];
  pending: number;
  onDone(portion: Work, result: Result): void;
  resolve(): void;
  reject(reason: unknown): void;
}

/** Fewer than two leave nobody to answer while a map fills; more than eight wait for memory. */
const [FEWEST, MOST] = [2, 8];

/** As many Workers as there are cores, but for the one that the page is drawn on. */
function judgesHere(): number {
  const cores = globalThis.navigator?.hardwareConcurrency ?? FEWEST;
  return Math.min(MOST, Math.max(FEWEST, cores - 1));
}

export function createJudgingPool(
  size: number = judgesHere(),
  start: () => JudgingWorker = startWorker,
): JudgingPool {
  const workers: JudgingWorker[] = [];
  const idle: JudgingWorker[] = [];
  const works = new Set<UnderWay>();

  const end = (reason: unknown) => {
    for (const work of works) work.reject(reason);
    works.clear();
    for (const worker of workers) worker.terminate();
    workers.length = 0;
    idle.length = 0;
  };

  const grow = () => {
    while (workers.length < size) {
      const worker = start();
      worker.onerror = ({ message }: Partial<ErrorEvent>) =>
        end(
          message === undefined
            ? new Unavailable(
                'The Workers that judge could not be started: their script did not arrive. Check the network, then try again.',
              )
            : new Error(`A Worker that judges ended: ${message}.`),
        );
      workers.push(worker);
      idle.push(worker);
    }
  };

  /** Whoever asked for a work and cannot take its results has it ended: the others go on. */
  const hearDone = (work: UnderWay, portion: Work, data: Result) => {
    if (!works.has(work)) return;
    try {
      work.onDone(portion, data);
    } catch (error) {
      works.delete(work);
      work.reject(error);
    }
  };

  /** Portions to whoever is idle: cases first, then from the work that has the fewest under way. */
  const give = () => {
    for (;;) {
      const waiting = [...works].filter(({ portions }) => portions.length > 0);
      const [work] = waiting.toSorted((a, b) => turnOf(a) - turnOf(b) || a.pending - b.pending);
      if (work === undefined) return;
      const worker = idle.pop();
      if (worker === undefined) return;
      const portion = work.portions.shift();
      if (portion === undefined) return;
      work.pending += 1;
      worker.onmessage = ({ data }) => {
        idle.push(worker);
        work.pending -= 1;
        hearDone(work, portion, data);
        if (work.portions.length === 0 && work.pending === 0 && works.delete(work)) work.resolve();
        give();
      };
      worker.postMessage(portion);
    }
  };

  return {
    work(portions, onDone, signal) {
      return new Promise<void>((resolve, reject) => {
        signal.throwIfAborted();
        if (portions.length === 0) return resolve();
        grow();
        const work = { portions: [...portions], pending: 0, onDone, resolve, reject };
        works.add(work);
        signal.addEventListener('abort', () => {
          if (works.delete(work)) reject(signal.reason);
        });
        give();
      });
    },
    dispose: () => end(new Error('The pool was dismissed.')),
  };
}

function turnOf({ portions }: UnderWay): number {
  const kind = portions[0]?.kind;
  return kind === 'cases' || kind === 'sentence' ? 0 : 1;
}

function startWorker(): JudgingWorker {
  return new Worker(new URL('./map.worker.ts', import.meta.url), { type: 'module', name: 'judge' });
}
