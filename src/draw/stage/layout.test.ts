import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { caseWith, runOf } from '../../core/world/testing.ts';
import { mergeTrace } from '../../trace/trace.ts';
import { numberedColumns } from './draw-labels.ts';
import { layoutStage } from './layout.ts';
import { numberPlace, signPlaces } from './small-card.ts';

it.each([
  { width: 656, height: 380 },
  { width: 480, height: 420 },
  { width: 900, height: 560 },
])('no card moves, and no cell grows, when ranks that stand in a collective go on: %j', (size) => {
  for (const [call, implementation] of [
    [0, 'deepspeed-5823'],
    [1, 'deepspeed-5823'],
    [0, 'deepspeed-6797'],
  ] as const) {
    const wanted = caseWith({ implementation });
    const standing = mergeTrace(runOf(wanted, { call, last: { what: 'offered', count: 1 } }));
    const before = layoutStage(standing, size, 'heads');
    const after = layoutStage(mergeTrace(runOf(wanted)), size, 'heads');
    expect(before.cards).toEqual(after.cards);
    const tick = standing.ticks - 1;
    expect(at(before.pitches, tick)).toEqual(at(after.pitches, tick));
  }
});

it('leaves room for the names of rows that are taken for those of another sequence', () => {
  const size = { width: 900, height: 380 };
  const patches = [{ implementation: 'deepspeed-5664', gatherIdx: 0 }, {}] as const;
  const [taken, right] = patches.map((patch) => {
    const trace = mergeTrace(runOf(caseWith(patch)));
    const { cards, insides } = layoutStage(trace, size, 'heads');
    return at(insides, 0).x - at(cards, 0).x;
  });
  // "b3 s7" beside "s7".
  expect(taken).toBeGreaterThanOrEqual((right ?? 0) + 3 * 6);
});

it('sets rows that each keep their number beside one another', () => {
  const trace = mergeTrace(runOf(caseWith({ implementation: 'deepspeed-6392' })));
  const { pitches } = layoutStage(trace, { width: 885, height: 290 }, 'heads', 11.9);
  expect(Math.min(...pitches.map(({ y }) => y))).toBeGreaterThanOrEqual(11.9);
});

describe('small cards', () => {
  /** About the width of a letter of the rank's number, in CSS pixels. */
  const LETTER = 6.5;

  const laidOut = (sp: number, size: { width: number; height: number }) =>
    layoutStage(
      mergeTrace(runOf(caseWith({ sp, seq: sp, heads: 2 * sp, headDim: 1 }))),
      size,
      'heads',
    );

  it.each([
    [16, { width: 700, height: 260 }],
    [64, { width: 700, height: 381 }],
    [200, { width: 700, height: 381 }],
    [200, { width: 1246, height: 685 }],
  ])(
    'of %i ranks in %j have their numbers, and cells that touch neither them nor a border',
    (sp, size) => {
      const { small, cards, insides, pitches } = laidOut(sp, size);
      expect(small).toBe(true);
      cards.forEach((card, rank) => {
        const inside = at(insides, rank);
        const place = numberPlace(card, sp);
        expect(place).not.toBeNull();
        const [left, top] = [inside.x - card.x, inside.y - card.y];
        if (place === 'beside') expect(left).toBeGreaterThan(5 + String(rank).length * LETTER);
        else expect(top).toBeGreaterThan(signPlaces(card, sp).number);
        expect(Math.min(left, top)).toBeGreaterThanOrEqual(1);
        expect(card.x + card.width - inside.x - inside.width).toBeGreaterThanOrEqual(1);
        expect(card.y + card.height - inside.y - inside.height).toBeGreaterThanOrEqual(1);
      });
      // What has come home is one row of heads: however narrow they are, a stripe of them is seen.
      const { x, y } = at(pitches, pitches.length - 1);
      expect(Math.max(x, y)).toBeGreaterThanOrEqual(12);
    },
  );

  it('set the sign of what is wrong apart from the number, or leave it to the colour', () => {
    const under = signPlaces({ width: 90, height: 40 }, 16);
    expect((under.sign?.y ?? 0) - under.number).toBeGreaterThanOrEqual(11);
    expect(signPlaces({ width: 90, height: 20 }, 16).sign).toBeNull();
    const beside = signPlaces({ width: 44, height: 40 }, 200);
    expect(beside.sign?.x).toBeGreaterThan(5 + 3 * LETTER);
    expect(signPlaces({ width: 31, height: 40 }, 200).sign).toBeNull();
  });
});

it('numbers only as many columns as their numbers stand apart', () => {
  const LETTER = 6.65;
  for (const [heads, letters] of [
    [8, 1],
    [16, 2],
    [128, 3],
  ] as const) {
    for (const pitch of [2, 11, 14, 18, 24, 36, 60]) {
      const { every, prefix } = numberedColumns(pitch, heads);
      expect(every * pitch).toBeGreaterThanOrEqual((letters + prefix.length) * LETTER + 4);
    }
  }
  expect([11, 14, 18, 24].map((pitch) => numberedColumns(pitch, 16))).toEqual([
    { every: 2, prefix: '' },
    { every: 2, prefix: 'h' },
    { every: 1, prefix: '' },
    { every: 1, prefix: 'h' },
  ]);
  expect(numberedColumns(11, 8).every).toBe(1);
});
