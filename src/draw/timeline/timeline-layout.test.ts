import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import { finish } from '../../base/steps.ts';
import { caseWith, runOf, runWith } from '../../core/world/testing.ts';
import { entryOf } from '../../trace/entry.ts';
import { mergeTrace, type Trace } from '../../trace/trace.ts';
import { linesIn, markHeight, markIn } from './mark-box.ts';
import { formAmong, formGridOf } from './mark-form.ts';
import { markWords } from './mark-words.ts';
import { eventsIn } from './pick.ts';
import { bracketBase, extentOf, hitAt, layoutTimeline } from './timeline-layout.ts';
import { wholeOf, zoomed } from './window.ts';

const SIZE = { width: 740, height: 120 };

function traceOf(patch: Parameters<typeof runWith>[0]): Trace {
  return mergeTrace(runWith(patch));
}

const whole = (trace: Trace) => layoutTimeline(trace, wholeOf(extentOf(trace)), SIZE);

const LETTERS = {
  edge: '|',
  view: '.',
  copy: '#',
  attention: '=',
  decision: '?',
  offer: '>',
  landing: '<',
  follows: 'x',
  fault: 'X',
};

/** A lane a rank, a column a tick. */
function picture(trace: Trace): string[] {
  const grid = finish(formGridOf(trace));
  return trace.lanes.map((_, rank) =>
    range(trace.ticks)
      .map((tick) => {
        const form = formAmong(grid, { from: rank, to: rank + 1 }, { from: tick, to: tick + 1 });
        return form === null ? ' ' : LETTERS[form];
      })
      .join(''),
  );
}

it('folds lanes into one only where every rank does the same', () => {
  const alike = traceOf({});
  expect(extentOf(alike, true).lanes).toBe(1);
  expect(layoutTimeline(alike, wholeOf(extentOf(alike, true)), SIZE).folded).toBe(true);
  expect(whole(alike).folded).toBe(false);
  const fault = { kind: 'raises-before', rank: 2, call: 1 } as const;
  const unlike = traceOf({ implementation: 'deepspeed-6797', fault });
  expect(extentOf(unlike, true).lanes).toBe(unlike.lanes.length);
});

describe('the forms of marks', () => {
  it('tell the way there and back, and where #6774 stops', () => {
    const lane = '|??....><..||=?....><..|';
    const small = traceOf({ implementation: 'deepspeed-6797', sp: 2, heads: 4, seq: 2 });
    expect(picture(small)).toEqual([lane, lane]);
    expect(at(picture(traceOf({})), 0)).toBe('|??..#.><..||=?XX');
  });

  it('tell a rank that never comes back', () => {
    const trace = traceOf({
      implementation: 'deepspeed-6797',
      fault: { kind: 'terminates', rank: 2, call: 1 },
    });
    expect(picture(trace).map((lane) => lane.slice(12))).toEqual([
      '|=?....>x',
      '|=?....>x',
      '|=X      ',
      '|=?....>x',
    ]);
  });

  it('cross out a return that holds what it should not', () => {
    expect(at(picture(traceOf({ implementation: 'deepspeed-5664' })), 3).at(-1)).toBe('X');
  });

  it('give way to the one most worth seeing where several share a pixel', () => {
    const grid = finish(formGridOf(traceOf({})));
    expect(formAmong(grid, { from: 0, to: 4 }, { from: 0, to: 7 })).toBe('decision');
    expect(formAmong(grid, { from: 0, to: 4 }, { from: 0, to: 17 })).toBe('fault');
    expect(formAmong(grid, { from: 4, to: 9 }, { from: 0, to: 17 })).toBeNull();
  });
});

describe('the layout', () => {
  it('fills the width with time and the height with lanes', () => {
    const trace = traceOf({});
    const layout = whole(trace);
    const { plot } = layout;
    expect(layout.xOf(0)).toBe(plot.left);
    expect(layout.xOf(trace.ticks)).toBe(plot.right);
    expect(layout.yOf(0) - plot.top).toBeCloseTo(layout.laneHeight / 2);
    expect(layout.tickAt(layout.xOf(7.5))).toBeCloseTo(7.5);
    expect(layout.rankAt(layout.yOf(2))).toBeCloseTo(2.5);
    expect(layout.bundle).toEqual({ ranks: 1, ticks: 1 });
  });

  it('leaves time for a rank that waits for ever', () => {
    const trace = traceOf({
      implementation: 'deepspeed-6797',
      fault: { kind: 'terminates', rank: 2, call: 1 },
    });
    expect(extentOf(trace).time).toBe(trace.ticks + 5);
    expect(whole(trace).ticks.to).toBe(trace.ticks);
  });

  it('leaves time before ranks that stand, and none where it is out of sight', () => {
    const stand = { call: 0, last: { what: 'offered', count: 1 } };
    const trace = mergeTrace(runOf(caseWith({}), stand));
    const { ahead, plot, xOf } = whole(trace);
    expect(ahead).toEqual({ from: xOf(trace.ticks), to: plot.right });
    expect(xOf(trace.ticks)).toBeLessThan(plot.right - 100);
    const past = { time: { from: 0, to: trace.ticks }, lanes: { from: 0, to: 4 } };
    expect(layoutTimeline(trace, past, SIZE).ahead).toBeNull();
    expect(whole(traceOf({})).ahead).toBeNull();
  });

  it('sets calls and, above them, forward and backward in brackets', () => {
    const fine = { implementation: 'deepspeed-6797', program: 'layerForwardBackward' } as const;
    const { brackets } = whole(traceOf(fine));
    const at0 = brackets.filter(({ level }) => level === 0);
    expect(at0.map(({ title }) => title)).toEqual([
      'forward: pass 1 of q',
      'forward: pass 1 of k',
      'forward: pass 1 of v',
      'forward: pass 2 of o',
      'backward: gradient of o, pass 1',
      'backward: gradient of q, pass 2',
      'backward: gradient of k, pass 2',
      'backward: gradient of v, pass 2',
    ]);
    expect(at0.some(({ wrong, cause }) => wrong || cause)).toBe(false);
    expect(brackets.filter(({ level }) => level === 1).map(({ title }) => title)).toEqual([
      'forward',
      'backward',
    ]);
  });

  it('marks the calls that are wrong, and the one in which that begins', () => {
    const silent = { implementation: 'deepspeed-4695', sp: 2, batch: 2, batchDimIdx: 1 } as const;
    const { brackets } = whole(traceOf({ ...silent, heads: 4, program: 'layerForward' }));
    const calls = brackets.filter(({ level }) => level === 0);
    const first = calls.findIndex(({ wrong }) => wrong);
    expect(first).toBeGreaterThanOrEqual(0);
    expect(calls.map(({ cause }) => cause)).toEqual(calls.map((_, index) => index === first));
  });

  it('bundles lanes that are too thin, and names those that fit', () => {
    const trace = traceOf({
      implementation: 'deepspeed-6797',
      sp: 64,
      heads: 64,
      seq: 64,
      headDim: 1,
    });
    const layout = whole(trace);
    expect(layout.laneHeight).toBeLessThan(1.4);
    expect(layout.bundle.ranks).toBe(2);
    const names = layout.names.map(({ rank }) => rank);
    expect(names.slice(0, 2)).toEqual([0, at(names, 1)]);
    expect(at(layout.names, 1).y - at(layout.names, 0).y).toBeGreaterThanOrEqual(13);
    const near = layoutTimeline(
      trace,
      zoomed(wholeOf(extentOf(trace)), extentOf(trace), 99, { tick: 3.5, rank: 40.5 }),
      SIZE,
    );
    expect(near.ranks.to - near.ranks.from).toBeLessThanOrEqual(5);
    expect(near.bundle.ranks).toBe(1);
    expect(linesIn(near.pitch, near.laneHeight)).toBeGreaterThanOrEqual(1);
    expect(near.brackets).toMatchObject([{ from: near.plot.left, to: near.plot.right }]);
  });

  it('knows what lies under a point', () => {
    const trace = traceOf({});
    const layout = whole(trace);
    const y = layout.yOf(2);
    expect(hitAt(layout, [layout.xOf(5.5), y])).toEqual({ kind: 'lane', rank: 2, tick: 5 });
    expect(hitAt(layout, [20, y])).toEqual({ kind: 'name', rank: 2 });
    expect(hitAt(layout, [layout.xOf(5), bracketBase(layout, 0) - 6])).toMatchObject({
      kind: 'bracket',
      bracket: { title: 'forward: pass 1 of q' },
    });
    expect(hitAt(layout, [layout.plot.right + 5, y])).toBeNull();
    expect(hitAt(layout, [layout.xOf(5), SIZE.height])).toBeNull();
  });

  it('finds the events of the ticks that are seen', () => {
    const trace = traceOf({});
    expect(eventsIn(trace, 1, { from: 3, to: 6 }).map(({ tick }) => tick)).toEqual([3, 4, 5]);
    expect(eventsIn(trace, 1, { from: 17, to: 20 })).toEqual([]);
  });
});

describe('a mark', () => {
  it('stays within its tick, however wide that is', () => {
    for (const form of ['view', 'offer', 'landing', 'edge'] as const) {
      for (const width of [1.5, 10, 48, 600]) {
        const mark = markIn(form, width);
        expect(mark.from).toBeGreaterThanOrEqual(0);
        expect(mark.from + mark.width).toBeLessThanOrEqual(width);
      }
    }
    expect(markHeight(1.3, 0)).toBeCloseTo(1.04);
    expect(markHeight(40, 1)).toBe(24);
    expect(markHeight(40, 2)).toBe(36);
  });

  it('has as wide a tick, beside others, as its words need', () => {
    const trace = traceOf({});
    const { widthOf, plot } = whole(trace);
    const widths = range(trace.ticks).map(widthOf);
    expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(plot.right - plot.left);
    const named = (wanted: string) =>
      range(trace.ticks).filter((tick) => entryOf(trace, 0, tick).operation.startsWith(wanted));
    const [offer = 0] = named('all_to_all_single');
    const [input = 0] = named('input');
    expect(at(widths, offer)).toBeGreaterThan(3 * at(widths, input));
  });

  it('says its name, then its arguments, then its shapes', () => {
    const trace = traceOf({});
    const eventOf = (index: number) => at(at(trace.lanes, 0), index).event;
    const [permute, permuted] = [entryOf(trace, 0, 4), eventOf(4)];
    expect(markWords(permute, permuted, 4, 1)).toEqual([]);
    expect(markWords(permute, permuted, 5, 1)).toEqual(['perm…']);
    expect(markWords(permute, permuted, 7, 1)).toEqual(['permute']);
    expect(markWords(permute, permuted, 24, 1)).toEqual(['permute(2, 0, 1, 3, 4)']);
    expect(markWords(permute, permuted, 60, 1)).toEqual([
      'permute(2, 0, 1, 3, 4)  [1, 2, 4, 2, 2] → [4, 1, 2, 2, 2]',
    ]);
    expect(markWords(permute, permuted, 34, 3)).toEqual([
      'permute(2, 0, 1, 3, 4)',
      '[1, 2, 4, 2, 2] → [4, 1, 2, 2, 2]',
      'nothing moves in memory',
    ]);
    const offer = entryOf(trace, 0, 7);
    expect(markWords(offer, eventOf(7), 11, 1)).toEqual(['all-to-all']);
    expect(markWords(entryOf(trace, 0, 11), eventOf(11), 60, 2)).toEqual(['return [1, 8, 2, 2]']);
  });
});
