import { describe, expect, it } from 'vitest';
import type { Case } from '../../core/contract/case.ts';
import { judge } from '../../core/judge/checks/index.ts';
import { explain } from '../../core/judge/explain/explain.ts';
import { headCounts } from '../../core/judge/truth.ts';
import { runOf } from '../../core/world/testing.ts';
import { addressOf, type Exhibit } from './exhibit.ts';
import { EXHIBITS, PAIRS } from './index.ts';

const EACH = EXHIBITS.map((exhibit): [string, Exhibit] => [exhibit.id, exhibit]);

const textsOf = ({ believed, happens, shows, repaired }: Exhibit) => [
  believed,
  happens,
  shows,
  repaired,
];

const numbersIn = (text: string) => (text.match(/\d+/g) ?? []).map(Number);

/** Every number that an exhibit may speak of: of its threads, its cases, and what it claims. */
function knownNumbers({ threads, broken }: Exhibit): Set<number> {
  const ofCase = ({ calls: _, ...fields }: Case) => numbersIn(JSON.stringify(fields));
  return new Set([
    ...threads.map(({ number }) => number),
    ...broken.flatMap((one) => [
      ...ofCase(one.case),
      ...numbersIn(JSON.stringify(one.repair?.changes ?? {})),
      ...numbersIn(JSON.stringify(one.claims)),
    ]),
  ]);
}

describe('the museum', () => {
  it('has nineteen exhibits, fifteen of them reported, each with an id of its own', () => {
    expect(EXHIBITS).toHaveLength(19);
    expect(EXHIBITS.filter(({ threads }) => threads.length > 0)).toHaveLength(15);
    expect(new Set(EXHIBITS.map(({ id }) => id)).size).toBe(19);
    expect(new Set(PAIRS.map(({ id }) => id)).size).toBe(PAIRS.length);
    for (const { id } of [...EXHIBITS, ...PAIRS]) expect(id).toMatch(/^[a-z0-9-]{3,20}$/);
  });

  it('tells the cases of an exhibit apart', () => {
    for (const { broken } of EXHIBITS) {
      expect(new Set(broken.map(({ label }) => label)).size).toBe(broken.length);
    }
  });

  describe.each(EACH)('%s', (_, exhibit) => {
    it('is told in at most 120 words', () => {
      const texts = textsOf(exhibit);
      for (const text of texts) expect(text).toMatch(/[.]$/);
      const words = [exhibit.title, ...texts].join(' ').split(/\s+/);
      expect(words.length).toBeLessThanOrEqual(120);
    });

    it('speaks of no number that it cannot show', () => {
      const known = knownNumbers(exhibit);
      const unknown = textsOf(exhibit)
        .flatMap(numbersIn)
        .filter((number) => !known.has(number));
      expect(unknown).toEqual([]);
    });

    it('names its threads by address', () => {
      for (const thread of exhibit.threads) {
        expect(addressOf(thread)).toMatch(/^https:\/\/github\.com\/[\w-]+\/[\w-]+\/issues\/\d+$/);
      }
    });

    it.each(exhibit.broken.map((one) => [one.label, one] as const))(
      'is what the engine says of it: %s',
      (__, { case: wanted, verdict, claims }) => {
        const recording = runOf(wanted);
        const judged = judge(recording);
        expect(judged.verdict).toBe(verdict);
        const finding = judged.findings.find(({ check }) => check === claims.check);
        expect(finding?.status).toBe('fail');
        const told = [finding?.summary, ...(finding?.evidence ?? []).map(({ text }) => text)];
        expect(told.join('\n')).toContain(claims.says);
        const first = finding?.evidence[0];
        if (claims.ranks !== undefined) expect(first?.ranks).toEqual(claims.ranks);
        if (claims.numbers !== undefined) expect(first?.numbers).toMatchObject(claims.numbers);
        if (claims.tells !== undefined) {
          const { headline, detail } = explain(recording, judged.findings, judged.verdict);
          expect(`${headline} ${detail}`).toContain(claims.tells);
        }
        if (claims.heads !== undefined) {
          expect(headCounts(recording, claims.heads.call)).toEqual(claims.heads.counts);
        }
      },
    );
  });

  it.each(PAIRS.map((pair) => [pair.id, pair] as const))('%s is repaired', (_, { repaired }) => {
    expect(judge(runOf(repaired.case)).verdict).toBe(repaired.verdict);
  });
});
