import { describe, expect, it } from 'vitest';
import { DEFAULT_CASE } from '../../core/cases/case-input.ts';
import { runOf } from '../../core/world/testing.ts';
import { createRankscopeStore } from '../../store/store.ts';
import { bindEmbed, type EmbedWindow } from './bind-embed.ts';

const ORIGIN = 'https://around.example';

/** An embedded page and the page around it: what it says, and what it heard with where that went. */
function embedded() {
  const heard: { told: Record<string, unknown>; to: string }[] = [];
  const parent = {
    postMessage(told: Record<string, unknown>, { targetOrigin }: { targetOrigin: string }) {
      heard.push({ told, to: targetOrigin });
    },
  };
  let listener = (_: unknown) => {};
  const window = {
    parent,
    location: { href: 'https://host/rankscope/#embed=both&v4' },
    addEventListener(_: string, added: (event: unknown) => void) {
      listener = added;
    },
  } as unknown as EmbedWindow;
  const store = createRankscopeStore((wanted) => Promise.resolve(runOf(wanted)));
  bindEmbed(store, window, '1.0.0');
  const say = async (data: unknown, source: unknown = parent, origin = ORIGIN) => {
    listener({ data, source, origin });
    await new Promise((resolve) => setTimeout(resolve));
  };
  const types = () => heard.map(({ told }) => told.type);
  return { heard, say, store, types };
}

const { calls: _, ...CASE } = DEFAULT_CASE;

const CYCLE: Record<string, unknown> = {};
CYCLE.itself = CYCLE;

describe('an embedded page', () => {
  it('says that it is ready, and nothing more before it is spoken to', async () => {
    const { heard, store, say, types } = embedded();
    await store.getState().open(DEFAULT_CASE, 'settle');
    expect(heard).toEqual([{ told: { rankscope: 1, type: 'ready', version: '1.0.0' }, to: '*' }]);
    await say({ rankscope: 1, type: 'listen' });
    expect(types()).toEqual(['ready', 'verdict', 'moment']);
    expect(heard.slice(1).every(({ to }) => to === ORIGIN)).toBe(true);
    expect(heard[1]?.told).toMatchObject({
      verdict: 'raises',
      text: '✕ pass 2 raises on 4 of 4 ranks',
      address: expect.stringMatching(/^https:\/\/host\/rankscope\/#v4&implementation=/),
    });
  });

  it('tells the address of what a frame shows, wherever the end of a lesson has led', async () => {
    const { heard, store, say } = embedded();
    store.getState().look({ place: 'lessons' });
    await store.getState().open(DEFAULT_CASE, 'settle');
    await say({ rankscope: 1, type: 'listen' });
    expect(heard[1]?.told.address).toMatch(/#v4&implementation=deepspeed-6392&(?!.*place=)/);
  });

  it('opens cases and links, goes to steps, and refuses in words', async () => {
    const { heard, say, types } = embedded();
    await say({ rankscope: 1, type: 'seek', at: 0 });
    await say({ rankscope: 1, type: 'open', case: { ...CASE, implementation: 'deepspeed-6797' } });
    expect(types()).toEqual(['ready', 'refused', 'verdict', 'moment']);
    expect(heard.at(-2)?.told).toMatchObject({ verdict: 'fine' });
    await say({ rankscope: 1, type: 'seek', at: { call: 1, operation: 2 } });
    expect(heard.at(-1)?.told).toMatchObject({ at: { call: 1, operation: 2 } });
    for (const [message, reason] of [
      [{ type: 'seek', at: 400 }, /^Tick 400 is beyond the run/],
      [{ type: 'seek', at: { call: 7, operation: 0 } }, /^Call 7 is beyond the run/],
      [{ type: 'open', link: '#v99&a=b' }, /^This link cannot be opened: it is of version 99/],
      [{ type: 'open', case: { ...CASE, heads: 0 } }, /heads/],
      [{ type: 'open', case: { ...CASE, sp: 8n } }, /^sp is the BigInt 8n; it must be/],
      [{ type: 'open', case: { ...CASE, sp: CYCLE } }, /^sp is an object that cannot/],
      [{ type: 'open', case: 5 }, /not the form of "open"/],
      [{ type: 'open' }, /not the form of "open"/],
      [{ type: 'open', link: '#v4', and: 'more' }, /not the form of "open"/],
      [{ type: 'seek', at: -1 }, /not the form of "seek"/],
      [{ type: 'seek', at: '3' }, /not the form of "seek"/],
    ] as const) {
      await say({ rankscope: 1, ...message });
      expect(heard.at(-1)?.told).toMatchObject({ type: 'refused', what: message.type });
      expect(heard.at(-1)?.told.reason).toMatch(reason);
    }
  });

  it('answers each of two cases of which the later overtakes the earlier', async () => {
    const { heard, say, types } = embedded();
    const first = say({ rankscope: 1, type: 'open', case: { ...CASE, heads: 16 } });
    const second = say({ rankscope: 1, type: 'open', case: { ...CASE, heads: 12 } });
    await Promise.all([first, second]);
    expect(types().filter((type) => type === 'refused')).toHaveLength(1);
    expect(heard.find(({ told }) => told.type === 'refused')?.told.reason).toMatch(/another case/i);
    expect(types().filter((type) => type === 'verdict')).toHaveLength(1);
  });

  it('leaves all else without an answer', async () => {
    const { say, store, types } = embedded();
    await store.getState().open(DEFAULT_CASE, 'settle');
    const link = '#v4&implementation=deepspeed-6797&heads=8&sp=4&seq=8&headDim=2';
    for (const data of [
      null,
      'open',
      { type: 'listen' },
      { rankscope: 2, type: 'listen' },
      { rankscope: 1, type: 'run', script: 'alert(1)' },
    ]) {
      await say(data);
    }
    // Nor does it hear anybody but the page around.
    await say({ rankscope: 1, type: 'open', link }, {});
    expect(types()).toEqual(['ready']);
    expect(store.getState().case).toBe(DEFAULT_CASE);
  });
});
