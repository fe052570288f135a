import type { RankEvent, TensorRef } from '../core/recording/event.ts';
import type { EventKind, EventKindTable } from './event-kind.ts';
import { FAILING_KINDS } from './failing-kinds.ts';
import { PASSING_KINDS } from './passing-kinds.ts';
import { PROGRAM_KINDS } from './program-kinds.ts';

/**
 * Every kind of event that a rank can report, once: when it may come, what it does to its rank, how it
 * is called, told and shown. A kind that is missing here is a type error, and whoever asks about kinds
 * takes it from here. How its fields are read from a file stands in `saved/recording-schema.ts`.
 */
export const EVENT_KINDS = {
  ...PROGRAM_KINDS,
  ...PASSING_KINDS,
  ...FAILING_KINDS,
} as const satisfies EventKindTable;

/** All kinds, in the order of the table. */
export const EVENT_KIND_NAMES = Object.keys(EVENT_KINDS) as readonly RankEvent['kind'][];

/** What is known of an event, whichever it is. */
export function kindOf({ kind }: Pick<RankEvent, 'kind'>): EventKind {
  return EVENT_KINDS[kind];
}

/** The tensors that an event takes. */
export function takenBy(event: RankEvent): readonly TensorRef[] {
  const kind = kindOf(event);
  return kind.handsOn ? handedOn(kind, event) : (kind.before?.(event) ?? []);
}

/** The tensors that an event makes, or hands on. */
export function madeBy(event: RankEvent): readonly TensorRef[] {
  const kind = kindOf(event);
  return kind.handsOn ? handedOn(kind, event) : (kind.after?.(event) ?? []);
}

function handedOn({ before, after }: EventKind, event: RankEvent): readonly TensorRef[] {
  return before?.(event) ?? after?.(event) ?? [];
}
