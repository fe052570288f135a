import { assert, at } from '../base/assert.ts';
import type { Case } from '../core/contract/case.ts';
import { degreeCases, degreeTable, rehearsalCases } from '../workers/map/degrees.ts';
import type { JudgingPool } from '../workers/map/judging-pool.ts';
import { casesWork, fieldsWork } from '../workers/map/order.ts';
import type { JudgedCase, RecordedCase, ToldCase } from '../workers/map/protocol.ts';
import { type MapSetting, settingOf } from '../workers/map/setting.ts';
import {
  isFull,
  isOfSetting,
  type Judged,
  type Sheet,
  sheetOf,
  withFields,
} from '../workers/map/sheet.ts';
import { againstSetting } from './against.ts';
import { modelIn } from './model.ts';
import type { MapSlice, Slice } from './state.ts';

/**
 * Has maps and tables judged in a pool, the later one of a kind calling off the earlier; and cases
 * run of which the page shows but a picture.
 */
export function mapSlice(judges: JudgingPool): Slice<MapSlice> {
  const current = { sheet: new AbortController(), againstSheet: new AbortController() };
  const active = new Set<AbortController>();
  const kept: Sheet[] = [];
  const keep = (sheet: Sheet) => {
    if (!isFull(sheet)) return;
    const others = kept.filter(({ setting }) => !isOfSetting(sheet, setting));
    kept.splice(0, kept.length, ...others.slice(-(MOST_KEPT - 1)), sheet);
  };
  let degrees = new AbortController();
  let tableAwaited = false;
  let rehearsal = new AbortController();
  let rehearsed = false;

  return (set, get) => {
    const pool: Pick<JudgingPool, 'work'> = {
      async work(...task) {
        const end = get().begin();
        try {
          await judges.work(...task);
        } finally {
          end();
        }
      },
    };
    const fill = async (which: keyof typeof current, setting: MapSetting) => {
      current[which].abort();
      const sheet = kept.find((one) => isOfSetting(one, setting)) ?? sheetOf(setting, get()[which]);
      if (isFull(sheet) && (which === 'againstSheet' || sheet.patterns !== undefined)) {
        set({ [which]: sheet });
        return;
      }
      const mine = new AbortController();
      current[which] = mine;
      active.add(mine);
      set({ [which]: sheet, filling: true });
      const { heads, sp } = get().case;
      // Portions come faster than anybody can look: many make one new sheet, and one painting.
      let fresh: Judged[] = [];
      let shown = performance.now();
      const showFresh = () => {
        const known = get()[which];
        if (known !== null && fresh.length > 0) set({ [which]: withFields(known, fresh) });
        fresh = [];
        shown = performance.now();
      };
      try {
        await pool.work(
          fieldsWork(setting, sheet.extent, { heads, sp }, sheet.known),
          (portion, result) => {
            if (portion.kind !== 'fields' || result.kind !== 'fields') return;
            fresh.push({ fields: portion.fields, values: result.values });
            if (performance.now() - shown > BETWEEN_SHEETS) showFresh();
          },
          mine.signal,
        );
        showFresh();
        const full = get()[which];
        if (full === null) return;
        if (which === 'againstSheet') return keep(full);
        const { extent, values } = full;
        await pool.work(
          [{ kind: 'patterns', extent, values }],
          (_, result) => {
            if (result.kind !== 'patterns') return;
            const found = { ...full, patterns: result.patterns };
            keep(found);
            set({ sheet: found });
          },
          mine.signal,
        );
      } catch (error) {
        if (!mine.signal.aborted) throw error;
      } finally {
        active.delete(mine);
        set({ filling: active.size > 0 });
      }
    };

    return {
      sheet: null,
      againstSheet: null,
      filling: false,
      degrees: null,

      fillMap: () => fill('sheet', settingOf(get().case)),

      async fillAgainst() {
        const setting = againstSetting(get());
        if (setting === null) {
          current.againstSheet.abort();
          set({ againstSheet: null });
          return;
        }
        await fill('againstSheet', setting);
      },

      stopMap() {
        current.sheet.abort();
        current.againstSheet.abort();
        degrees.abort();
      },

      async fillDegrees() {
        degrees.abort();
        rehearsal.abort();
        const mine = new AbortController();
        degrees = mine;
        tableAwaited = true;
        const setting = settingOf(get().case);
        const model = modelIn(get());
        const judged = await judgeAll(pool, degreeCases(setting, model), mine.signal);
        if (degrees === mine) tableAwaited = false;
        if (judged === null) return;
        set({ degrees: degreeTable(setting, model, judged) });
        // The next model may be one that has Workers compile what this one did not ask of them.
        await get().rehearse();
      },

      async rehearse() {
        if (rehearsed || tableAwaited) return;
        rehearsal.abort();
        const mine = new AbortController();
        rehearsal = mine;
        const cases = rehearsalCases(settingOf(get().case));
        if ((await judgeAll(judges, cases, mine.signal, AT_REHEARSAL)) !== null) rehearsed = true;
      },

      async tellCase(wanted) {
        let told: ToldCase | null = null;
        await pool.work(
          [{ kind: 'sentence', case: wanted }],
          (_, result) => {
            if (result.kind === 'sentence') told = result.told;
          },
          new AbortController().signal,
        );
        return told;
      },

      async record(wanted, signal) {
        let recorded: RecordedCase | null = null;
        try {
          await pool.work(
            [{ kind: 'record', case: wanted }],
            (_, result) => {
              if (result.kind === 'record') recorded = result.recorded;
            },
            signal,
          );
        } catch (error) {
          if (!signal.aborted) throw error;
        }
        return recorded;
      },
    };
  };
}

/** Full maps that are kept, so that what is compared or undone is there at once. */
const MOST_KEPT = 6;

/** Milliseconds from one sheet of a map that is being filled to the next. */
const BETWEEN_SHEETS = 100;

/** Cases in a portion of a rehearsal: few, as what somebody waits for comes behind the one under way. */
const AT_REHEARSAL = 8;

/** All cases judged, in order, each object once; null where that was called off. */
async function judgeAll(
  pool: Pick<JudgingPool, 'work'>,
  cases: readonly Case[],
  signal: AbortSignal,
  most?: number,
): Promise<JudgedCase[] | null> {
  const judged = new Map<Case, JudgedCase>();
  try {
    await pool.work(
      casesWork([...new Set(cases)], most),
      (portion, result) => {
        if (portion.kind !== 'cases' || result.kind !== 'cases') return;
        portion.cases.forEach((one, index) => {
          judged.set(one, at(result.judged, index));
        });
      },
      signal,
    );
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
  return cases.map((one) => {
    const found = judged.get(one);
    assert(found !== undefined, 'every case was judged');
    return found;
  });
}
