import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { judge } from '../../core/judge/checks/index.ts';
import { explain } from '../../core/judge/explain/explain.ts';
import type { Recording } from '../../core/recording/event.ts';
import { frameAt } from '../../draw/stage/frame.ts';
import { layoutStage } from '../../draw/stage/layout.ts';
import { extentOf, layoutTimeline } from '../../draw/timeline/timeline-layout.ts';
import { readContent, zippedContent } from '../../share/export/page-content.ts';
import type { JudgedRun } from '../../store/shown.ts';
import { runText, verdictText } from '../../store/shown-text.ts';
import { journeyOf, whereAt } from '../../trace/provenance.ts';
import { loadRecording, saveRecording } from '../../trace/saved/recording-file.ts';
import { RIGHT, WRONG } from '../../trace/testing.ts';
import { mergeTrace } from '../../trace/trace.ts';
import { createPlaying } from './playing.ts';

function judged(recording: Recording): JudgedRun {
  const { verdict, findings } = judge(recording);
  const explanation = explain(recording, findings, verdict);
  return { trace: mergeTrace(recording), until: null, verdict, findings, explanation };
}

describe('a recording made by hand, without case and catalogue', () => {
  it('is judged by what it holds; what it lacks is said', () => {
    const right = judged(RIGHT);
    expect(right.verdict).toBe('fine');
    const of = (check: string) => right.findings.find((finding) => finding.check === check);
    expect(of('pass1-truth')?.status).toBe('pass');
    expect(of('splits-agree')?.status).toBe('pass');
    expect(of('pass2-truth')).toMatchObject({
      status: 'not-applicable',
      summary: 'this recording does not hold the program that its ranks ran',
    });
    const without: Recording = { ...RIGHT, capabilities: ['counts'] };
    expect(judge(without).findings.find(({ check }) => check === 'pass1-truth')?.summary).toBe(
      'this recording does not hold the elements of its tensors',
    );
  });

  it('tells which element is wrong, on which rank', () => {
    const wrong = judged(WRONG);
    expect(wrong.verdict).toBe('silently wrong');
    const fact = wrong.findings.find(({ check }) => check === 'shape-and-order')?.evidence[0];
    expect(fact?.ranks).toEqual([1]);
    expect(fact?.element).toMatchObject({
      rank: 1,
      place: 0,
      found: { s: 2, h: 1 },
      expected: { s: 0, h: 1 },
    });
    expect(wrong.explanation.headline).toContain('forward: pass 1 of x');
    expect(runText(wrong)).toBe('by hand · 2 heads · SP 2 · [B, S, H, D] · x only, pass 1 only');
    expect(verdictText(wrong)).toMatch(/^✕ /);
  });

  it('is kept in a file and opens again, and only if ranks could have left it', () => {
    for (const recording of [RIGHT, WRONG]) {
      const loaded = loadRecording(saveRecording(recording));
      expect(loaded.ok ? null : loaded.message).toBeNull();
      expect(loaded).toEqual({ ok: true, recording });
    }
    const dealt = { ...RIGHT, ranks: [at(RIGHT.ranks, 1), at(RIGHT.ranks, 0)] };
    expect(loadRecording(saveRecording(dealt)).ok).toBe(false);
  });

  it('is laid out and drawn: cards, cells, marks, the way of an element', () => {
    const { trace } = judged(RIGHT);
    const size = { width: 900, height: 400 };
    expect(layoutStage(trace, size, 'heads').cards).toHaveLength(2);
    const last = frameAt(trace, trace.ticks - 1, 'heads');
    expect(last.map(({ held }) => held.arrangement.cells.count)).toEqual([4, 4]);
    const { time, lanes } = extentOf(trace);
    const span = { time: { from: 0, to: time }, lanes: { from: 0, to: lanes } };
    expect(layoutTimeline(trace, span, size).ranks).toEqual({ from: 0, to: 2 });
    const journey = journeyOf(trace, { tick: 0, rank: 0, tensor: 0, place: 1 });
    expect(journey?.element).toEqual({ b: 0, s: 0, h: 1, d: 0 });
    const [arrived] = journey === null ? [] : whereAt(journey, trace.ticks - 1);
    expect(arrived?.rank).toBe(1);
  });

  it('is exported, and plays to its end in a page of its own', async () => {
    const { trace, verdict, explanation } = judged(WRONG);
    const { short, headline, detail } = explanation;
    const file = await zippedContent({
      run: { recording: trace.recording, verdict, told: { short, headline, detail } },
      beside: null,
      cursor: 0,
      colourBy: 'head',
      picture: 'heads',
      selection: null,
      nearness: null,
      span: null,
    });
    const content = file && (await readContent(file));
    if (content === null) throw new Error('it was written by us');
    expect(content.run.recording).toEqual(WRONG);
    const { run, beside: _, ...looked } = content;
    const shown = { ...judged(run.recording), verdict: run.verdict };
    const playing = createPlaying({ ...looked, shown, beside: null, motion: true });
    playing.playOrPause();
    for (let turn = 0; turn < 1000 && playing.read().direction !== 0; turn++) playing.tick(50);
    expect(playing.read().cursor).toBe(trace.ticks - 1);
  });
});
