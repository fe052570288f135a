import { at } from '../../base/assert.ts';
import { type Call, isBackward } from './case.ts';

/**
 * The name of a call, the same wherever one is named: "forward: pass 1 of q", "forward: pass 2 of o",
 * "backward: gradient of k, pass 2". A call is named after the tensor that it moves, as the field calls
 * it: the attention's output is o on its way back, though it stands where q stood. No two calls of a
 * case have the same name: "forward: pass 1 of q (2nd)".
 */
export function callTitle(calls: readonly Call[], index: number): string {
  const title = titleOf(at(calls, index));
  const before = calls.slice(0, index).filter((call) => titleOf(call) === title).length;
  return before === 0 ? title : `${title} (${ordinal(before + 1)})`;
}

/** The name without its direction, for where there is little room: "pass 1 of q", "gradient of k, pass 2". */
export function shortCallTitle(calls: readonly Call[], index: number): string {
  return callTitle(calls, index).replace(/^(?:forward|backward): /, '');
}

/** The tensor that a call moves: pass 2 takes what is held as q and brings back o. */
export function movedBy(call: Call): string {
  return call.pass === 2 ? call.to : call.tensor;
}

function titleOf(call: Call): string {
  const moved = movedBy(call);
  return isBackward(call)
    ? `backward: gradient of ${moved.slice(1)}, pass ${call.pass}`
    : `forward: pass ${call.pass} of ${moved}`;
}

function ordinal(count: number): string {
  const endings: Readonly<Record<string, string>> = {
    one: 'st',
    two: 'nd',
    few: 'rd',
    other: 'th',
  };
  return `${count}${endings[ORDINALS.select(count)] ?? 'th'}`;
}

const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });
