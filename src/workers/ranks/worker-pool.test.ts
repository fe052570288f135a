import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import type { RankWorker } from './run-under-way.ts';
import { LOOK_BACK, WorkerPool } from './worker-pool.ts';

/** Workers in the order in which they were started, and those of them that were ended. */
function counted() {
  const started: RankWorker[] = [];
  const ended: RankWorker[] = [];
  const pool = new WorkerPool(() => {
    const worker: RankWorker = {
      onmessage: null,
      onerror: null,
      postMessage() {},
      terminate: () => ended.push(worker),
    };
    started.push(worker);
    return worker;
  });
  return { pool, started, ended };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('lets Workers go that no run has taken for a while, and no others', () => {
  const { pool, started, ended } = counted();
  pool.take(64);
  const few = pool.take(4);
  vi.advanceTimersByTime(LOOK_BACK - 1);
  expect(pool.size).toBe(64);
  vi.advanceTimersByTime(LOOK_BACK + 1);
  expect(ended).toEqual(started.slice(4));
  expect(pool.take(4)).toEqual(few);
  expect(vi.getTimerCount()).toBe(0);
});

it('keeps them as long as there is use for them, be it only now and then', () => {
  const { pool, started, ended } = counted();
  for (const turn of range(40)) {
    pool.take(turn % 2 === 0 ? 64 : 4);
    vi.advanceTimersByTime(LOOK_BACK * 0.4);
  }
  expect(started).toHaveLength(64);
  expect(ended).toEqual([]);
});

it('ends none of a run, however long it takes', () => {
  const { pool, ended } = counted();
  pool.take(8);
  const under = pool.take(6);
  vi.advanceTimersByTime(LOOK_BACK * 10);
  expect(ended).toHaveLength(2);
  expect(under.some((worker) => ended.includes(worker))).toBe(false);
});

it('connects those that are started again with those that were kept', () => {
  const { pool, started } = counted();
  pool.take(3);
  pool.take(1);
  vi.advanceTimersByTime(LOOK_BACK * 2);
  const told = vi.spyOn(at(started, 0), 'postMessage');
  pool.take(3);
  expect(told.mock.calls.map(([message]) => message)).toMatchObject([
    { kind: 'connect', peer: 1 },
    { kind: 'connect', peer: 2 },
  ]);
});

it('leaves no clock running when all are ended', () => {
  const { pool, ended } = counted();
  pool.take(8);
  pool.take(2);
  pool.drop();
  expect(ended).toHaveLength(8);
  expect(vi.getTimerCount()).toBe(0);
});
