import { sameNumbers } from '../base/numbers.ts';
import { caseWithPatch, differencesOf } from '../core/case-text/case-patch.ts';
import type { CasePatch } from '../core/cases/case-option.ts';
import { sameCase } from '../core/cases/same-case.ts';
import type { Case } from '../core/contract/case.ts';
import { cursorOfB } from '../trace/beside/shared-cursor.ts';
import { adapted, type CaseFields, toldOf } from './adapt.ts';
import { bothSides } from './comparison.ts';
import { inTurns } from './in-turns.ts';
import { JUDGING, runningWithout } from './run-status.ts';
import { isStanding, showInSteps } from './shown.ts';
import type { CompareSlice, Partner, RunCase, Slice } from './state.ts';

/**
 * The other side of a comparison. It is kept as what differs from the case of the page, so that it
 * follows every change of the fields that both share.
 */
export function compareSlice(run: RunCase): Slice<CompareSlice> {
  let current = new AbortController();
  return (set, get, api) => {
    const update = (change: Partial<Partner>) => {
      const { partner } = get();
      if (partner !== null) set({ partner: { ...partner, ...change } });
    };

    const runPartner = async (wanted: Case, differs: CasePatch) => {
      current.abort();
      const mine = new AbortController();
      current = mine;
      const { partner } = get();
      // A comparison that begins is seen to begin; one that goes on leaves the person where they are.
      if (partner === null) set({ place: 'stage' });
      // Beside a whole run, ranks that stand have to come to their end.
      void get().goOn();
      const shown = partner?.shown ?? null;
      set({
        partner: { differs, case: wanted, status: { kind: 'running', silence: null }, shown },
      });
      try {
        const recording = await run(wanted, mine.signal, null, (...silent) => {
          if (!mine.signal.aborted) update({ status: runningWithout(...silent) });
        });
        if (mine.signal.aborted) return;
        const steps = showInSteps(wanted, recording);
        const judged = await inTurns(steps, mine.signal, () => update({ status: JUDGING }));
        if (mine.signal.aborted) return;
        update({ status: { kind: 'done' }, shown: judged });
      } catch (error) {
        if (mine.signal.aborted) return;
        const message = error instanceof Error ? error.message : String(error);
        update({ status: { kind: 'failed', message } });
      }
    };

    const refuse = (message: string) => {
      current.abort();
      update({ status: { kind: 'failed', message } });
    };

    api.subscribe((state, before) => {
      const { partner } = state;
      if (partner === null || state.case === before.case) return;
      const parsed = caseWithPatch(state.case, partner.differs);
      if (!parsed.ok) refuse(parsed.problems.map(({ message }) => message).join('; '));
      else if (!sameCase(parsed.case, partner.case) || partner.status.kind === 'failed') {
        void runPartner(parsed.case, partner.differs);
      }
    });

    return {
      partner: null,

      compare(wanted) {
        set({ awaited: null });
        return runPartner(wanted, differencesOf(get().case, wanted));
      },

      async changePartner(patch) {
        const { partner, case: own } = get();
        const before = partner?.case ?? own;
        const parsed = caseWithPatch(before, adapted(before, patch as Partial<CaseFields>));
        if (!parsed.ok) return toldOf(parsed.problems, patch);
        await runPartner(parsed.case, differencesOf(own, parsed.case));
        return [];
      },

      swapSides() {
        const { partner, shown, status, cursor, case: own, modelName } = get();
        const both = bothSides(get());
        if (partner === null || both === null || isStanding(shown)) return;
        if (status.kind !== 'done' || partner.status.kind !== 'done') return;
        const there = Math.round(cursorOfB(both, cursor));
        set({
          case: partner.case,
          shown: partner.shown,
          problems: [],
          modelName: sameModel(own, partner.case) ? modelName : null,
          partner: { differs: differencesOf(partner.case, own), case: own, status, shown },
          selection: null,
          direction: 0,
          cursor: there,
          target: there,
        });
      },

      endCompare() {
        current.abort();
        set({ partner: null });
      },
    };
  };
}

function sameModel(a: Case, b: Case): boolean {
  return sameNumbers([a.heads, a.kvHeads, a.headDim], [b.heads, b.kvHeads, b.headDim]);
}
