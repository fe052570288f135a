import { expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { caseWith, runOf } from '../../engine/testing.ts';
import { mergeTrace } from '../../trace/trace.ts';
import { layoutStage } from './layout.ts';

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
