import { assert, at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import { Unavailable } from '../../base/unavailable.ts';
import { recordingOf } from '../../core/cases/origin.ts';
import type { Case } from '../../core/contract/case.ts';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import type { Rank, RankRecording, Recording } from '../../core/recording/event.ts';
import type { StopAt } from '../../core/recording/standstill.ts';
import { hostedRanks } from './mesh.ts';
import { mostAnswers, mostQuestions, type Patience } from './patience.ts';
import type { FromWorker, RunNumber, ToWorker, WorkerIndex } from './protocol.ts';
import { withVanished } from './vanished.ts';

/** What the cluster needs of a Worker. */
export interface RankWorker {
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: ToWorker, transfer: Transferable[]): void;
  terminate(): void;
}

/**
 * Ranks that do not answer, and after how many seconds they count as lost, at the latest. `starting`:
 * none of the run has ever been heard; after those seconds there is no run.
 */
export type TellSilence = (ranks: readonly Rank[], seconds: number, starting: boolean) => void;

/** What a run came to, and whether all its Workers are still there. */
export interface Outcome {
  readonly recording: Recording;
  readonly intact: boolean;
}

/**
 * One run: collects what the Workers leave, and watches over them. Whoever began it stops it, too,
 * once its result is there or it has been rejected.
 */
export class RunUnderWay {
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
  /** How often all have been asked. */
  private inquiries = 0;
  /** Whether somebody was silent when `tellSilence` was last called. */
  private someWereSilent = false;

  constructor(
    private readonly run: RunNumber,
    private readonly wanted: Case,
    until: StopAt | null,
    private readonly workers: readonly RankWorker[],
    /** Those that have ever been heard. */
    private readonly spoken: WeakSet<RankWorker>,
    private readonly patience: Patience,
    private readonly tellSilence: TellSilence,
  ) {
    this.result = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    const count = workers.length;
    for (const [worker, channel] of workers.entries()) {
      channel.onerror = ({ message }) =>
        this.reject(endOf(`The Worker of ${this.nameOf(worker)}`, message));
      channel.onmessage = ({ data }) => {
        // The script has arrived: from here on the others have as long as any that start.
        if (this.nobodySpoke()) this.unanswered.clear();
        spoken.add(channel);
        if (data.run === run) this.hear(worker, data);
      };
      channel.postMessage({ kind: 'run', run, worker, workers: count, case: wanted, until }, []);
    }
    this.timer = setTimeout(() => this.ask(), patience.quiet);
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
        this.finishIfOver();
        break;
      case 'last-words':
        for (const [rank, recording] of message.recordings) this.lastWords.set(rank, recording);
        break;
      case 'here':
        break;
      case 'failed': {
        const who = this.nameOf(worker);
        this.reject(
          new Error(`R${who.slice(1)} met a fault of Rankscope’s own: ${message.message}.`),
        );
        break;
      }
    }
  }

  /** Whoever waits in a collective answers a ping; whoever is gone does not. */
  private ask(): void {
    for (const [worker, channel] of this.workers.entries()) {
      if (this.ended.has(worker) || this.gone.has(worker)) continue;
      this.unanswered.set(worker, (this.unanswered.get(worker) ?? 0) + 1);
      channel.postMessage({ kind: 'ping', run: this.run }, []);
    }
    this.timer = setTimeout(() => this.conclude(), this.patience.answer);
  }

  /** The time for answers is over: gives up who has been silent too often, and asks again later. */
  private conclude(): void {
    this.inquiries += 1;
    const silent = [...this.unanswered].flatMap(([worker, questions]) =>
      questions >= this.questionsFor(worker) ? [worker] : [],
    );
    if (this.unanswered.size === 0 && this.inquiries >= mostAnswers(this.wanted, this.patience)) {
      this.reject(new Error('The ranks are all there, but come to no end.'));
      return;
    }
    if (silent.length > 0 && this.nobodySpoke()) {
      const seconds = Math.round(this.millisecondsFor(this.patience.startQuestions) / 1000);
      this.reject(new Unavailable(neverStarted(seconds)));
      return;
    }
    if (silent.length > 0) this.giveUp(silent);
    this.tellWhoIsSilent();
    this.finishIfOver();
    this.timer = setTimeout(() => this.ask(), this.patience.quiet);
  }

  /** Whether none of the Workers has ever been heard: their script may still be on its way. */
  private nobodySpoke(): boolean {
    return !this.workers.some((worker) => this.spoken.has(worker));
  }

  private millisecondsFor(questions: number): number {
    return questions * (this.patience.quiet + this.patience.answer);
  }

  /** After how many questions in vain a Worker is given up. */
  private questionsFor(worker: WorkerIndex): number {
    if (this.nobodySpoke()) return this.patience.startQuestions;
    const hasSpoken = this.spoken.has(at(this.workers, worker));
    const hasSaidLastWords = this.ranksOf(worker).some((rank) => this.lastWords.has(rank));
    return mostQuestions(this.wanted, this.patience, { hasSpoken, hasSaidLastWords });
  }

  private tellWhoIsSilent(): void {
    const silent = [...this.unanswered];
    if (silent.length === 0 && !this.someWereSilent) return;
    this.someWereSilent = silent.length > 0;
    const left = silent.map(([worker, questions]) => this.questionsFor(worker) - questions);
    const milliseconds = this.millisecondsFor(Math.max(0, ...left));
    const ranks = silent.flatMap(([worker]) => this.ranksOf(worker));
    this.tellSilence(
      ranks.toSorted((a, b) => a - b),
      Math.ceil(milliseconds / 1000),
      this.nobodySpoke(),
    );
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

  /** Resolves the run once every Worker is through or gone. */
  private finishIfOver(): void {
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
    const implementation = findImplementation(this.wanted.implementation);
    assert(implementation !== undefined, 'the Workers knew it');
    const recording = recordingOf(this.wanted, implementation, ranks);
    this.resolve({ recording, intact: this.gone.size === 0 });
  }

  private ranksOf(worker: WorkerIndex): Rank[] {
    return hostedRanks(worker, this.workers.length, this.wanted.sp);
  }

  private nameOf(worker: WorkerIndex): string {
    const ranks = this.ranksOf(worker);
    return ranks.length === 1 ? `rank ${at(ranks, 0)}` : `ranks ${ranks.join(', ')}`;
  }
}

/** No rank was ever there: of such a run nothing can be said. */
function neverStarted(seconds: number): string {
  return (
    `The Workers that act as ranks did not start within ${seconds} s, so nothing has run and there is ` +
    'no verdict. Their script may still be loading: check the network, then reload the page.'
  );
}

/** What became of a Worker; one whose script was not to be had has no message. */
function endOf(who: string, message: string | undefined): Error {
  return message === undefined
    ? new Unavailable(`${who} could not be started: its script did not arrive. Check the network.`)
    : new Error(`${who} ended: ${message}.`);
}
