import type { RankEvent } from './event.ts';

/**
 * Whether an event is one step of the program with the event before it: the same operation on one
 * tensor of a list after the other is. P pieces made contiguous are not P steps.
 */
export function sharesBeat(previous: RankEvent | null, event: RankEvent): boolean {
  if (previous?.kind !== 'local' || event.kind !== 'local' || previous.name !== event.name) {
    return false;
  }
  const made = previous.outputs[0];
  const taken = event.inputs[0];
  if (taken === undefined || made === undefined) return event.inputs.length === 0;
  return taken.storage !== made.storage || taken.offset !== made.offset;
}
