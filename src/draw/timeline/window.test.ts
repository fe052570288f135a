import { describe, expect, it } from 'vitest';
import {
  following,
  framing,
  isWhole,
  lengthOf,
  panned,
  reaching,
  wholeOf,
  zoomed,
  zoomedLanes,
} from './window.ts';

const extent = { time: 96, lanes: 64 };
const whole = wholeOf(extent);
const middle = { tick: 48, rank: 32 };

describe('the window', () => {
  it('comes closer about a point, which stays where it is', () => {
    const near = zoomed(whole, extent, 4, { tick: 24, rank: 16 });
    expect(near.time).toEqual({ from: 18, to: 42 });
    const share = (16 - near.lanes.from) / lengthOf(near.lanes);
    expect(share).toBeCloseTo(0.25);
  });

  it('is at its closest on both axes together: one operation, four lanes', () => {
    const closest = zoomed(whole, extent, 96, middle);
    expect(lengthOf(closest.time)).toBeCloseTo(1);
    expect(lengthOf(closest.lanes)).toBeCloseTo(4);
    const closer = zoomed(closest, extent, 50, middle);
    expect(lengthOf(closer.time)).toBeCloseTo(1);
    expect(lengthOf(closer.lanes)).toBeCloseTo(4);
  });

  it('goes back the way it came', () => {
    const there = zoomed(whole, extent, 7, { tick: 20, rank: 60 });
    const back = zoomed(there, extent, 1 / 7, { tick: 20, rank: 60 });
    expect(back.time.from).toBeCloseTo(0);
    expect(back.time.to).toBeCloseTo(96);
    expect(back.lanes.to).toBeCloseTo(64);
    expect(isWhole(whole, extent)).toBe(true);
    expect(isWhole(there, extent)).toBe(false);
  });

  it('shows few lanes whole, however close', () => {
    const few = { time: 20, lanes: 3 };
    expect(zoomed(wholeOf(few), few, 20, { tick: 5, rank: 1 }).lanes).toEqual({ from: 0, to: 3 });
  });

  it('can be zoomed in the lanes alone', () => {
    const lanes = zoomedLanes(whole, extent, 8, middle);
    expect(lanes).toEqual({ time: { from: 0, to: 96 }, lanes: { from: 28, to: 36 } });
  });

  it('never leaves the trace', () => {
    const near = zoomed(whole, extent, 4, middle);
    expect(panned(near, extent, { ticks: -999, ranks: 999 })).toEqual({
      time: { from: 0, to: 24 },
      lanes: { from: 64 - lengthOf(near.lanes), to: 64 },
    });
  });

  it('frames a call on the lanes that are seen', () => {
    expect(framing(whole, extent, 12, 23)).toEqual({ ...whole, time: { from: 12, to: 24 } });
    expect(framing(whole, extent, 95, 95).time).toEqual({ from: 95, to: 96 });
  });
});

describe('following the cursor', () => {
  const seen = { ...whole, time: { from: 20, to: 30 } };
  const at = (cursor: number, slack: number) => following(seen, extent, cursor, slack).time;

  it('rests while it is seen', () => {
    expect(at(20, 0)).toBe(seen.time);
    expect(at(29, 0)).toBe(seen.time);
  });

  it('moves as little as is needed', () => {
    expect(at(30, 0)).toEqual({ from: 21, to: 31 });
    expect(at(18, 0)).toEqual({ from: 18, to: 28 });
  });

  it('keeps away from the edge while it plays', () => {
    expect(at(28, 0.2)).toEqual({ from: 21, to: 31 });
  });

  it('comes to the middle from far off', () => {
    expect(at(70, 0)).toEqual({ from: 65.5, to: 75.5 });
  });

  it('reaches for a lane', () => {
    const lanes = { ...whole, lanes: { from: 8, to: 12 } };
    expect(reaching(lanes, extent, 12).lanes).toEqual({ from: 9, to: 13 });
    expect(reaching(lanes, extent, 3).lanes).toEqual({ from: 3, to: 7 });
    expect(reaching(lanes, extent, 9)).toBe(lanes);
  });
});
