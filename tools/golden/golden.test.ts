import { readFileSync } from 'node:fs';
import { gunzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/assert.ts';
import { parseCase } from '../../src/core/cases/case-input.ts';
import type { CallOutcome } from '../../src/core/judge/outcome.ts';
import { IMPLEMENTATIONS } from '../../src/core/programs/implementations/index.ts';
import { firstDifference } from './compare.ts';
import { tally } from './replay.ts';
import { type GoldenRun, parseRuns } from './run.ts';

function read(name: string): GoldenRun[] {
  const file = readFileSync(new URL(name, import.meta.url));
  return parseRuns(new TextDecoder().decode(gunzipSync(file)));
}

const runs = read('./real-runs.jsonl.gz');
const wider = read('./wider-runs.jsonl.gz');

describe('the engine', () => {
  it.each([...new Set(runs.map((run) => run.implementation))])(
    'does what real ranks did: %s',
    (id) => {
      const own = runs.filter((run) => run.implementation === id);
      expect(own.length).toBeGreaterThan(80);
      const [row] = tally(own);
      expect(row?.first?.difference ?? null).toBeNull();
      expect(row?.matches).toBe(own.length);
    },
  );

  it('does what the published Python did with more ranks, more heads and other gather indices', () => {
    const rows = tally(wider);
    expect(rows.map((row) => row.first?.difference ?? null)).toEqual(rows.map(() => null));
    expect(rows.map(({ implementation }) => implementation)).toEqual(
      expect.arrayContaining([
        'prime-rl',
        'deepspeed-8342',
        ...runs.map((run) => run.implementation),
      ]),
    );
    expect(wider.filter(({ gatherIdx }) => gatherIdx !== undefined)).toHaveLength(126);
  });

  it('accepts every real case as input', () => {
    const ids = new Set(IMPLEMENTATIONS.map(({ id }) => id));
    for (const run of [...runs, ...wider].filter(({ implementation }) => ids.has(implementation))) {
      const parsed = parseCase(run);
      expect(parsed).toMatchObject({ ok: true });
      const { expected: _, ...plain } = run;
      if (parsed.ok) expect(parsed.case).toEqual(plain);
    }
  });
});

describe('the comparison', () => {
  const run = runs.find(({ expected }) => {
    const [call] = expected;
    return call?.ranks.every(
      ({ shape, collective }) => shape !== undefined && collective !== undefined,
    );
  });
  if (run === undefined) throw new Error('a run that returned something');

  function changed(change: (calls: CallOutcome[]) => void): CallOutcome[] {
    const copy = structuredClone((run as GoldenRun).expected) as CallOutcome[];
    change(copy);
    return copy;
  }

  it('finds a run equal to itself', () => {
    expect(firstDifference(run.expected, run.expected)).toBeNull();
  });

  it.each([
    ['a call is missing', (calls: CallOutcome[]) => calls.pop()],
    [
      'a shape differs',
      (calls: CallOutcome[]) => {
        Object.assign(at(at(calls, 0).ranks, 0), { shape: [1] });
      },
    ],
    [
      'elements differ',
      (calls: CallOutcome[]) => {
        Object.assign(at(at(calls, 0).ranks, 0), { sha: '0000000000000000' });
      },
    ],
    [
      'a collective differs',
      (calls: CallOutcome[]) => {
        Object.assign(at(at(calls, 0).ranks, 0), { collective: { inputs: [], outputs: [] } });
      },
    ],
    [
      'a field is new',
      (calls: CallOutcome[]) => {
        Object.assign(at(at(calls, 0).ranks, 0), { error: 'RuntimeError' });
      },
    ],
    [
      'sizes disagree',
      (calls: CallOutcome[]) => {
        Object.assign(at(calls, 0), { mismatches: [[0, 1, 2, 3]] });
      },
    ],
  ])('notices that %s', (_, change) => {
    expect(firstDifference(run.expected, changed(change))).not.toBeNull();
  });
});
