import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCaseOf, IMPLEMENTATIONS_AND_LAYOUTS, runOf, runWith } from '../../engine/testing.ts';
import { loadRecording, saveRecording } from './recording-file.ts';

describe('a saved recording', () => {
  it.each(IMPLEMENTATIONS_AND_LAYOUTS)(
    'loads to an equal one, whatever the case: %s, batch dimension %i',
    (implementation, batchDimIdx) => {
      fc.assert(
        fc.property(anyCaseOf(implementation, batchDimIdx), (wanted) => {
          const recording = runOf(wanted);
          expect(loadRecording(saveRecording(recording))).toEqual({ ok: true, recording });
        }),
        { numRuns: 12 },
      );
    },
  );

  const saved = saveRecording(runWith({}));

  it('that is truncated says so', () => {
    const loaded = loadRecording(saved.slice(0, saved.length / 2));
    expect(loaded).toMatchObject({
      ok: false,
      message: expect.stringMatching(/no whole recording/),
    });
  });

  it('in which a rank is lost that its case does not lose is refused', () => {
    const fault = { kind: 'terminates', rank: 2, call: 1 } as const;
    const struck = saveRecording(runWith({ implementation: 'deepspeed-6797', fault }));
    expect(loadRecording(struck).ok).toBe(true);
    const loaded = loadRecording(struck.replace('"rank":2,"call":1', '"rank":2,"call":0'));
    expect(loaded).toMatchObject({ ok: false, message: expect.stringMatching(/does not ask for/) });
  });

  it.each([
    ['{"format": "chrome-trace"}', /no recording of Rankscope: format/],
    ['[]', /no recording of Rankscope/],
    [saved.replace('"version":1', '"version":9'), /of version 9; this page reads up to 1/],
    [saved.replace('"sp":4', '"sp":5'), /has 4 of the 5 ranks/],
    [saved.replace('"sp":4', '"sp":0'), /sp is 0/],
  ])('that is foreign says so', (text, message) => {
    const loaded = loadRecording(text);
    expect(loaded.ok).toBe(false);
    if (!loaded.ok) expect(loaded.message).toMatch(message);
  });
});
