import { parseCase } from '../../core/cases/case-input.ts';
import { producedBy } from '../../core/cases/origin.ts';
import type { Case } from '../../core/contract/case.ts';
import { type Report, reportInSteps, reportOf } from '../../core/judge/checks/report.ts';
import { CATALOGUE, type ImplementationInfo } from '../../core/programs/catalogue.ts';
import type { Recording } from '../../core/recording/event.ts';
import { inTurns } from '../../store/in-turns.ts';
import type { Address } from '../../store/link/address.ts';
import { isJudged } from '../../store/shown.ts';
import type { RankscopeStore, RunCase } from '../../store/state.ts';

/** `window.rankscope`: the page for programs, documented in the README. */
export interface RankscopeApi {
  readonly version: string;
  /** The published all-to-alls, project by project. */
  implementations(): readonly ImplementationInfo[];
  /**
   * Runs a case on real Workers; the screen stays as it is.
   * @throws Error naming the field that is wrong and what is allowed
   */
  run(wanted: unknown): Promise<Report>;
  /**
   * Runs a case and shows it, with the cursor where it fails or at its end.
   * @throws Error as `run`, and when another case is opened before this one is done
   */
  open(wanted: unknown): Promise<Report>;
  /** The report of what is on the screen; null before a run is over, as at a lesson’s question. */
  report(): Report | null;
  /** The address of what is on the screen: the case and the moment. */
  link(): string;
  /**
   * Resolves once nothing runs, plays, is judged or fetched, no lesson is awaited, what is to be seen
   * is painted, and the browser shows the address of it.
   */
  whenIdle(): Promise<void>;
}

/** Makes the page's interface; `run` has ranks of its own, apart from those of the screen. */
export function createApi(
  version: string,
  store: RankscopeStore,
  run: RunCase,
  address: Pick<Address, 'link' | 'settled'>,
): RankscopeApi {
  let pending = 0;
  const settled = new Set<() => void>();
  return {
    version,
    implementations: () => CATALOGUE,
    async run(wanted) {
      const parsed = goodCase(wanted);
      pending += 1;
      try {
        return await reportInTurns(await run(parsed, new AbortController().signal, null));
      } finally {
        pending -= 1;
        for (const tell of settled) tell();
      }
    },
    async open(wanted) {
      const parsed = goodCase(wanted);
      await store.getState().open(parsed, 'settle');
      const { shown, status } = store.getState();
      if (status.kind === 'failed') throw new Error(status.message);
      if (shown?.case !== parsed) {
        throw new Error('another case was opened before this one was done');
      }
      return reportInTurns(shown.trace.recording);
    },
    report() {
      const { shown } = store.getState();
      return isJudged(shown) ? report(shown.trace.recording) : null;
    },
    link: () => address.link(),
    async whenIdle() {
      // Where no frame comes, as in a hidden tab, nothing is painted and nothing plays: that is not
      // waited for.
      let framesCome = !document.hidden;
      const resting = () => {
        const { status, partner, direction, busy, awaited } = store.getState();
        const running = [status, partner?.status].some((one) => one?.kind === 'running');
        const playing = direction !== 0 && framesCome;
        return pending + busy === 0 && !running && !playing && awaited === null;
      };
      const rested = () =>
        new Promise<void>((resolve) => {
          const check = () => {
            if (!resting()) return;
            unsubscribe();
            document.removeEventListener('visibilitychange', look);
            settled.delete(check);
            resolve();
          };
          const look = () => {
            framesCome = !document.hidden;
            check();
          };
          const unsubscribe = store.subscribe(check);
          document.addEventListener('visibilitychange', look);
          settled.add(check);
          check();
        });
      // What is painted may ask for more: a picture that came into sight is drawn from a run.
      do {
        if (!resting()) {
          await rested();
          // Who waits for a run may yet change what is seen: a link goes on to its moment.
          framesCome = await painted();
        }
        await address.settled();
        framesCome = await painted();
      } while (!resting());
    },
  };
}

function goodCase(wanted: unknown): Case {
  const parsed = parseCase(wanted);
  if (parsed.ok) return parsed.case;
  throw new Error(parsed.problems.map(({ message }) => message).join('; '));
}

function report(recording: Recording): Report {
  return reportOf(recording, producedBy(recording).implementation);
}

function reportInTurns(recording: Recording): Promise<Report> {
  const steps = reportInSteps(recording, producedBy(recording).implementation);
  return inTurns(steps, new AbortController().signal, () => {});
}

/**
 * Two frames: one that paints what the state says now, one that comes after it. Whether they came:
 * a page that nobody sees gets none.
 */
function painted(): Promise<boolean> {
  return new Promise((resolve) => {
    const none = setTimeout(() => resolve(false), document.hidden ? 0 : LONGEST_FRAMES);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        clearTimeout(none);
        resolve(true);
      }),
    );
  });
}

/** Milliseconds that two frames take at the most, on a page that is seen, however busy. */
const LONGEST_FRAMES = 10_000;
