import { at } from '../../base/assert.ts';
import { parseCase } from '../../core/cases/case-input.ts';
import type { Case } from '../../core/contract/case.ts';
import { pageAddress } from '../../store/link/address.ts';
import { printFramed } from '../../store/link/lesson-link.ts';
import { readLink } from '../../store/link/link.ts';
import { openLink } from '../../store/link/open-link.ts';
import { isJudged, type Shown } from '../../store/shown.ts';
import { verdictText } from '../../store/shown-text.ts';
import type { RankscopeStore } from '../../store/state.ts';
import { callTickOf, tickOf } from '../../trace/call-tick.ts';
import type { Trace } from '../../trace/trace.ts';
import { type Message, PROTOCOL, readMessage, type Told } from './protocol.ts';

/** What of the browser's window an embedded page speaks through. */
export type EmbedWindow = Pick<Window, 'addEventListener' | 'location' | 'parent'>;

/**
 * Lets the page around this one open cases, go to a step and hear the verdict. It hears of nothing
 * but that this page is ready until it has said something well-formed; anything else is left without
 * an answer. Nothing that it says is executed.
 */
export function bindEmbed(store: RankscopeStore, window: EmbedWindow, version: string): void {
  const { parent } = window;
  /** Of the page around, once it has spoken. */
  let origin: string | null = null;
  let shown: Shown | null = null;
  let tick = -1;

  const send = (told: Told, to: string) =>
    parent.postMessage({ rankscope: PROTOCOL, ...told }, { targetOrigin: to });
  const tell = (told: Told) => {
    if (origin !== null) send(told, origin);
  };
  /** Of ranks that stand there is none. */
  const tellVerdict = (run: Shown) => {
    if (!isJudged(run)) return;
    const { verdict, explanation } = run;
    const address = pageAddress(printFramed(store.getState()), window.location);
    const text = verdictText(run);
    tell({ type: 'verdict', verdict, text, headline: explanation.headline, address });
  };
  const tellMoment = ({ trace }: Shown) =>
    tell({ type: 'moment', tick, of: trace.ticks, at: callTickOf(trace, tick) });
  const follow = () => {
    const state = store.getState();
    if (state.shown === null) return;
    const now = Math.round(state.cursor);
    const another = state.shown !== shown;
    const moved = another || now !== tick;
    shown = state.shown;
    tick = now;
    if (another) tellVerdict(shown);
    if (moved) tellMoment(shown);
  };
  const refuse = (what: Message['type'], reason: string) => tell({ type: 'refused', what, reason });

  const open = async (message: Extract<Message, { type: 'open' }>) => {
    const reason = await ('link' in message ? openLinked(message.link) : openCase(message.case));
    if (reason !== null) refuse('open', reason);
  };
  const openLinked = async (text: string) => {
    const read = readLink(text);
    if (!read.ok) return `This link cannot be opened: ${read.message}.`;
    await openLink(store, read.link);
    return whyNotShown(read.link.case);
  };
  const openCase = async (wanted: unknown) => {
    const parsed = parseCase(wanted);
    if (!parsed.ok) return at(parsed.problems, 0).message;
    await store.getState().open(parsed.case, 'settle');
    return whyNotShown(parsed.case);
  };
  /** Why a case that was opened is not what is shown now; null where it is. */
  const whyNotShown = (wanted: Case) => {
    const { case: latest, status } = store.getState();
    if (latest !== wanted) return 'Another case was opened before this one was done.';
    return status.kind === 'failed' ? status.message : null;
  };
  const seek = ({ at: where }: Extract<Message, { type: 'seek' }>) => {
    const run = store.getState().shown;
    if (run === null) return refuse('seek', 'There is no run yet.');
    const reason = beyond(run.trace, where);
    if (reason !== null) return refuse('seek', reason);
    store.getState().seek(typeof where === 'number' ? where : tickOf(run.trace, where));
    tellMoment(run);
  };

  store.subscribe(follow);
  window.addEventListener('message', (event) => {
    if (event.source !== parent) return;
    const read = readMessage(event.data);
    if (read === null) return;
    // A page from a disk, or in a sandbox, has no origin that could be named.
    origin = event.origin === 'null' ? '*' : event.origin;
    if ('refused' in read) {
      refuse(read.refused, read.reason);
      return;
    }
    const { message } = read;
    if (message.type === 'open') void open(message);
    else if (message.type === 'seek') seek(message);
    else if (shown !== null) {
      tellVerdict(shown);
      tellMoment(shown);
    }
  });
  send({ type: 'ready', version }, '*');
}

/** Why a moment is not in a run; null where it is. */
function beyond(trace: Trace, where: Extract<Message, { type: 'seek' }>['at']): string | null {
  if (typeof where === 'number') {
    return where < trace.ticks
      ? null
      : `Tick ${where} is beyond the run, which has ${trace.ticks}: 0 to ${trace.ticks - 1}.`;
  }
  const { calls } = trace.recording.contract;
  return where.call < calls.length
    ? null
    : `Call ${where.call} is beyond the run, which has ${calls.length}: 0 to ${calls.length - 1}.`;
}
