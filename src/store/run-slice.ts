import type { Case } from '../engine/case.ts';
import { DEFAULT_CASE, parseCase } from '../engine/case-input.ts';
import type { Recording } from '../engine/event.ts';
import { adapted, type CaseFields, toldOf } from './adapt.ts';
import { historyAfter } from './history.ts';
import { differencesOf } from './partner-case.ts';
import { landing, type Shown, show, startOfPassTwo } from './shown.ts';
import type {
  HistoryFacts,
  Partner,
  RankscopeState,
  RunCase,
  RunSlice,
  Slice,
  Step,
} from './state.ts';

/** Runs cases on ranks, the later one overtaking the earlier, and refuses what is wrong. */
export function runSlice(run: RunCase): Slice<RunSlice> {
  let current = new AbortController();
  return (set, get) => ({
    case: DEFAULT_CASE,
    modelName: null,
    problems: [],
    status: { kind: 'done' },
    shown: null,

    async open(wanted, opening, modelName = null, step = 'own') {
      current.abort();
      const mine = new AbortController();
      current = mine;
      set({
        ...remembering(get(), wanted, step),
        case: wanted,
        modelName,
        problems: [],
        notice: null,
        status: { kind: 'running', silence: null },
        direction: 0,
      });
      try {
        const recording = await run(wanted, mine.signal, (ranks, seconds) => {
          if (mine.signal.aborted) return;
          const silence = ranks.length > 0 ? { ranks, seconds } : null;
          set({ status: { kind: 'running', silence } });
        });
        if (mine.signal.aborted) return;
        const shown = show(wanted, recording);
        const end = landing(shown.trace);
        const whole = wholeAfter(get(), shown);
        set({ status: { kind: 'done' }, shown, cursor: end, target: end, ...whole });
        if (opening !== 'settle' && get().motion) {
          const start = opening === 'play' ? 0 : startOfPassTwo(shown.trace);
          set({ cursor: start, direction: 1, target: end });
        }
      } catch (error) {
        if (mine.signal.aborted) return;
        const message = error instanceof Error ? error.message : String(error);
        set({ status: { kind: 'failed', message } });
      }
    },

    present(recording, modelName, beside) {
      current.abort();
      get().endCompare();
      const shown = show(recording.case, recording);
      const end = landing(shown.trace);
      set({
        partner: beside === null ? null : partnerOf(recording.case, beside),
        ...remembering(get(), recording.case, 'own'),
        case: recording.case,
        modelName,
        problems: [],
        notice: null,
        status: { kind: 'done' },
        shown,
        direction: 0,
        cursor: end,
        target: end,
        ...wholeAfter(get(), shown),
      });
    },

    async change(patch, modelName, step = 'own') {
      const { calls: _, ...before } = get().case;
      const parsed = parseCase({ ...before, ...adapted(before, patch as Partial<CaseFields>) });
      if (!parsed.ok) {
        const told = toldOf(parsed.problems, patch);
        const fields = new Set(told.map(({ field }) => field));
        const others = get().problems.filter(({ field }) => !fields.has(field));
        set({ problems: [...others, ...told] });
        return;
      }
      const changesModel = 'heads' in patch || 'kvHeads' in patch || 'headDim' in patch;
      const kept = changesModel ? (modelName ?? null) : get().modelName;
      await get().open(parsed.case, 'settle', kept, step);
    },

    forgive(field) {
      set({ problems: get().problems.filter((problem) => problem.field !== field) });
    },

    refuse(problem) {
      const others = get().problems.filter((known) => known.field !== problem.field);
      set({ problems: [...others, problem] });
    },
  });
}

/** A new run has a timeline of its own; its stage is another one where the ranks are others. */
function wholeAfter({ shown, nearness }: RankscopeState, next: Shown) {
  const same = shown?.case.sp === next.case.sp;
  return { span: null, nearness: same ? nearness : null };
}

/** The history with the case that is left; before the first run there is none to come back to. */
function remembering(state: RankscopeState, wanted: Case, step: Step): HistoryFacts {
  const opened = state.shown !== null || state.status.kind !== 'done';
  const { past, future, draft, modelName } = state;
  if (!opened) return { past, future, draft };
  return historyAfter({ past, future, draft }, { case: state.case, modelName }, wanted, step);
}

/** A recording from elsewhere as the other side of a comparison. */
function partnerOf(own: Case, recording: Recording): Partner {
  return {
    differs: differencesOf(own, recording.case),
    case: recording.case,
    status: { kind: 'done' },
    shown: show(recording.case, recording),
  };
}
