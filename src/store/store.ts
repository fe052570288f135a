import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Case } from '../engine/case.ts';
import { type CaseProblem, DEFAULT_CASE, parseCase } from '../engine/case-input.ts';
import { judge } from '../engine/checks/index.ts';
import type { Recording } from '../engine/event.ts';
import { explain } from '../engine/explain/explain.ts';
import type { Explanation } from '../engine/explain/explanation.ts';
import type { Finding, Verdict } from '../engine/finding.ts';
import { failed, momentsOf } from '../trace/moment.ts';
import { mergeTrace, type Trace } from '../trace/trace.ts';
import { adapted, type CaseFields } from './adapt.ts';
import { advance, type Cursor, type Direction } from './playback.ts';

/** A run that is over, judged and ready to be shown. */
export interface Shown {
  readonly case: Case;
  readonly trace: Trace;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly explanation: Explanation;
}

export type RunStatus =
  | { readonly kind: 'running' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly message: string };

/** What the cursor does once a run is over: play from the start or from pass 2, or be at the end. */
export type Opening = 'play' | 'play-pass-2' | 'settle';

export interface RankscopeState {
  /** The last good case: what is run. */
  readonly case: Case;
  /** The model that its heads come from, as far as is known. */
  readonly modelName: string | null;
  /** What is wrong with fields that were refused; the case stays as it was. */
  readonly problems: readonly CaseProblem[];
  readonly status: RunStatus;
  /** The last run that came to an end; null only before the first. */
  readonly shown: Shown | null;
  readonly cursor: Cursor;
  readonly direction: Direction;
  /** Where playing stops by itself. */
  readonly target: Cursor;
  readonly speed: number;
  readonly colourBy: 'head' | 'chunk';
  /** Whether pieces may be seen to fly. */
  readonly motion: boolean;

  /** Opens a case and runs it; resolves when it is judged, or was overtaken by a later one. */
  open(wanted: Case, opening: Opening, modelName?: string | null): Promise<void>;
  /** Changes fields of the case. A refused value leaves the case and says why. */
  change(patch: Partial<Record<keyof CaseFields, unknown>>, modelName?: string): Promise<void>;
  /** Takes back what was said of a field. */
  forgive(field: string): void;
  refuse(problem: CaseProblem): void;
  play(direction: Direction, target?: Cursor): void;
  /** One moment on or back, seen moving where motion is wanted. */
  step(by: -1 | 1): void;
  seek(cursor: Cursor): void;
  /** Lets `milliseconds` of playback pass. */
  tick(milliseconds: number): void;
  setSpeed(speed: number): void;
  setColourBy(by: 'head' | 'chunk'): void;
  setMotion(motion: boolean): void;
}

export type RankscopeStore = StoreApi<RankscopeState>;

/** Runs a case on ranks. Rejects when `signal` aborts or a rank is lost. */
export type RunCase = (wanted: Case, signal: AbortSignal) => Promise<Recording>;

export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

/** Makes the page's store. Facts are kept here; everything else is derived (`selectors.ts`). */
export function createRankscopeStore(run: RunCase): RankscopeStore {
  let current = new AbortController();

  return createStore<RankscopeState>()((set, get) => ({
    case: DEFAULT_CASE,
    modelName: null,
    problems: [],
    status: { kind: 'done' },
    shown: null,
    cursor: 0,
    direction: 0,
    target: 0,
    speed: 1,
    colourBy: 'head',
    motion: true,

    async open(wanted, opening, modelName = null) {
      current.abort();
      const mine = new AbortController();
      current = mine;
      set({ case: wanted, modelName, problems: [], status: { kind: 'running' }, direction: 0 });
      try {
        const recording = await run(wanted, mine.signal);
        if (mine.signal.aborted) return;
        const shown = show(wanted, recording);
        const end = landing(shown.trace);
        set({ status: { kind: 'done' }, shown, cursor: end, target: end });
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

    async change(patch, modelName) {
      const { calls: _, ...before } = get().case;
      const parsed = parseCase({ ...before, ...adapted(before, patch as Partial<CaseFields>) });
      if (!parsed.ok) {
        // What followed from the change is not told beside what was changed.
        const own = parsed.problems.filter(({ field }) => field in patch);
        const told = own.length > 0 ? own : parsed.problems;
        const fields = new Set(told.map(({ field }) => field));
        const others = get().problems.filter(({ field }) => !fields.has(field));
        set({ problems: [...others, ...told] });
        return;
      }
      const changesModel = 'heads' in patch || 'kvHeads' in patch || 'headDim' in patch;
      const kept = changesModel ? (modelName ?? null) : get().modelName;
      await get().open(parsed.case, 'settle', kept);
    },

    forgive(field) {
      set({ problems: get().problems.filter((problem) => problem.field !== field) });
    },

    refuse(problem) {
      const others = get().problems.filter((known) => known.field !== problem.field);
      set({ problems: [...others, problem] });
    },

    play(direction, target) {
      const { shown, cursor } = get();
      if (shown === null) return;
      const end = shown.trace.ticks - 1;
      const goal = target ?? (direction < 0 ? 0 : end);
      const atEnd = direction > 0 && cursor >= goal;
      set({ direction, target: goal, ...(atEnd ? { cursor: 0 } : {}) });
    },

    step(by) {
      const { shown, cursor, motion } = get();
      if (shown === null) return;
      const end = shown.trace.ticks - 1;
      const from = by > 0 ? Math.floor(cursor) : Math.ceil(cursor);
      const target = Math.min(end, Math.max(0, from + by));
      if (motion) set({ direction: by, target });
      else set({ direction: 0, cursor: target, target });
    },

    seek(cursor) {
      const { shown } = get();
      if (shown === null) return;
      const inside = Math.min(shown.trace.ticks - 1, Math.max(0, cursor));
      set({ direction: 0, cursor: inside, target: inside });
    },

    tick(milliseconds) {
      const { shown, cursor, direction, target, speed } = get();
      if (shown === null || direction === 0) return;
      const next = advance(shown.trace, cursor, milliseconds * speed, target);
      set({ cursor: next, direction: next === target ? 0 : direction });
    },

    setSpeed: (speed) => set({ speed }),
    setColourBy: (colourBy) => set({ colourBy }),
    setMotion: (motion) => set({ motion }),
  }));
}

function show(wanted: Case, recording: Recording): Shown {
  const { verdict, findings } = judge(recording);
  return {
    case: wanted,
    trace: mergeTrace(recording),
    verdict,
    findings,
    explanation: explain(recording, findings, verdict),
  };
}

/** Where a run is first looked at: where it failed, else its end. */
function landing(trace: Trace): Cursor {
  return momentsOf(trace).find(failed)?.tick ?? trace.ticks - 1;
}

function startOfPassTwo(trace: Trace): Cursor {
  const { calls } = trace.recording.case;
  const span = trace.calls.find(({ call }) => calls[call]?.pass === 2);
  return span?.first ?? 0;
}
