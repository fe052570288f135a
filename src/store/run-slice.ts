import { callerIn } from '../core/case-text/caller-in.ts';
import { differencesOf } from '../core/case-text/case-patch.ts';
import { DEFAULT_CASE, parseCase } from '../core/cases/case-input.ts';
import { caseOfKind, type LayerKind } from '../core/cases/models/model.ts';
import { producedBy } from '../core/cases/origin.ts';
import { sameCase } from '../core/cases/same-case.ts';
import { type Case, MODEL_PROGRAM } from '../core/contract/case.ts';
import type { Recording } from '../core/recording/event.ts';
import type { StopAt } from '../core/recording/standstill.ts';
import { isHeld } from '../trace/state.ts';
import type { Trace } from '../trace/trace.ts';
import { adapted, type CaseFields, consequenceOf, toldOf } from './adapt.ts';
import { historyAfter } from './history.ts';
import { inTurns } from './in-turns.ts';
import { modelIn, worstKind } from './model.ts';
import type { Cursor } from './playback.ts';
import { JUDGING, runningWithout } from './run-status.ts';
import { landing, type Shown, show, showUntil, startOfPassTwo } from './shown.ts';
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
  /** How far the ranks of the last run go. */
  let bound: StopAt | null = null;
  return (set, get) => {
    /**
     * Runs a case and shows what its ranks left, with the cursor where `placeIn` says; whether it did,
     * and neither was overtaken nor failed.
     */
    const runAndShow = async (
      wanted: Case,
      until: StopAt | null,
      placeIn: (trace: Trace) => Cursor,
    ): Promise<boolean> => {
      current.abort();
      const mine = new AbortController();
      current = mine;
      bound = until;
      set({ status: { kind: 'running', silence: null }, direction: 0 });
      try {
        const recording = await run(wanted, mine.signal, until, (...silent) => {
          if (!mine.signal.aborted) set({ status: runningWithout(...silent) });
        });
        if (mine.signal.aborted) return false;
        const steps = showUntil(wanted, recording, until);
        const shown = await inTurns(steps, mine.signal, () => set({ status: JUDGING }));
        if (mine.signal.aborted) return false;
        const cursor = placeIn(shown.trace);
        set({
          status: { kind: 'done' },
          shown,
          cursor,
          target: cursor,
          ...viewAfter(get(), shown),
        });
        return true;
      } catch (error) {
        if (mine.signal.aborted) return false;
        const message = error instanceof Error ? error.message : String(error);
        set({ status: { kind: 'failed', message } });
        return false;
      }
    };

    /** Where the cursor stays if the case is the one that is shown. */
    const stayingIn = (wanted: Case) => {
      const { shown, cursor } = get();
      const same = shown !== null && sameCase(shown.case, wanted);
      return same ? (trace: Trace) => Math.min(cursor, trace.ticks - 1) : landing;
    };

    return {
      case: DEFAULT_CASE,
      modelName: null,
      knownModel: null,
      problems: [],
      status: { kind: 'done' },
      shown: null,

      async open(wanted, opening, modelName = null, step = 'own') {
        set(entering(get(), wanted, modelName, step));
        const done = await runAndShow(wanted, null, landing);
        const { shown, motion, target } = get();
        if (!done || shown === null || opening === 'settle' || !motion) return;
        const start = opening === 'play' ? 0 : startOfPassTwo(shown.trace);
        set({ cursor: start, direction: 1, target });
      },

      async openUntil(wanted, until) {
        set(entering(get(), wanted, null, 'own'));
        await runAndShow(wanted, until, stayingIn(wanted));
      },

      async goOn() {
        const { case: wanted } = get();
        if (bound === null) return false;
        set({ notice: null });
        return runAndShow(wanted, null, stayingIn(wanted));
      },

      present(recording, modelName, beside) {
        current.abort();
        bound = null;
        get().endCompare();
        const { case: own } = producedBy(recording);
        const shown = show(own, recording);
        const end = landing(shown.trace);
        set({
          partner: beside === null ? null : partnerOf(own, beside),
          ...entering(get(), own, modelName, 'own'),
          status: { kind: 'done' },
          shown,
          direction: 0,
          cursor: end,
          target: end,
          ...viewAfter(get(), shown),
        });
      },

      async change(patch, modelName, step = 'own') {
        const { calls: _, ...before } = get().case;
        const caller = 'implementation' in patch ? null : callerIn(get().case);
        const settled = beforeDraft(get(), step);
        const wanted = adapted(before, patch as Partial<CaseFields>, settled);
        const parsed = parseCase({ ...before, caller, ...wanted });
        if (!parsed.ok) {
          const told = toldOf(parsed.problems, patch);
          const fields = new Set(told.map(({ field }) => field));
          const others = get().problems.filter(({ field }) => !fields.has(field));
          set({ problems: [...others, ...told] });
          return;
        }
        const changesModel = 'heads' in patch || 'kvHeads' in patch || 'headDim' in patch;
        const kept = changesModel ? (modelName ?? null) : get().modelName;
        const opened = get().open(parsed.case, 'settle', kept, step);
        const text = consequenceOf(settled, patch, parsed.case);
        if (text !== null) get().notify({ wrong: false, text });
        await opened;
      },

      async chooseModel(model) {
        const { case: before, modelName } = get();
        const chosen = modelName !== null && before.program !== 'twoModels';
        const base = chosen ? before : { ...before, program: MODEL_PROGRAM };
        const kind = worstKind(base, model);
        set({ knownModel: model });
        await get().change(patchTo(base, kind), model.name);
      },

      async chooseKind(kind) {
        await get().change(patchTo(get().case, kind), get().modelName ?? undefined);
      },

      async chooseProgram(program) {
        const { case: before, modelName, change } = get();
        const { kinds } = modelIn(get());
        const two = kinds.find((kind) => kind.program === program);
        // Back from two models: what were the heads of the second are no KV heads.
        const one =
          before.program === 'twoModels' ? kinds.find((kind) => kind.program == null) : undefined;
        const kind = two ?? one;
        const patch = kind === undefined ? {} : patchTo(before, kind);
        await change({ ...patch, program }, modelName ?? undefined);
      },

      refuse(problem) {
        const others = get().problems.filter((known) => known.field !== problem.field);
        set({ problems: [...others, problem] });
      },
    };
  };
}

/** The fields in which the case of a kind of layer differs. */
function patchTo(c: Case, kind: LayerKind): Partial<CaseFields> {
  const { heads, kvHeads, headDim, program } = caseOfKind(c, kind);
  return { heads, kvHeads, headDim, program };
}

/** A case in the place of another: nothing is said of it yet. */
function entering(state: RankscopeState, wanted: Case, modelName: string | null, step: Step) {
  const history = remembering(state, wanted, step);
  return { ...history, case: wanted, modelName, problems: [], notice: null, awaited: null };
}

/**
 * What of the view goes over to a new run: it has a timeline of its own; its stage is another one
 * where the ranks are others; and an element is followed on only where the run has it.
 */
function viewAfter({ shown, nearness, selection }: RankscopeState, next: Shown) {
  const same = shown?.case.sp === next.case.sp;
  return {
    span: null,
    nearness: same ? nearness : null,
    selection: selection !== null && isHeld(next.trace, selection) ? selection : null,
  };
}

/** The case before the field of `step` was first dragged or typed in; the case itself otherwise. */
function beforeDraft({ past, draft, case: now }: RankscopeState, step: Step): Case {
  const goesOn = typeof step === 'object' && step.draft === draft;
  return (goesOn ? past.at(-1)?.case : undefined) ?? now;
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
  const { case: theirs } = producedBy(recording);
  return {
    differs: differencesOf(own, theirs),
    case: theirs,
    status: { kind: 'done' },
    shown: show(theirs, recording),
  };
}
