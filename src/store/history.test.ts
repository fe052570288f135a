import { describe, expect, it } from 'vitest';
import { runOf } from '../core/world/testing.ts';
import { createRankscopeStore } from './store.ts';

async function opened() {
  const store = createRankscopeStore((wanted) => Promise.resolve(runOf(wanted)));
  await store.getState().open(store.getState().case, 'settle');
  const heads = () => store.getState().case.heads;
  const slide = (count: number) =>
    store.getState().change({ heads: count }, undefined, { draft: 'heads' });
  return { store, heads, slide, ...store.getState() };
}

describe('undo and redo', () => {
  it('walk through the cases, and run them', async () => {
    const { store, heads, change, undo, redo } = await opened();
    expect(store.getState().past).toEqual([]);
    await change({ heads: 9 });
    await change({ heads: 12 });
    await undo();
    expect(heads()).toBe(9);
    expect(store.getState().shown?.case.heads).toBe(9);
    await undo();
    expect(heads()).toBe(8);
    await undo();
    expect(heads()).toBe(8);
    await redo();
    await redo();
    expect(heads()).toBe(12);
    expect(store.getState().future).toEqual([]);
  });

  it('bring back the model’s name with its heads', async () => {
    const { store, change, undo } = await opened();
    await change({ heads: 32, kvHeads: 8 }, 'Llama 3.1 8B');
    await change({ heads: 16 });
    expect(store.getState().modelName).toBeNull();
    await undo();
    expect(store.getState().modelName).toBe('Llama 3.1 8B');
  });

  it('forget what was undone once something else is done', async () => {
    const { store, change, undo } = await opened();
    await change({ heads: 9 });
    await undo();
    await change({ heads: 12 });
    expect(store.getState().future).toEqual([]);
  });

  it('take a whole drag for one step, and the next drag for another', async () => {
    const { heads, slide, rest, undo } = await opened();
    for (const count of [9, 10, 11, 12]) await slide(count);
    rest();
    for (const count of [13, 14]) await slide(count);
    rest();
    await undo();
    expect(heads()).toBe(12);
    await undo();
    expect(heads()).toBe(8);
  });

  it('take changes of another field for a step of their own', async () => {
    const { store, slide, change, undo } = await opened();
    await slide(9);
    await change({ batch: 2 }, undefined, { draft: 'batch' });
    await undo();
    expect(store.getState().case).toMatchObject({ heads: 9, batch: 1 });
  });

  it('count no step for what is dragged back to where it was, or opened anew', async () => {
    const { store, slide, open } = await opened();
    await slide(9);
    await slide(8);
    await open({ ...store.getState().case }, 'settle');
    expect(store.getState().past).toEqual([]);
  });

  it('keep the last hundred steps', async () => {
    const { store, change } = await opened();
    for (let batch = 1; batch <= 60; batch++) {
      await change({ batch: (batch % 2) + 1, seq: 4 });
      await change({ seq: 8 });
    }
    expect(store.getState().past).toHaveLength(100);
  });
});

describe('a recording from elsewhere', () => {
  it('is shown without a run, and can be left by undo', async () => {
    let runs = 0;
    const store = createRankscopeStore((wanted) => {
      runs += 1;
      return Promise.resolve(runOf(wanted));
    });
    const first = store.getState().case;
    await store.getState().open(first, 'settle');
    const recording = runOf({ ...first, implementation: 'deepspeed-6797' });
    store.getState().present(recording, null, null);
    expect(runs).toBe(1);
    expect(store.getState().shown?.trace.recording).toBe(recording);
    expect(store.getState().shown?.verdict).toBe('fine');
    await store.getState().undo();
    expect(store.getState().case).toEqual(first);
  });

  it('overtakes a run that is under way', async () => {
    let finish = () => {};
    const store = createRankscopeStore(
      (wanted) =>
        new Promise((resolve) => {
          finish = () => resolve(runOf(wanted));
        }),
    );
    const { open, present, case: first } = store.getState();
    const running = open(first, 'settle');
    const recording = runOf({ ...first, heads: 9 });
    present(recording, null, null);
    finish();
    await running;
    expect(store.getState().shown?.trace.recording).toBe(recording);
  });
});
