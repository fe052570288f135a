import { describe, expect, it } from 'vitest';
import { at } from '../base/assert.ts';
import { range } from '../base/numbers.ts';
import { runWith } from '../core/world/testing.ts';
import { meetingsOf, messagesOf, waitsOf } from './meetings.ts';
import { phasesOf } from './phases.ts';
import { mergeTrace, type Trace } from './trace.ts';

function traceOf(patch: Parameters<typeof runWith>[0]): Trace {
  return mergeTrace(runWith(patch));
}

/** Each lane from tick `first` on: a letter an event, ~ a wait, > a wait without end. */
function picture(trace: Trace, first: number): string[] {
  return trace.lanes.map((lane, rank) => {
    const columns = range(trace.ticks).map((tick) => {
      const kind = lane.find((placed) => placed.tick === tick)?.event.kind.slice(0, 1) ?? '.';
      const wait = waitsOf(trace).find(
        (one) => one.rank === rank && one.since < tick && tick < (one.until ?? trace.ticks),
      );
      if (wait === undefined) return kind;
      return wait.until === null ? '>' : '~';
    });
    return columns.join('').slice(first);
  });
}

describe('waiting', () => {
  it('lasts until the last has come', () => {
    // Rank 1 has one head less than rank 0, and makes up for it before it comes.
    const trace = traceOf({ implementation: 'diffusers-anything', sp: 2, heads: 3, seq: 4 });
    const pass2 = at(trace.calls, 1).first;
    expect(picture(trace, pass2).map((lane) => lane.slice(0, 7))).toEqual(['cago~rl', 'caglorl']);
    expect(waitsOf(trace)).toEqual([{ rank: 0, since: pass2 + 3, until: pass2 + 5, peers: [1] }]);
  });

  it('lasts for ever for a rank that never comes', () => {
    const trace = traceOf({
      implementation: 'deepspeed-6797',
      fault: { kind: 'terminates', rank: 2, call: 1 },
    });
    const lane = 'cadllllo>';
    expect(picture(trace, at(trace.calls, 1).first)).toEqual([lane, lane, 'cal......', lane]);
    expect(waitsOf(trace)[0]).toMatchObject({ rank: 0, until: null, peers: [2] });
  });

  it('is not said of ranks that come together', () => {
    expect(waitsOf(traceOf({ implementation: 'deepspeed-6797' }))).toEqual([]);
  });
});

describe('messages', () => {
  it('go from every rank to every other, all elements of theirs', () => {
    const [there] = meetingsOf(traceOf({ implementation: 'deepspeed-6797' }));
    const messages = there === undefined ? [] : messagesOf(there);
    expect(messages).toHaveLength(12);
    expect(new Set(messages.map(({ elements }) => elements))).toEqual(new Set([8]));
    for (const { left, landed } of messages) expect(landed).toBe(left + 1);
    const own = messages.filter(({ from, to }) => from === 2 || to === 2);
    const asked = there === undefined ? [] : messagesOf(there, 2);
    expect(new Set(asked)).toEqual(new Set(own));
    expect(asked).toHaveLength(6);
  });

  it('are not sent where there is nothing to send', () => {
    const trace = traceOf({
      implementation: 'deepspeed-6797',
      sp: 2,
      heads: 9,
      kvHeads: 1,
      program: 'layerForward',
    });
    const keys = at(meetingsOf(trace), 1);
    expect(messagesOf(keys)).toMatchObject([{ from: 1, to: 0, elements: 8 }]);
  });

  it('do not land where sizes disagree', () => {
    const trace = traceOf({ implementation: 'deepspeed-6392', heads: 20, seq: 8 });
    const last = at(meetingsOf(trace), meetingsOf(trace).length - 1);
    expect(last.outcomes.map((outcome) => outcome?.event.kind)).toContain('mismatched');
    expect(messagesOf(last)).toEqual([]);
  });
});

describe('phases', () => {
  const titles = (patch: Parameters<typeof runWith>[0]) =>
    phasesOf(traceOf({ implementation: 'deepspeed-5823', ...patch })).map(({ title }) => title);

  it('are the forward and the backward of a layer, layers, or models', () => {
    expect(titles({ program: 'layerForwardBackward' })).toEqual(['forward', 'backward']);
    expect(titles({ program: 'twoLayers' })).toEqual(['layer 1', 'layer 2']);
    expect(titles({ program: 'twoModels' })).toEqual(['model 1', 'model 2', 'model 1', 'model 2']);
  });

  it('are not said where there is one', () => {
    expect(titles({ program: 'layerForward' })).toEqual([]);
  });
});
