import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { gunzipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { parseRuns } from '../../../tools/golden/run.ts';
import { at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import { Unavailable } from '../../base/unavailable.ts';
import { DEFAULT_CASE } from '../../core/cases/case-input.ts';
import { type Case, FAULT_KINDS } from '../../core/contract/case.ts';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import type { Rank, RankEvent, Recording } from '../../core/recording/event.ts';
import {
  anyCase,
  anyCaseOf,
  anyStopIn,
  caseWith,
  IMPLEMENTATIONS_AND_LAYOUTS,
  runOf,
} from '../../core/world/testing.ts';
import { loadRecording, saveRecording } from '../../trace/saved/recording-file.ts';
import { type Cluster, createCluster } from './cluster.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import type { RankWorker } from './run-under-way.ts';
import { serveRanks } from './serve-ranks.ts';

/** A Worker in this thread: the same code behind the same kind of channel. */
function startHere(serve: typeof serveRanks = serveRanks): RankWorker {
  const { port1, port2 } = new MessageChannel();
  const page = {
    set onmessage(listen: ((event: MessageEvent<ToWorker>) => void) | null) {
      port2.onmessage = listen;
    },
    postMessage: (message: FromWorker, transfer: Transferable[]) =>
      port2.postMessage(message, transfer),
    // As good as gone: nothing that comes later is heard.
    perish: () => port2.close(),
  };
  serve(page);
  return {
    set onmessage(listen: ((event: MessageEvent<FromWorker>) => void) | null) {
      port1.onmessage = listen;
    },
    onerror: null,
    postMessage: (message, transfer) => port1.postMessage(message, transfer),
    terminate: () => port1.close(),
  };
}

/** Takes its time to start: hears nothing before it has been asked `questions` times. */
const startingLate =
  (questions: number): typeof serveRanks =>
  (page) => {
    const early: MessageEvent<ToWorker>[] = [];
    page.onmessage = (event) => {
      early.push(event);
      if (early.filter(({ data }) => data.kind === 'ping').length < questions) return;
      serveRanks({
        postMessage: page.postMessage,
        perish: page.perish,
        set onmessage(listen: typeof page.onmessage) {
          page.onmessage = listen;
          for (const waiting of early) listen?.(waiting);
        },
      });
    };
  };

/** Goes without a word once it has sent its peers so many messages: nothing leaves it any more. */
const vanishingAfter =
  (messages: number): typeof serveRanks =>
  (page) => {
    let sent = 0;
    const hushed = (port: MessagePort) =>
      new Proxy(port, {
        get(target, name) {
          if (name !== 'postMessage') return Reflect.get(target, name);
          return (message: unknown, transfer: Transferable[]) => {
            sent += 1;
            if (sent <= messages) target.postMessage(message, transfer);
          };
        },
        set: (target, name, value) => Reflect.set(target, name, value),
      });
    serveRanks({
      perish: page.perish,
      postMessage(message, transfer) {
        if (sent < messages) page.postMessage(message, transfer);
      },
      set onmessage(listen: typeof page.onmessage) {
        page.onmessage = ({ data }) => {
          const heard = data.kind === 'connect' ? { ...data, port: hushed(data.port) } : data;
          listen?.(new MessageEvent('message', { data: heard }));
        };
      },
    });
  };

/** Runs a case on ranks of which some vanish once they have sent so many messages. */
async function runVanishing(wanted: Case, messages: ReadonlyMap<Rank, number>): Promise<Recording> {
  let started = 0;
  const start = () => {
    const most = messages.get(started++);
    return startHere(most === undefined ? serveRanks : vanishingAfter(most));
  };
  cluster = createCluster(start, {
    quiet: 60,
    answer: 60,
    questions: 2,
    firstQuestions: 2,
    startQuestions: 2,
  });
  const recording = await cluster.run(wanted);
  cluster.dispose();
  return recording;
}

/** Milliseconds; only for ranks that are known to be gone. */
const SHORT = { quiet: 200, answer: 300, questions: 2, firstQuestions: 2, startQuestions: 2 };

let cluster: Cluster;
afterEach(() => cluster.dispose());

const file = readFileSync(new URL('../../../tools/golden/real-runs.jsonl.gz', import.meta.url));
const runs = parseRuns(new TextDecoder().decode(gunzipSync(file)));

/** What rank 2 does up to and with the first such event of a call. */
function kindsUpTo({ ranks }: Recording, call: number, last: RankEvent['kind']): string[] {
  const kinds = at(ranks, 2).events.map(({ kind }) => kind);
  const begins = kinds.flatMap((kind, index) => (kind === 'called' ? [index] : []));
  return kinds.slice(0, kinds.indexOf(last, at(begins, call)) + 1);
}

describe('a cluster of ranks', () => {
  it('leaves the same recording as one thread, over all outcomes', async () => {
    cluster = createCluster(() => startHere());
    const some = runs.filter(
      ({ implementation }, index) =>
        findImplementation(implementation) !== undefined && index % 23 === 0,
    );
    expect(some.length).toBeGreaterThan(60);
    for (const { expected: _, ...wanted } of some) {
      expect(await cluster.run(wanted)).toEqual(runOf(wanted));
    }
  });

  it('keeps its pool warm and lets it grow', async () => {
    let started = 0;
    cluster = createCluster(() => {
      started += 1;
      return startHere();
    });
    await cluster.run(DEFAULT_CASE);
    await cluster.run(DEFAULT_CASE);
    expect(started).toBe(4);
    await cluster.run({ ...DEFAULT_CASE, sp: 8, seq: 16 });
    expect(started).toBe(8);
    await cluster.run({ ...DEFAULT_CASE, sp: 2 });
    expect(cluster.workerCount).toBe(8);
  });

  it('forgets a run that is called off, and the next is clean', async () => {
    cluster = createCluster(() => startHere());
    const stopped = new AbortController();
    const first = cluster.run(DEFAULT_CASE, stopped.signal);
    await Promise.resolve();
    stopped.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    expect(await cluster.run(DEFAULT_CASE)).toEqual(runOf(DEFAULT_CASE));
  });

  it.each(['terminates', 'loops'] as const)(
    'leaves nobody who %s to the next run when it is called off',
    async (kind) => {
      cluster = createCluster(() => startHere(), SHORT);
      const stopped = new AbortController();
      const wanted = caseWith({ fault: { kind, rank: 2, call: 0 } });
      const first = cluster.run(wanted, stopped.signal);
      await Promise.resolve();
      stopped.abort();
      await expect(first).rejects.toMatchObject({ name: 'AbortError' });
      expect(cluster.workerCount).toBe(0);
      expect(await cluster.run(DEFAULT_CASE)).toEqual(runOf(DEFAULT_CASE));
    },
  );

  it('ends in bounded time when Workers never answer, and starts afresh', async () => {
    let silent = 2;
    cluster = createCluster(() => (silent-- > 0 ? startHere(() => {}) : startHere()), SHORT);
    const told: unknown[] = [];
    const { ranks } = await cluster.run(DEFAULT_CASE, undefined, null, (...silent) =>
      told.push(silent),
    );
    expect(told).toEqual([
      [[0, 1], 1, false],
      [[], 0, false],
    ]);
    expect(ranks.map(({ events }) => events.at(-1)?.kind)).toEqual([
      'lost',
      'lost',
      'abandoned',
      'abandoned',
    ]);
    expect(ranks[2]?.events.at(-1)).toMatchObject({ kind: 'abandoned', by: [0, 1] });
    expect(cluster.workerCount).toBe(0);
    expect(await cluster.run(DEFAULT_CASE)).toEqual(runOf(DEFAULT_CASE));
  });

  it('knows of a rank that vanishes without a word what all others saw of it', async () => {
    const wanted = caseWith({ implementation: 'deepspeed-6797' });
    const whole = runOf(wanted);
    // Three peers are told of each collective and of the end of the first call; what only some were
    // told of counts for nobody. Of the end of the last call none is told: it is in what a rank leaves.
    const PEERS = 3;
    const known = [
      ['lost'],
      [...kindsUpTo(whole, 0, 'received'), 'lost'],
      [...kindsUpTo(whole, 0, 'returned'), 'called', 'lost'],
      [...kindsUpTo(whole, 1, 'received'), 'lost'],
    ];
    for (const messages of range((known.length - 1) * PEERS + 1)) {
      const left = await runVanishing(wanted, new Map([[2, messages]]));
      const kinds = left.ranks.map(({ events }) => events.map(({ kind }) => kind));
      const rounds = Math.floor(messages / PEERS);
      expect(kinds[2]).toEqual(known[rounds]);
      const lasts = rounds % 2 === 0 ? 'abandoned' : 'returned';
      for (const other of [0, 1, 3]) expect(kinds[other]?.at(-1)).toBe(lasts);
    }
  });

  it('leaves a recording that can be kept, wherever ranks vanish', async () => {
    const together = anyCase.filter(({ sp }) => sp > 1);
    const vanishing = together.chain((wanted) => {
      const rank = fc.integer({ min: 0, max: wanted.sp - 1 });
      const messages = fc.integer({ min: 0, max: 5 * (wanted.sp - 1) });
      const ranks = fc.array(fc.tuple(rank, messages), { minLength: 1, maxLength: 2 });
      return fc.record({ wanted: fc.constant(wanted), ranks });
    });
    await fc.assert(
      fc.asyncProperty(vanishing, async ({ wanted, ranks }) => {
        const gone = new Map(ranks);
        const recording = await runVanishing(wanted, gone).catch((error: unknown) => {
          // Where all vanish before one was heard there is no run, and no recording of it.
          expect(error).toBeInstanceOf(Unavailable);
          expect(gone.size).toBe(wanted.sp);
          return null;
        });
        if (recording === null) return;
        expect(loadRecording(saveRecording(recording))).toEqual({ ok: true, recording });
      }),
      { numRuns: 25 },
    );
  });

  it('waits for one that has spoken as for one at work, no longer as for one that starts', async () => {
    // The first run takes six messages of each Worker: two to each peer.
    let started = 0;
    const start = () => startHere(started++ === 2 ? vanishingAfter(7) : serveRanks);
    cluster = createCluster(start, { ...SHORT, firstQuestions: Number.POSITIVE_INFINITY });
    expect(await cluster.run(DEFAULT_CASE)).toEqual(runOf(DEFAULT_CASE));
    const { ranks } = await cluster.run(DEFAULT_CASE);
    expect(ranks[2]?.events).toEqual([{ kind: 'lost', how: 'unknown' }]);
  });

  it('takes no Worker for gone that is slow to start', async () => {
    let late = 2;
    const patience = { ...SHORT, firstQuestions: 4 };
    cluster = createCluster(() => startHere(late-- > 0 ? startingLate(2) : serveRanks), patience);
    expect(await cluster.run(DEFAULT_CASE)).toEqual(runOf(DEFAULT_CASE));
    expect(cluster.workerCount).toBe(4);
  });

  it('gives no verdict where no Worker was ever heard, and waits for a script that is slow to come', async () => {
    const never = { ...SHORT, startQuestions: 3 };
    cluster = createCluster(() => startHere(() => {}), never);
    const told: unknown[] = [];
    const tell = (...silent: unknown[]) => told.push(silent);
    await expect(cluster.run(DEFAULT_CASE, undefined, null, tell)).rejects.toThrow('did not start');
    expect(told).toEqual([
      [[0, 1, 2, 3], 1, true],
      [[0, 1, 2, 3], 1, true],
    ]);
    cluster.dispose();
    // Later than a Worker that never spoke may be while others have spoken.
    cluster = createCluster(() => startHere(startingLate(3)), { ...SHORT, startQuestions: 6 });
    expect(await cluster.run(DEFAULT_CASE)).toEqual(runOf(DEFAULT_CASE));
  });

  it.each(FAULT_KINDS)('leaves what one thread leaves when a rank %s', async (kind) => {
    cluster = createCluster(() => startHere(), SHORT);
    for (const call of [0, 1]) {
      const wanted = caseWith({ implementation: 'deepspeed-6797', fault: { kind, rank: 2, call } });
      expect(await cluster.run(wanted)).toEqual(runOf(wanted));
    }
    const healthy = caseWith({ implementation: 'deepspeed-6797' });
    expect(await cluster.run(healthy)).toEqual(runOf(healthy));
  });

  it('hosts several ranks on a Worker where there are many', async () => {
    cluster = createCluster(() => startHere());
    const wanted = caseWith({
      implementation: 'deepspeed-6797',
      sp: 96,
      seq: 96,
      heads: 96,
      headDim: 1,
    });
    expect(await cluster.run(wanted)).toEqual(runOf(wanted));
    expect(cluster.workerCount).toBe(64);
  });

  it.each(IMPLEMENTATIONS_AND_LAYOUTS)(
    'leaves what one thread leaves, whatever the case: %s, batch dimension %i',
    async (implementation, batchDimIdx) => {
      cluster = createCluster(() => startHere(), SHORT);
      await fc.assert(
        fc.asyncProperty(anyCaseOf(implementation, batchDimIdx), async (wanted) => {
          expect(await cluster.run(wanted)).toEqual(runOf(wanted));
        }),
        { numRuns: 12 },
      );
    },
  );

  it('stops where one thread stops, whatever the case and wherever', async () => {
    cluster = createCluster(() => startHere(), SHORT);
    const stopped = anyCase.chain((wanted) =>
      fc.record({ wanted: fc.constant(wanted), until: anyStopIn(wanted) }),
    );
    await fc.assert(
      fc.asyncProperty(stopped, async ({ wanted, until }) => {
        expect(await cluster.run(wanted, undefined, until)).toEqual(runOf(wanted, until));
      }),
      { numRuns: 120 },
    );
    expect(await cluster.run(DEFAULT_CASE)).toEqual(runOf(DEFAULT_CASE));
  });

  it('stops many ranks on few Workers', async () => {
    cluster = createCluster(() => startHere());
    const wanted = caseWith({ implementation: 'verl', sp: 96, seq: 96, heads: 96, headDim: 1 });
    const until = { call: 0, last: { what: 'offered', count: 1 } } as const;
    expect(await cluster.run(wanted, undefined, until)).toEqual(runOf(wanted, until));
  });

  it('says which rank met a fault of our own', async () => {
    cluster = createCluster(() => startHere());
    await expect(cluster.run({ ...DEFAULT_CASE, implementation: 'no-such-code' })).rejects.toThrow(
      /^Rank \d met a fault of Rankscope’s own: .*no-such-code/,
    );
  });

  it('rejects what is under way when it is disposed of', async () => {
    cluster = createCluster(() => startHere());
    const run = cluster.run(DEFAULT_CASE);
    await Promise.resolve();
    cluster.dispose();
    await expect(run).rejects.toThrow('The ranks were dismissed.');
  });
});
