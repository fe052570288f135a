import { at } from '../base/assert.ts';
import { isBackward, layerOf } from '../core/contract/case.ts';
import type { CallSpan, Tick, Trace } from './trace.ts';

/** Calls that belong together, one after the other: the forward of a layer, say. */
export interface Phase {
  /** "forward", "layer 2", "layer 1 backward" */
  readonly title: string;
  /** The ticks that it spans, both included. */
  readonly first: Tick;
  readonly last: Tick;
}

/** What the calls that were reached are part of; none where all are part of the same. */
export function phasesOf(trace: Trace): readonly Phase[] {
  const { calls, noun } = trace.recording.contract;
  const layers = new Set(calls.map(({ tensor }) => layerOf(tensor)));
  const titleOf = ({ call }: CallSpan) => {
    const one = at(calls, call);
    const direction = isBackward(one) ? 'backward' : 'forward';
    if (layers.size === 1) return direction;
    const which = `${noun} ${layerOf(one.tensor)}`;
    return calls.some(isBackward) ? `${which} ${direction}` : which;
  };
  const phases: Phase[] = [];
  for (const span of trace.calls) {
    const title = titleOf(span);
    const open = phases.at(-1);
    if (open?.title === title) phases[phases.length - 1] = { ...open, last: span.last };
    else phases.push({ title, first: span.first, last: span.last });
  }
  return phases.length > 1 ? phases : [];
}
