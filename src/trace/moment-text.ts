import { at } from '../base/assert.ts';
import { callTitle } from '../core/contract/call-title.ts';
import { hasEnded } from '../core/recording/standstill.ts';
import { momentsOf, operationText } from './moment.ts';
import type { Tick, Trace } from './trace.ts';

/** What happens in a moment, in words. */
export interface MomentText {
  /** "forward: pass 1 of q" */
  readonly call: string;
  /** "permute(2, 0, 1, 3, 4)" */
  readonly operation: string;
  /** Whether nothing moves in memory. */
  readonly still: boolean;
}

/** A moment by the event that it is named after, on the first rank that has one. */
export function momentText(trace: Trace, tick: Tick): MomentText {
  const moment = at(momentsOf(trace), tick);
  const own = moment.events.find(({ placed }) => placed.event.kind === moment.kind);
  const { event } = at(moment.events, 0).placed;
  return {
    call: callTitle(trace.recording.contract.calls, moment.call),
    operation: operationText(own?.placed.event ?? event),
    still: event.kind === 'local' && !event.moved,
  };
}

/** " of 31": how many steps there are; nothing where ranks that stand have more before them. */
export function outOf({ recording, ticks }: Trace): string {
  return hasEnded(recording) ? ` of ${ticks}` : '';
}
