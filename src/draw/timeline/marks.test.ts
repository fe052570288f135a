import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { caseWith, runOf } from '../../core/world/testing.ts';
import { mergeTrace } from '../../trace/trace.ts';
import { markListOf } from './marks.ts';
import { hitAt, layoutTimeline } from './timeline-layout.ts';

/** About the width of a letter, in CSS pixels. */
const LETTER = 6.6;
const trace = mergeTrace(runOf(caseWith({ implementation: 'deepspeed-6392' })));
const whole = { time: { from: 0, to: trace.ticks }, lanes: { from: 0, to: 4 } };
const layout = layoutTimeline(trace, whole, { width: 740, height: 126 });

describe('the marks of a timeline', () => {
  const { marks, lines, worded } = markListOf(trace, layout, LETTER);

  it('are one a rank and tick, each where a hand hits it', () => {
    expect(marks).toHaveLength(trace.ticks * 4);
    for (const { box, ranks, ticks } of marks) {
      const middle = [box.x + box.width / 2, box.y + box.height / 2] as const;
      expect(hitAt(layout, middle)).toEqual({ kind: 'lane', rank: ranks.from, tick: ticks.from });
    }
  });

  it('that tell of what goes wrong lie over the others, with their sign', () => {
    expect(at(marks, marks.length - 1).form).toBe('fault');
    expect(worded).toBe(true);
    const wrong = lines.filter(({ form }) => form === 'fault').map(({ text }) => text);
    expect(wrong.length).toBeGreaterThanOrEqual(4);
    for (const text of wrong) expect(text).toMatch(/^✕/);
  });

  it('have their words inside', () => {
    for (const { text, x, y } of lines) {
      const around = marks.some(
        ({ box }) =>
          Math.abs(box.x + box.width / 2 - x) * 2 + text.length * LETTER <= box.width &&
          Math.abs(box.y + box.height / 2 - y) * 2 <= box.height,
      );
      expect(around, text).toBe(true);
    }
  });

  it('share their place where there is no room for one each', () => {
    const far = layoutTimeline(trace, whole, { width: 110, height: 40 });
    const few = markListOf(trace, far, LETTER);
    expect(few.marks.length).toBeLessThan(trace.ticks * 4);
    expect(few.lines).toEqual([]);
  });
});
