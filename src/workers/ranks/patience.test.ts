import { describe, expect, it } from 'vitest';
import { DEFAULT_CASE } from '../../core/cases/case-input.ts';
import { estimateBytes, MAX_BYTES } from '../../core/cases/memory.ts';
import { caseWith } from '../../core/world/testing.ts';
import { mostQuestions, PATIENCE, type SilentWorker } from './patience.ts';

const NEVER_HEARD: SilentWorker = { hasSpoken: false, hasSaidLastWords: false };
const HEARD: SilentWorker = { hasSpoken: true, hasSaidLastWords: false };

function secondsFor(wanted: typeof DEFAULT_CASE, worker: SilentWorker): number {
  const { quiet, answer } = PATIENCE;
  return (mostQuestions(wanted, PATIENCE, worker) * (quiet + answer)) / 1000;
}

describe('how long ranks wait for one that is silent', () => {
  it('is as long at 10 MB as in a small case', () => {
    const large = caseWith({ seq: 2048, headDim: 16 });
    expect(estimateBytes(large)).toBeGreaterThan(10e6);
    for (const one of [DEFAULT_CASE, large]) {
      expect(secondsFor(one, NEVER_HEARD)).toBe(25);
      expect(secondsFor(one, HEARD)).toBe(7.5);
    }
  });

  it('is longer in the largest cases, by at most 23 s', () => {
    const largest = caseWith({ sp: 1024, seq: 1024, heads: 1024, headDim: 1 });
    expect(estimateBytes(largest)).toBeGreaterThan(MAX_BYTES / 2);
    for (const worker of [HEARD, NEVER_HEARD]) {
      const longer = secondsFor(largest, worker) - secondsFor(DEFAULT_CASE, worker);
      expect(longer).toBeGreaterThan(15);
      expect(longer).toBeLessThanOrEqual(23);
    }
  });

  it('is one question where a rank has sent its last words', () => {
    expect(secondsFor(DEFAULT_CASE, { hasSpoken: true, hasSaidLastWords: true })).toBe(2.5);
  });
});
