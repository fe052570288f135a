import { describe, expect, it, vi } from 'vitest';
import { at } from '../base/assert.ts';
import { LESSONS } from '../content/lessons/built-in.ts';
import { DEFAULT_CASE } from '../core/cases/case-input.ts';
import { runOf } from '../core/world/testing.ts';
import { goOnWithLesson } from '../ui/actions/lesson-actions.ts';
import { keepProgress } from './keep-progress.ts';
import { isOnPath, openQuestion, replyOf } from './lesson-path.ts';
import { printFragment, readLessonLink } from './link/lesson-link.ts';
import { toldOf } from './presenter-talk.ts';
import { saveSession } from './session/session-file.ts';
import { isStanding } from './shown.ts';
import type { LessonUnderWay, RankscopeStore, RunCase } from './state.ts';
import { createRankscopeStore } from './store.ts';

const PASS_1 = at(LESSONS, 2);
/** The step of it that asks which heads rank 2 will hold. */
const ASKS = 3;

const inThisThread: RunCase = (wanted, _, until) => Promise.resolve(runOf(wanted, until));

async function following(step = ASKS) {
  const store = createRankscopeStore(inThisThread);
  store.getState().setMotion(false);
  await store.getState().startLesson(PASS_1, step);
  return store;
}

/** Waits for a run that goes to its end. */
async function ended(store: RankscopeStore): Promise<void> {
  await vi.waitFor(() => expect(store.getState().shown?.verdict).toBe('fine'), { interval: 1 });
}

function lessonOf(store: RankscopeStore): LessonUnderWay {
  const { lesson } = store.getState();
  if (lesson === null) throw new Error('no lesson');
  return lesson;
}

/** What rank 0 did last. */
function latest(store: RankscopeStore): string | undefined {
  const { shown, cursor } = store.getState();
  const event = shown?.trace.lanes[0]?.findLast(({ tick }) => tick <= cursor)?.event;
  return event?.kind === 'local' ? event.name : event?.kind;
}

describe('a lesson that is followed', () => {
  it('opens the case, moves the cursor to where the ranks stand, and lets them go on by the answer', async () => {
    const store = await following();
    const { shown, cursor } = store.getState();
    expect(store.getState().case.implementation).toBe('deepspeed-5823');
    expect(latest(store)).toBe('contiguous');
    expect(isOnPath(store.getState())).toBe(true);
    expect(shown).toMatchObject({ verdict: null, findings: [], explanation: null });
    expect(cursor).toBe((shown?.trace.ticks ?? 0) - 1);
    store.getState().pick(4);
    store.getState().pick(5);
    store.getState().pick(3);
    store.getState().pick(3);
    expect(store.getState().lesson?.picks).toEqual([4, 5]);
    await store.getState().reply([4, 5]);
    expect(store.getState().shown?.verdict).toBe('fine');
    expect(isOnPath(store.getState())).toBe(true);
    expect(latest(store)).toBe('received');
  });

  it('runs its ranks no further than the next question, in the steps that lead there too', async () => {
    const store = await following(0);
    const { shown } = store.getState();
    expect(isStanding(shown)).toBe(true);
    await store.getState().startLesson(PASS_1, 2);
    expect(latest(store)).toBe('contiguous');
    expect(isOnPath(store.getState())).toBe(true);
    await store.getState().startLesson(PASS_1, ASKS);
    expect(store.getState().shown).toBe(shown);
    await store.getState().reply('shown');
    await store.getState().startLesson(PASS_1, ASKS + 1);
    expect(isStanding(store.getState().shown)).toBe(false);
    // What was answered is known: nobody is asked again on the way back.
    await store.getState().startLesson(PASS_1, 1);
    expect(isStanding(store.getState().shown)).toBe(false);
    await store.getState().startLesson(PASS_1, ASKS);
    expect(openQuestion(store.getState())).toBeNull();
    await store.getState().askAgain();
    expect(isStanding(store.getState().shown)).toBe(true);
    expect(latest(store)).toBe('contiguous');
  });

  it('tells a first answer that is not right, and has a second try', async () => {
    const store = await following();
    await store.getState().reply([4, 6]);
    expect(store.getState().lesson?.tried).toEqual([4, 6]);
    expect(openQuestion(store.getState())).not.toBeNull();
    expect(isStanding(store.getState().shown)).toBe(true);
    await store.getState().reply([4]);
    expect(openQuestion(store.getState())).toBeNull();
    expect(replyOf(lessonOf(store))).toEqual([4]);
    expect(isStanding(store.getState().shown)).toBe(false);
  });

  it('has no second try where two choices leave only the other', async () => {
    const store = createRankscopeStore(inThisThread);
    store.getState().setMotion(false);
    const memory = LESSONS.find(({ id }) => id === 'memory-order');
    if (memory === undefined) throw new Error('no such lesson');
    const asks = memory.steps.findIndex(({ ask }) => ask !== null);
    await store.getState().startLesson(memory, asks);
    await store.getState().reply('yes');
    expect(replyOf(lessonOf(store))).toBe('yes');
  });

  it('knows none from nothing picked yet', async () => {
    const store = await following();
    const { pick } = store.getState();
    pick('none');
    expect(lessonOf(store).picks).toBe('none');
    pick(4);
    expect(lessonOf(store).picks).toEqual([4]);
    pick('none');
    pick('none');
    expect(lessonOf(store).picks).toEqual([]);
  });

  it('is asked anew when it is begun again', async () => {
    const store = await following();
    await store.getState().reply('shown');
    await store.getState().restartLesson(PASS_1);
    await store.getState().startLesson(PASS_1, ASKS);
    expect(openQuestion(store.getState())).not.toBeNull();
  });

  it('plays to the moment where motion is wanted', async () => {
    const store = await following();
    store.getState().setMotion(true);
    await store.getState().reply('shown');
    expect(store.getState().direction).toBe(1);
    expect(isOnPath(store.getState())).toBe(true);
    store.getState().tick(60_000);
    expect(store.getState().direction).toBe(0);
    expect(isOnPath(store.getState())).toBe(true);
  });

  it('can be left, and returned to as it was', async () => {
    const store = await following();
    await store.getState().reply('shown');
    await store.getState().change({ heads: 16 });
    expect(isOnPath(store.getState())).toBe(false);
    await store.getState().returnToLesson();
    expect(isOnPath(store.getState())).toBe(true);
    expect(openQuestion(store.getState())).toBeNull();
    store.getState().seek(0);
    expect(isOnPath(store.getState())).toBe(false);
  });

  it.each<[string, (store: RankscopeStore) => unknown]>([
    ['a step past it', (store) => store.getState().step(1)],
    ['playing past it', (store) => store.getState().play(1)],
    ['a changed field', (store) => store.getState().change({ heads: 16 })],
    ['another case beside it', (store) => store.getState().compare(DEFAULT_CASE)],
    ['leaving the lesson', (store) => store.getState().leaveLesson()],
  ])('has a whole run after %s', async (_, leave) => {
    const store = await following();
    const before = store.getState().cursor;
    leave(store);
    await ended(store);
    expect(isOnPath(store.getState())).toBe(false);
    expect(store.getState().cursor).toBeGreaterThanOrEqual(before);
    await store.getState().returnToLesson();
    if (store.getState().lesson === null) return;
    expect(isStanding(store.getState().shown)).toBe(true);
    expect(isOnPath(store.getState())).toBe(true);
    expect(latest(store)).toBe('contiguous');
  });

  it('is not on the screen where the run has gone past its question', async () => {
    const store = await following();
    store.getState().step(1);
    await vi.waitFor(() => expect(latest(store)).toBe('empty'), { interval: 1 });
    store.getState().step(-1);
    expect(latest(store)).toBe('contiguous');
    expect(isOnPath(store.getState())).toBe(false);
  });

  it('has nothing to save while its ranks stand, and tells the presenter so', async () => {
    const store = await following();
    expect(await saveSession(store.getState())).toMatchObject({ ok: false });
    expect(toldOf(store.getState()).run).toContain('paused before a question');
  });

  it('goes on step by step: the answer, the next step, and after the last one the list', async () => {
    const store = await following();
    expect(goOnWithLesson(store)).toBe(true);
    await ended(store);
    expect(lessonOf(store).step).toBe(ASKS);
    expect(replyOf(lessonOf(store))).toBe('shown');
    for (let step = ASKS + 1; step < PASS_1.steps.length; step++) {
      goOnWithLesson(store);
      expect(store.getState().lesson?.step).toBe(step);
    }
    expect(store.getState().progress[PASS_1.id]).toMatchObject({ done: true });
    goOnWithLesson(store);
    expect(store.getState()).toMatchObject({ lesson: null, place: 'lessons' });
    expect(goOnWithLesson(store)).toBe(false);
  });

  it('is overtaken by another that is begun before its case has run', async () => {
    const store = createRankscopeStore(inThisThread);
    store.getState().setMotion(false);
    const first = store.getState().startLesson(PASS_1, ASKS);
    await store.getState().startLesson(at(LESSONS, 0), 0);
    await first;
    expect(store.getState().lesson?.lesson.id).toBe('why-cut');
    expect(isOnPath(store.getState())).toBe(true);
  });

  it('tells the presenter’s window the step, its notes and the next', async () => {
    const store = await following();
    expect(toldOf(store.getState()).lesson).toMatchObject({
      step: 4,
      steps: PASS_1.steps.length,
      stepTitle: 'The all-to-all',
      notes: 'Ask for a show of hands before you click.',
      next: { title: 'In order?' },
    });
  });
});

describe('the address of a lesson', () => {
  it('is short, and read as it was printed', async () => {
    const store = await following();
    const text = printFragment(store.getState());
    expect(text).toBe('lesson/pass-1/4');
    expect(readLessonLink(text)).toEqual({ lesson: { id: 'pass-1' }, step: 3 });
    store.getState().seek(0);
    expect(printFragment(store.getState())).toMatch(/^v4&/);
  });

  it('may name a file of the same site', async () => {
    const store = await following();
    const source = { kind: 'address', address: 'lessons/my own.md' } as const;
    await store.getState().startLesson({ ...PASS_1, source }, 1);
    const text = printFragment(store.getState());
    expect(text).toBe('lesson=lessons/my%20own.md&step=2');
    expect(readLessonLink(text)).toEqual({ lesson: { address: source.address }, step: 1 });
  });

  it.each(['', 'v4&heads=8', 'lesson', 'lesson/', 'lesson/a b', 'lesson=%E0%A4', 'lessons/pass-1'])(
    'is not %s',
    (text) => expect(readLessonLink(text)).toBeNull(),
  );
});

describe('progress', () => {
  const stored = (text: string | null, broken = false) => {
    let kept = text;
    const listeners: ((event: { key: string }) => void)[] = [];
    const events = {
      addEventListener: (_: string, listener: (event: { key: string }) => void) =>
        void listeners.push(listener),
    } as unknown as Window;
    const storage = {
      getItem: () => kept,
      setItem(_: string, value: string) {
        if (broken) throw new Error('full');
        kept = value;
      },
    };
    return {
      storage: storage as unknown as Storage,
      events,
      kept: () => kept,
      tell: () => {
        for (const listen of listeners) listen({ key: 'rankscope-lessons' });
      },
    };
  };

  it('is kept in the browser, and never goes back', async () => {
    const store = await following(2);
    const { storage, kept, events } = stored('{"why-cut":{"step":1,"reached":4,"done":false}}');
    keepProgress(store, () => storage, events);
    expect(store.getState().progress['why-cut']).toMatchObject({
      step: 1,
      reached: 4,
      done: false,
    });
    await store.getState().startLesson(PASS_1, 4);
    await store.getState().startLesson(PASS_1, 1);
    expect(JSON.parse(kept() ?? '')[PASS_1.id]).toMatchObject({ step: 1, reached: 4, done: false });
  });

  it('has what was answered once the page is opened again', async () => {
    const { storage, events } = stored(null);
    const before = createRankscopeStore(inThisThread);
    keepProgress(before, () => storage, events);
    before.getState().setMotion(false);
    await before.getState().startLesson(PASS_1, ASKS);
    await before.getState().reply([4, 5]);
    const after = createRankscopeStore(inThisThread);
    keepProgress(after, () => storage, events);
    after.getState().setMotion(false);
    await after.getState().startLesson(PASS_1, ASKS);
    expect(replyOf(lessonOf(after))).toEqual([4, 5]);
    expect(latest(after)).toBe('received');
    await after.getState().askAgain();
    const third = createRankscopeStore(inThisThread);
    keepProgress(third, () => storage, events);
    expect(third.getState().progress[PASS_1.id]?.replies).toEqual({});
  });

  it('of two tabs is kept together, lesson by lesson and reply by reply', async () => {
    const { storage, events, kept, tell } = stored(null);
    const [a, b] = [createRankscopeStore(inThisThread), createRankscopeStore(inThisThread)];
    for (const tab of [a, b]) {
      keepProgress(tab, () => storage, events);
      tab.getState().setMotion(false);
    }
    await a.getState().startLesson(PASS_1, ASKS);
    await a.getState().reply([4, 5]);
    await b.getState().startLesson(at(LESSONS, 0), 2);
    await b.getState().startLesson(PASS_1, 1);
    const both = JSON.parse(kept() ?? '{}');
    expect(both['why-cut']).toMatchObject({ step: 2, reached: 2 });
    expect(both[PASS_1.id]).toMatchObject({ step: 1, reached: ASKS });
    expect(Object.values(both[PASS_1.id].replies)).toEqual([[4, 5]]);
    tell();
    expect(a.getState().progress['why-cut']?.step).toBe(2);
    expect(kept()).toBe(JSON.stringify(both));
  });

  it('is done without where the browser keeps nothing, or something else', async () => {
    const store = await following(0);
    const { storage, events } = stored('[1, 2', true);
    const denied = () => {
      throw new Error('denied');
    };
    keepProgress(store, denied, events);
    keepProgress(store, () => storage, events);
    await store.getState().startLesson(PASS_1, 1);
    expect(store.getState().progress[PASS_1.id]?.reached).toBe(1);
  });
});
