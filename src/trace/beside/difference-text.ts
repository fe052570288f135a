import { assert, at } from '../../base/assert.ts';
import { callTitle } from '../../core/contract/call-title.ts';
import type { Rank } from '../../core/recording/event.ts';
import type { AlignedStep, Alignment } from './align.ts';
import type { Difference } from './difference.ts';

/**
 * What differs in a step, in a sentence: "In forward: pass 2 of o, step 2, left decides uneven (2 % 4 = 2),
 * right decides even (2 % 4 = 2, scatter_idx = 1)." Null where nothing does.
 */
export function differenceText(alignment: Alignment, step: number): string | null {
  const aligned = at(alignment.steps, step);
  const [difference] = aligned.differences;
  if (difference === undefined) return null;
  const shared = Math.min(alignment.a.lanes.length, alignment.b.lanes.length);
  const where = `In ${stepTitle(alignment, aligned, step)},${ranksText(difference.ranks, shared)}`;
  return `${where} ${bothSides(difference)}.`;
}

/** "forward: pass 2 of o, step 3": counted from the start of the call, on the common axis. */
function stepTitle({ a, b, calls }: Alignment, { call }: AlignedStep, step: number): string {
  const { callA, callB, first } = at(calls, call);
  const [trace, made] = callA === null ? [b, callB] : [a, callA];
  assert(made !== null, 'one side makes the call');
  return `${callTitle(trace.recording.contract.calls, made)}, step ${step - first + 1}`;
}

function ranksText(ranks: readonly Rank[], shared: number): string {
  if (ranks.length === shared) return '';
  if (ranks.length > 4) return ` on ${ranks.length} of ${shared} ranks`;
  return ranks.length === 1
    ? ` on rank ${ranks[0]}`
    : ` on ranks ${ranks.slice(0, -1).join(', ')} and ${ranks.at(-1)}`;
}

function bothSides({ a, b }: Difference): string {
  if (a === null) return `only right ${b}`;
  if (b === null) return `only left ${a}`;
  return `left ${a}, right ${b}`;
}
