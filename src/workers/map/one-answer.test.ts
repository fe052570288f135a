import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createApi } from '../../apps/api/rankscope-api.ts';
import { checkKinds } from '../../apps/cli/check.ts';
import { judge } from '../../core/judge/checks/index.ts';
import { anyCase, runOf } from '../../core/world/testing.ts';
import type { RunCase } from '../../store/state.ts';
import { createRankscopeStore } from '../../store/store.ts';
import { judgeKinds } from './degrees.ts';
import { judgeField, verdictOf } from './judge-field.ts';
import { settingOf } from './setting.ts';

/** What the page shows of a case comes from `judge` over the recording of all its ranks. */
describe('one case has one verdict', () => {
  it('on the page, in its cell of the table and in its field of the map', () => {
    fc.assert(
      fc.property(anyCase, ({ fault: _, ...wanted }) => {
        const { verdict } = judge(runOf(wanted));
        const { heads, kvHeads, sp } = wanted;
        const program = wanted.program === 'twoModels' ? { program: 'twoModels' as const } : {};
        const kind = { name: 'attention', heads, kvHeads, headDim: null, ...program };
        const [cell] = judgeKinds(wanted, { name: '', kinds: [kind] });
        expect(cell?.verdict).toBe(verdict);
        if (heads % kvHeads !== 0) return;
        expect(verdictOf(judgeField(settingOf(wanted), { heads, sp }))).toBe(verdict);
      }),
      { numRuns: 1500 },
    );
  });

  it('on the screen, in `window.rankscope` and on the command line', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async (wanted) => {
        const store = createRankscopeStore(inThisThread);
        const api = createApi('', store, inThisThread, NO_ADDRESS);
        const { verdict } = await api.open(wanted);
        expect(store.getState().shown?.verdict).toBe(verdict);
        expect((await api.run(wanted)).verdict).toBe(verdict);
        const query = { case: wanted, kinds: [], isStrict: false, file: null, note: null };
        const { text } = checkKinds({ ...query, format: 'json' });
        expect(JSON.parse(text)).toMatchObject({ verdict });
        expect(checkKinds({ ...query, format: 'text' }).text).toContain(`verdict: ${verdict} (`);
        expect(judge(runOf(wanted)).verdict).toBe(verdict);
      }),
      { numRuns: 150 },
    );
  });
});

const inThisThread: RunCase = (wanted, _, until) => Promise.resolve(runOf(wanted, until));

/** No address bar. */
const NO_ADDRESS = { link: () => '', settled: () => Promise.resolve() };
