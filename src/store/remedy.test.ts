import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differencesOf } from '../case-text/case-patch.ts';
import type { Case } from '../engine/case.ts';
import { judge } from '../engine/checks/index.ts';
import { projectOf } from '../engine/implementations/index.ts';
import { estimateBytes } from '../engine/memory.ts';
import { anyCase, caseWith, runOf } from '../engine/testing.ts';
import type { MuseumPair } from '../museum/exhibit.ts';
import { BROKEN_CASES, PAIRS } from '../museum/index.ts';
import { MOST_BYTES } from './remedy.ts';
import { isJudged } from './shown.ts';
import { createRankscopeStore } from './store.ts';

async function remediesOf(c: Case) {
  const store = createRankscopeStore(async (wanted) => runOf(wanted));
  await store.getState().open(c, 'settle');
  const { shown, findRemedies } = store.getState();
  if (!isJudged(shown)) throw new Error('no run');
  await findRemedies(shown);
  return store.getState().remedies;
}

const saysOf = async (c: Case) => (await remediesOf(c))?.found.map(({ says }) => says);

/**
 * Whether one change of one field repairs a bug, within its project, in a case that is small enough to
 * be tried; a fault is none of the code.
 */
function isOneChange({ broken, repaired }: MuseumPair): boolean {
  const differing = differencesOf(broken.case, repaired.case);
  return (
    repaired.verdict === 'fine' &&
    Object.keys(differing).length === 1 &&
    broken.case.fault === undefined &&
    estimateBytes(broken.case) <= MOST_BYTES &&
    projectOf(broken.case.implementation) === projectOf(repaired.case.implementation)
  );
}

const ONE_CHANGE = PAIRS.filter(isOneChange);

describe('what would have made a run come out fine', () => {
  it('is the merged fix for issue #6774, and one degree that the heads allow', async () => {
    expect(await saysOf(caseWith({}))).toEqual(['repaired (#6797)', 'on 2 ranks']);
  });

  it('is known of most bugs of the museum', () => {
    expect(ONE_CHANGE.length).toBeGreaterThan(PAIRS.length / 2);
  });

  it.each(ONE_CHANGE.map((pair) => [pair.id, pair] as const))(
    'is the repair that the museum shows: %s',
    async (_, { broken, repaired }) => {
      const found = (await remediesOf(broken.case))?.found ?? [];
      expect(found.map((one) => one.case)).toContainEqual(repaired.case);
    },
  );

  it('is not claimed of an implementation that does the same wrong', async () => {
    const rounded = BROKEN_CASES.find(({ id }) => id === 'rounded-away');
    expect(rounded && (await saysOf(rounded.broken.case))).toEqual([]);
  });

  it('is called a repair only where a public bug was repaired by it', async () => {
    const layer = { sp: 2, heads: 9, kvHeads: 2, program: 'layerForward' } as const;
    for (const implementation of ['deepspeed-4198', 'deepspeed-5664', 'deepspeed-5823']) {
      expect(await saysOf(caseWith({ implementation, ...layer }))).toEqual([
        'under DeepSpeed 0.15.4',
      ]);
    }
    const older = caseWith({ implementation: 'deepspeed-5664', ...layer, heads: 8 });
    expect(await saysOf(older)).toEqual(['repaired (#5823)']);
  });

  it('is KV heads repeated, where the caller left them scarce', async () => {
    const layer = BROKEN_CASES.find(({ id }) => id === '10794');
    expect(layer && (await saysOf(layer.broken.case))).toContain('with KV heads repeated');
  });

  it('is not sought of a run that is fine or too large, nor of a rank that the case makes fail', async () => {
    expect(await remediesOf(caseWith({ implementation: 'deepspeed-6797' }))).toBeNull();
    const fault = { kind: 'raises-in', rank: 1, call: 0 } as const;
    const large = caseWith({ seq: 1024, headDim: 16 });
    expect(await remediesOf(large)).toMatchObject({ found: [], tried: false });
    expect(await remediesOf({ ...caseWith({}), fault })).toMatchObject({ found: [], tried: false });
  });

  it('is a case of its own that differs, and is fine, for any case', () => {
    fc.assert(
      fc.asyncProperty(anyCase, async (c) => {
        const remedies = await remediesOf(c);
        if (remedies === null) return;
        expect(new Set(remedies.found.map(({ id }) => id)).size).toBe(remedies.found.length);
        for (const { case: changed } of remedies.found) {
          expect(changed).not.toEqual(c);
          expect(judge(runOf(changed)).verdict).toBe('fine');
        }
      }),
      { numRuns: 40 },
    );
  });
});
