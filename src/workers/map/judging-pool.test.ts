import { describe, expect, it } from 'vitest';
import { range } from '../../base/numbers.ts';
import { doWork } from './do-work.ts';
import { judgeField, UNKNOWN } from './judge-field.ts';
import { createJudgingPool, type JudgingWorker } from './judging-pool.ts';
import { fieldsWork } from './order.ts';
import type { Result, Work } from './protocol.ts';
import { caseOf, fieldAt, type MapExtent, type MapSetting } from './setting.ts';

const EXTENT: MapExtent = { heads: 16, sp: 8 };
const SETTING: MapSetting = {
  implementation: 'deepspeed-6392',
  program: 'roundTrip',
  batch: 1,
  batchDimIdx: 0,
  numKvHeadsBefore: null,
  kvRatio: 1,
};

/** A Worker in this thread, that answers when it gets round to it. */
function startHere(): JudgingWorker {
  const worker: JudgingWorker = {
    onmessage: null,
    onerror: null,
    postMessage(work: Work) {
      queueMicrotask(() => worker.onmessage?.({ data: doWork(work) } as MessageEvent<Result>));
    },
    terminate() {},
  };
  return worker;
}

function sheet() {
  const values = new Uint8Array(EXTENT.heads * EXTENT.sp).fill(UNKNOWN);
  const onDone = (work: Work, result: Result) => {
    if (work.kind !== 'fields' || result.kind !== 'fields')
      throw new Error('fields were asked for');
    work.fields.forEach((field, index) => {
      values[field] = result.values[index] ?? UNKNOWN;
    });
  };
  return { values, onDone };
}

const never = () => new AbortController().signal;

describe('a pool of Workers that judge', () => {
  it('gives every field the value that one thread gives it', async () => {
    const pool = createJudgingPool(3, startHere);
    const { values, onDone } = sheet();
    await pool.work(fieldsWork(SETTING, EXTENT, { heads: 8, sp: 4 }), onDone, never());
    const expected = range(values.length).map((index) =>
      judgeField(SETTING, fieldAt(EXTENT, index)),
    );
    expect([...values]).toEqual(expected);
    pool.dispose();
  });

  it('does two works at once, and forgets one that is called off', async () => {
    const pool = createJudgingPool(2, startHere);
    const [kept, dropped] = [sheet(), sheet()];
    const from = { heads: 1, sp: 1 };
    const stop = new AbortController();
    const other = { ...SETTING, implementation: 'deepspeed-6797' };
    const first = pool.work(fieldsWork(SETTING, EXTENT, from), dropped.onDone, stop.signal);
    const second = pool.work(fieldsWork(other, EXTENT, from), kept.onDone, never());
    stop.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    await second;
    expect(kept.values.every((value) => value !== UNKNOWN)).toBe(true);
    expect(dropped.values.some((value) => value === UNKNOWN)).toBe(true);
    pool.dispose();
  });

  it('ends a work whose results cannot be taken, and does the others', async () => {
    const pool = createJudgingPool(2, startHere);
    const { values, onDone } = sheet();
    const from = { heads: 1, sp: 1 };
    const refuse = () => {
      throw new Error('no room for it');
    };
    const refused = pool.work(fieldsWork(SETTING, EXTENT, from), refuse, never());
    const kept = pool.work(fieldsWork(SETTING, EXTENT, from), onDone, never());
    await expect(refused).rejects.toThrow('no room for it');
    await kept;
    expect(values.every((value) => value !== UNKNOWN)).toBe(true);
    pool.dispose();
  });

  it('does cases before fields, and fields after them', async () => {
    const done: string[] = [];
    const pool = createJudgingPool(1, startHere);
    const wanted = caseOf(SETTING, { heads: 8, sp: 4 });
    if (wanted === null) throw new Error('there is such a case');
    const hear = ({ kind }: Work) => done.push(kind);
    await Promise.all([
      pool.work(fieldsWork(SETTING, { heads: 16, sp: 4 }, { heads: 1, sp: 1 }), hear, never()),
      pool.work([{ kind: 'cases', cases: [wanted] }], hear, never()),
    ]);
    expect(done).toEqual(['fields', 'cases', 'fields']);
    pool.dispose();
  });

  it('rejects what is under way when it is disposed of', async () => {
    const pool = createJudgingPool(1, () => ({ ...startHere(), postMessage() {} }));
    const work = pool.work(fieldsWork(SETTING, EXTENT, { heads: 1, sp: 1 }), () => {}, never());
    pool.dispose();
    await expect(work).rejects.toThrow('The pool was dismissed.');
  });
});
