import { at } from '../base/assert.ts';
import { callTitle } from '../core/contract/call-title.ts';
import type { RankEvent } from '../core/recording/event.ts';
import { EVENT_KIND_NAMES, EVENT_KINDS, kindOf } from './event-kinds.ts';
import { shapesText } from './shapes-text.ts';
import type { Trace } from './trace.ts';

/** The facts of one event, in the words in which they are read. */
export interface Entry {
  /** Counted from 1, as steps are on the page: tick + 1. */
  readonly step: number;
  readonly rank: number;
  /** "forward: pass 2 of o" */
  readonly call: string;
  readonly kind: EntryKind;
  /** "permute(2, 0, 1, 3, 4)", "all_to_all_single" */
  readonly operation: string;
  /** Shapes: "[4, 2]", "4 × [1, 2]"; empty where the event has none. */
  readonly before: string;
  readonly after: string;
  /** Elements that leave with this event, or land with it; null where none could. */
  readonly sent: number | null;
  readonly received: number | null;
  readonly note: string;
  readonly fails: boolean;
}

/** What an event is, in a word or two. */
export type EntryKind = (typeof EVENT_KINDS)[RankEvent['kind']]['title'];
export const ENTRY_KINDS: readonly EntryKind[] = [
  ...new Set(EVENT_KIND_NAMES.map((kind) => EVENT_KINDS[kind].title)),
];

export function titleOf({ kind }: RankEvent): EntryKind {
  return EVENT_KINDS[kind].title;
}

/** What is to be said of the event at `index` on the lane of `rank`. */
export function entryOf(trace: Trace, rank: number, index: number): Entry {
  const placed = at(at(trace.lanes, rank), index);
  const { event, tick, call } = placed;
  const kind = kindOf(event);
  return {
    step: tick + 1,
    rank,
    call: callTitle(trace.recording.contract.calls, call),
    kind: titleOf(event),
    operation: kind.operation(event),
    before: shapesText(kind.before?.(event) ?? []),
    after: shapesText(kind.after?.(event) ?? []),
    sent: null,
    received: null,
    note: '',
    fails: kind.failure !== undefined,
    ...kind.says?.(event, { trace, rank, placed }),
  };
}

/** "[4, 2] → [2, 4]"; one side alone where there is no other. */
export function changeText({ before, after }: Entry): string {
  return [before, after].filter((text) => text !== '').join(' → ');
}

/** An entry as an issue would quote it: "rank 2 · forward: pass 2 of o · step 17: permute(1, 0) [2, 4] → [4, 2]". */
export function quoteText(entry: Entry): string {
  const { rank, call, step, operation, sent, received, note } = entry;
  const parts = [
    operation,
    changeText(entry),
    sent === null ? '' : `sends ${sent} elements`,
    received === null ? '' : `receives ${received} elements`,
    note === '' ? '' : `(${note})`,
  ];
  return `rank ${rank} · ${call} · step ${step}: ${parts.filter((part) => part !== '').join(' ')}`;
}
