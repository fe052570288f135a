import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { caseWith, runOf } from '../../core/world/testing.ts';
import { createRankscopeStore } from '../store.ts';
import { type AddressWindow, bindAddress } from './address.ts';

/** A browser's window as far as an address needs one: its entries, and where it stands in them. */
function fakeBrowser(hash = '', embedded = false) {
  const page = 'https://example.org/tools/rankscope/index.html';
  const entries = [hash];
  let here = 0;
  let writes = 0;
  let changed = () => {};
  const window = {
    parent: null as unknown,
    location: {
      get hash() {
        return entries[here] ?? '';
      },
      get href() {
        return page + entries[here];
      },
    },
    history: {
      pushState(_: unknown, __: string, url: string) {
        writes += 1;
        entries.splice(here + 1, entries.length, url);
        here += 1;
      },
      replaceState(_: unknown, __: string, url: string) {
        writes += 1;
        entries[here] = url;
      },
    },
    addEventListener(_: string, listen: () => void) {
      changed = listen;
    },
    setTimeout: (run: () => void, delay: number) => setTimeout(run, delay),
    clearTimeout: (timer: number) => clearTimeout(timer),
  };
  window.parent = embedded ? {} : window;
  /** An address is entered; the page hears of it a moment later. */
  const enter = (url: string) => {
    entries.splice(here + 1, entries.length, url);
    here += 1;
  };
  return {
    window: window as unknown as AddressWindow,
    entries,
    writes: () => writes,
    go(by: -1 | 1) {
      here += by;
      changed();
    },
    visit(url: string) {
      enter(url);
      changed();
    },
    enter,
    hear: () => changed(),
  };
}

async function opened(hash = '', embedded = false) {
  const browser = fakeBrowser(hash, embedded);
  const store = createRankscopeStore((wanted) => Promise.resolve(runOf(wanted)));
  store.getState().setMotion(false);
  const address = bindAddress(store, browser.window);
  address.open();
  await quiet();
  return { ...browser, store, address, state: store.getState };
}

/** Lets runs end and the address follow. */
async function quiet() {
  await vi.advanceTimersByTimeAsync(1000);
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const FIRST = '#v4&implementation=deepspeed-6392&heads=8&sp=4&seq=8&headDim=2';

describe('the address', () => {
  it('says the first case and its moment, without an entry of its own', async () => {
    const { entries, address } = await opened();
    expect(entries).toEqual([`${FIRST}&at=1:4`]);
    expect(address.link()).toBe(`https://example.org/tools/rankscope/index.html${FIRST}&at=1:4`);
  });

  it('opens the case and the moment that it says', async () => {
    const { state, entries } = await opened(`${FIRST}&at=0:3&colourBy=chunk&pick=2:0:5@0:1`);
    expect(state()).toMatchObject({
      cursor: 3,
      colourBy: 'chunk',
      selection: { rank: 2, tensor: 0, place: 5, tick: 1 },
      past: [],
    });
    expect(entries).toEqual([`${FIRST}&at=0:3&colourBy=chunk&pick=2:0:5@0:1`]);
  });

  it('follows the moment in the same entry, once it rests', async () => {
    const { state, entries, writes } = await opened();
    const before = writes();
    for (let tick = 0; tick < 10; tick++) {
      state().seek(tick);
      await vi.advanceTimersByTimeAsync(30);
    }
    await quiet();
    expect(writes()).toBe(before + 1);
    expect(entries).toEqual([`${FIRST}&at=0:9`]);
  });

  it('says another case as soon as it runs, though it plays', async () => {
    const { state, entries } = await opened();
    state().setMotion(true);
    await state().open(caseWith({ sp: 2 }), 'play');
    expect(state().direction).toBe(1);
    await quiet();
    expect(state().direction).toBe(1);
    expect(entries.at(-1)).toContain('sp=2');
  });

  it('makes an entry of every step, through which Back and Forward walk', async () => {
    const { state, entries, go } = await opened();
    await state().change({ heads: 9 });
    await quiet();
    await state().change({ heads: 12 });
    await quiet();
    expect(entries).toHaveLength(3);
    go(-1);
    await quiet();
    expect(state().shown?.case.heads).toBe(9);
    go(-1);
    await quiet();
    expect(state().shown?.case.heads).toBe(8);
    go(1);
    await quiet();
    expect(state().shown?.case.heads).toBe(9);
    expect(entries).toHaveLength(3);
  });

  it('makes one entry of a drag, however slow', async () => {
    const { state, entries } = await opened();
    for (const heads of [9, 10, 11]) {
      await state().change({ heads }, undefined, { draft: 'heads' });
      await quiet();
    }
    expect(entries).toHaveLength(2);
    expect(entries[1]).toContain('heads=11');
  });

  it('makes an entry of an undo, and Back can be undone', async () => {
    const { state, entries, go } = await opened();
    await state().change({ heads: 9 });
    await quiet();
    await state().undo();
    await quiet();
    expect(entries).toHaveLength(3);
    go(-1);
    await quiet();
    expect(state().case.heads).toBe(9);
    await state().undo();
    expect(state().case.heads).toBe(8);
  });

  it('makes no entries of the page that embeds it', async () => {
    const { state, entries } = await opened('', true);
    await state().change({ heads: 9 });
    await quiet();
    expect(entries).toHaveLength(1);
    expect(entries[0]).toContain('heads=9');
  });

  it('is never written more often than browsers allow, and is right in the end', async () => {
    const { state, address, writes, entries } = await opened();
    for (let turn = 0; turn < 200; turn++) {
      state().seek(turn % 7);
      void address.settled();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(writes()).toBe(80);
    const settled = address.settled();
    await vi.advanceTimersByTimeAsync(30_000);
    await settled;
    expect(entries).toEqual([`${FIRST}&at=0:${199 % 7}`]);
  });

  it('that is broken opens the first case and says why', async () => {
    const { state, entries } = await opened(FIRST.replace('heads=8', 'heads=0'));
    expect(state().notice).toEqual({
      wrong: true,
      text: 'This link cannot be opened: heads is 0; it must be a whole number from 1 to 1024. The first case is shown instead.',
    });
    expect(state().shown?.verdict).toBe('raises');
    expect(entries).toEqual([`${FIRST}&at=1:4`]);
    await state().change({ heads: 9 });
    expect(state().notice).toBeNull();
  });

  it('that was entered is not written over before the page hears of it', async () => {
    const { state, enter, hear, entries } = await opened();
    state().look({ side: 'inspector' });
    enter('#museum/8317');
    await quiet();
    expect(entries.at(-1)).toBe('#museum/8317');
    hear();
    await quiet();
    expect(state()).toMatchObject({ place: 'museum', exhibit: '8317' });
    expect(entries.at(-1)).toBe('#museum/8317');
  });

  it('that a script replaced, of which nobody is told, is written over and awaited by nobody forever', async () => {
    const { entries, window, address, state } = await opened();
    window.history.replaceState(null, '', '#x');
    state().look({ side: 'inspector' });
    const settled = address.settled();
    await vi.advanceTimersByTimeAsync(4000);
    await settled;
    expect(entries.at(-1)).toContain('side=inspector');
    // The next change finds nothing in its way.
    state().look({ side: 'why' });
    await quiet();
    expect(entries.at(-1)).not.toContain('side=inspector');
  });

  it('of an exhibit stays as short as it came', async () => {
    const { state, entries } = await opened('#museum/8317');
    expect(state()).toMatchObject({ place: 'museum', exhibit: '8317', notice: null });
    expect(entries).toEqual(['#museum/8317']);
    state().look({ exhibit: '162' });
    await quiet();
    expect(entries).toEqual(['#museum/162']);
    state().look({ place: 'stage' });
    await quiet();
    expect(entries).toEqual([`${FIRST}&at=1:4`]);
  });

  it('of the lessons stays as short as it came', async () => {
    const { state, entries } = await opened('#lessons');
    expect(state()).toMatchObject({ place: 'lessons', notice: null });
    expect(entries).toEqual(['#lessons']);
    await state().change({ heads: 9 });
    await quiet();
    expect(entries.at(-1)).toMatch(/^#v4&.*heads=9.*place=lessons/);
  });

  it('that was opened as it is written stays behind the next case', async () => {
    for (const hash of ['#museum/8317', `${FIRST}&at=0:3`]) {
      const { state, entries, go } = await opened(hash);
      await state().change({ heads: 9 });
      await quiet();
      expect(entries).toHaveLength(2);
      go(-1);
      await quiet();
      expect(state().case.heads).toBe(8);
      expect(entries[0]).toBe(hash);
    }
  });

  it('of an exhibit that is not there opens the museum and names those that are', async () => {
    const { state, entries } = await opened('#museum/99');
    expect(state().place).toBe('museum');
    expect(state().notice?.text).toMatch(/no exhibit “99”. Its exhibits are 6774, /);
    expect(entries).toEqual(['#museum']);
  });

  it('that becomes a broken one leaves what is on the screen', async () => {
    const { state, visit, entries } = await opened();
    await state().change({ heads: 9 });
    await quiet();
    const { shown } = state();
    visit('#v9&heads=1');
    await quiet();
    expect(state().notice?.text).toMatch(/of version 9/);
    expect(state().shown).toBe(shown);
    expect(entries.at(-1)).toContain('heads=9');
  });
});
