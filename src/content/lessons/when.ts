import type { Call, Case } from '../../core/contract/case.ts';
import type { RankEvent } from '../../core/recording/event.ts';
import { isAhead, type StopAt } from '../../core/recording/standstill.ts';
import { tickOf } from '../../trace/call-tick.ts';
import { firstDisagreement } from '../../trace/jumps.ts';
import { failed, type Moment, momentsOf } from '../../trace/moment.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import type { LessonRun } from './lesson-run.ts';

/**
 * A moment of a run in words:
 *
 *   start · end · failure · first disagreement
 *   1:4                          the operation with that number, of the call with that number
 *   pass 1 of q                  where that call begins
 *   pass 1 of q, sending         and: end, landing, decision, guard, head count, attention, failure
 *   pass 1 of q, permute         the first local operation of that name; "permute 2" the second
 */
export interface When {
  readonly text: string;
  /** The tick in a run; null where there is no such moment in it. */
  tickIn(run: LessonRun): Tick | null;
  /** What tells ranks to stop there; null where only a run that is over knows when it is. */
  stopIn(c: Case): StopAt | null;
}

export const WHEN_EXAMPLES =
  '“start”, “end”, “failure”, “first disagreement”, “1:4”, “pass 1 of q”, “pass 1 of q, sending”, “pass 2 of q, decision”, “pass 1 of q, permute 2”';

/** Reads a moment in words; null where the words say none. */
export function readWhen(text: string): When | null {
  const whole = WHOLE[text];
  if (whole !== undefined) {
    const stop = text === 'start' ? CALLED : null;
    return { text, tickIn: whole, stopIn: () => stop };
  }
  const numbered = /^(\d{1,3}):(\d{1,5})$/.exec(text);
  if (numbered !== null) {
    const place = { call: Number(numbered[1]), operation: Number(numbered[2]) };
    const tickIn = ({ trace }: LessonRun) => {
      const span = trace.calls[place.call];
      if (span === undefined || span.first + place.operation > span.last) return null;
      return tickOf(trace, place);
    };
    const last = { what: null, count: place.operation + 1 };
    return { text, tickIn, stopIn: () => ({ call: place.call, last }) };
  }
  const [, pass, tensor = '', what = 'start', count = '1'] =
    /^pass ([12]) of (\w+)(?:, ([a-z_]+(?: count)?)(?: (\d{1,2}))?)?$/.exec(text) ?? [];
  if (pass === undefined) return null;
  const isIt = (call: Call) => String(call.pass) === pass && call.tensor === tensor;
  const tickIn = ({ trace }: LessonRun) => tickInCall(trace, isIt, what, Number(count));
  const stopIn = ({ calls }: Case) => stopInCall(calls.findIndex(isIt), what, Number(count));
  return { text, tickIn, stopIn };
}

/** Where the first call begins. */
const CALLED: StopAt = { call: 0, last: { what: 'called', count: 1 } };

const WHOLE: Readonly<Record<string, (run: LessonRun) => Tick | null>> = {
  start: () => 0,
  end: ({ trace, verdict }) => (verdict === null ? null : trace.ticks - 1),
  failure: ({ trace }) => momentsOf(trace).find(failed)?.tick ?? null,
  'first disagreement': ({ trace, findings }) => firstDisagreement(trace, findings)?.tick ?? null,
};

/** What happens in a call, by the kind of its event. */
const KINDS: Readonly<Record<string, RankEvent['kind']>> = {
  sending: 'offered',
  landing: 'received',
  decision: 'decided',
  guard: 'guarded',
  'head count': 'remembered',
  attention: 'attended',
};

function tickInCall(
  trace: Trace,
  isIt: (call: Call) => boolean,
  what: string,
  count: number,
): Tick | null {
  const index = trace.recording.contract.calls.findIndex(isIt);
  const span = trace.calls.find(({ call }) => call === index);
  if (span === undefined) return null;
  if (what === 'start') return span.first;
  if (what === 'end') return isAhead(trace.recording, index) ? null : span.last;
  const met = momentsOf(trace).filter((moment) => moment.call === index && happens(moment, what));
  return met[count - 1]?.tick ?? null;
}

/** Who fails knows it only by then: with `failure` no rank can be told to stop. */
function stopInCall(call: number, what: string, count: number): StopAt | null {
  if (call < 0 || what === 'failure') return null;
  if (what === 'end') return { call, last: null };
  if (what === 'start') return { ...CALLED, call };
  return { call, last: { what: KINDS[what] ?? what, count } };
}

function happens(moment: Moment, what: string): boolean {
  if (what === 'failure') return failed(moment);
  return moment.events.some(({ placed: { event } }) =>
    event.kind === 'local' ? event.name === what : event.kind === KINDS[what],
  );
}
