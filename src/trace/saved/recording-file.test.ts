import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { caseOf, type RankEvent, type Recording } from '../../core/recording/event.ts';
import {
  anyCaseOf,
  IMPLEMENTATIONS_AND_LAYOUTS,
  runOf,
  runWith,
} from '../../core/world/testing.ts';
import { loadRecording, saveRecording } from './recording-file.ts';
import { savedText } from './saved-text.ts';

/** The recording with rank 0's first event of a kind replaced. */
function withFirst<K extends RankEvent['kind']>(
  recording: Recording,
  kind: K,
  changed: (event: Extract<RankEvent, { kind: K }>) => RankEvent,
): Recording {
  let found = false;
  const isOf = (event: RankEvent): event is Extract<RankEvent, { kind: K }> => event.kind === kind;
  const ranks = recording.ranks.map((ranked, rank) => ({
    ...ranked,
    events: ranked.events.map((event) => {
      if (rank > 0 || found || !isOf(event)) return event;
      found = true;
      return changed(event);
    }),
  }));
  return { ...recording, ranks };
}

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
      message: expect.stringMatching(/Truncated recording/),
    });
  });

  it('in which a rank is lost that its case does not lose is refused', () => {
    const fault = { kind: 'terminates', rank: 2, call: 1 } as const;
    const struck = saveRecording(runWith({ implementation: 'deepspeed-6797', fault }));
    expect(loadRecording(struck).ok).toBe(true);
    const loaded = loadRecording(struck.replace('"rank":2,"call":1', '"rank":2,"call":0'));
    expect(loaded).toMatchObject({ ok: false, message: expect.stringMatching(/does not ask for/) });
  });

  const listed = runWith({ implementation: 'deepspeed-4198' });
  it.each([
    [
      'whose pieces land where no buffer was',
      withFirst(listed, 'received', (event) => ({
        ...event,
        outputs: event.outputs.map((ref) => ({ ...ref, strides: [99, ...ref.strides.slice(1)] })),
      })),
      /outputs was made by nothing/,
    ],
    [
      'in which one tensor goes to two peers',
      withFirst(listed, 'offered', (event) => ({
        ...event,
        inputs: event.inputs.map(() => at(event.inputs, 0)),
      })),
      /inputs name one tensor twice/,
    ],
  ] as const)('%s is refused', (_, changed, message) => {
    const loaded = loadRecording(saveRecording(changed));
    expect(loaded.ok ? 'opened' : loaded.message).toMatch(message);
  });

  it.each([
    ['{"format": "chrome-trace"}', /Not a Rankscope recording: format/],
    ['[]', /Not a Rankscope recording/],
    [saved.replace('"version":2', '"version":9'), /of version 9; this page reads up to 2/],
    [saved.replaceAll('"sp":4', '"sp":5'), /has 4 of the 5 ranks/],
    [saved.replaceAll('"sp":4', '"sp":0'), /sp is 0/],
    [saved.replace('"heads":8', '"heads":9'), /not laid out as those of its case/],
  ])('that is foreign says so', (text, message) => {
    const loaded = loadRecording(text);
    expect(loaded.ok).toBe(false);
    if (!loaded.ok) expect(loaded.message).toMatch(message);
  });

  it('of version 1, with the case alone, opens to the same', () => {
    const recording = runWith({});
    const { ranks, origin } = recording;
    const one = { format: 'rankscope-recording', version: 1, case: caseOf({ origin }), ranks };
    expect(loadRecording(savedText(one))).toEqual({ ok: true, recording });
  });

  it('from elsewhere stands by its contract, and is asked what its ranks could have left', () => {
    const { ranks, contract, capabilities } = runWith({});
    const recording = {
      contract,
      capabilities,
      ranks,
      origin: { kind: 'elsewhere', from: 'a job' },
    } as const;
    expect(loadRecording(saveRecording(recording))).toEqual({ ok: true, recording });
    const backwards = { ...contract.between, axes: [...contract.between.axes].reverse() };
    for (const wrong of [
      { positions: 4 },
      { between: backwards },
      { sp: 5 },
      { seq: 12, positions: 12 },
    ]) {
      const text = saveRecording({ ...recording, contract: { ...contract, ...wrong } });
      expect(loadRecording(text).ok).toBe(false);
    }
  });
});
