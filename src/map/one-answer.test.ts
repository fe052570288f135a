import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../engine/checks/index.ts';
import { anyCase, runOf } from '../engine/testing.ts';
import { judgeKinds } from './degrees.ts';
import { judgeField, verdictOf } from './judge-field.ts';
import { settingOf } from './setting.ts';

/**
 * What the page shows of a case comes from `judge` over the recording of all its ranks; so do the report
 * of `window.rankscope` and of the command line. The map and the table judge something smaller.
 */
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
});
