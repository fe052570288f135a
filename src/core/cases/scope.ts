import { type Call, type Case, isBackward, layerOf } from '../contract/case.ts';

/** What makes the title of a case one of its own. */
type Ruled = Pick<Case, 'condition' | 'guards'>;

/** The title of a case, by that of what was published: see `titleOf`. */
export function titleWith(c: Ruled, published: string): string {
  return hasEditedRule(c) ? `${published} + edited rule` : published;
}

/** Whether a condition or a guard of the case takes the place of a published one. */
export function hasEditedRule({ condition, guards }: Ruled): boolean {
  return condition !== undefined || guards !== undefined;
}

/** "8 heads", "8 heads, 2 KV heads" */
export function countsText({ heads, kvHeads }: Pick<Case, 'heads' | 'kvHeads'>): string {
  return kvHeads === heads ? `${heads} heads` : `${heads} heads, ${kvHeads} KV heads`;
}

/**
 * What a verdict was reached over, in words: "q only, forward only", "q, k, v, forward and backward",
 * "two models, q only, forward only". It follows from the calls, so that a person's own list has one
 * too; only the name of `twoModels` says that its second layer is another model's.
 */
export function scopeOf({ program, calls }: Pick<Case, 'program' | 'calls'>): string {
  const tensors = new Set(
    calls
      .filter((call) => call.pass === 1 && !isBackward(call))
      .map(({ tensor }) => roleOf(tensor)),
  );
  const layers = new Set(calls.map(({ tensor }) => layerOf(tensor))).size;
  const several = program === 'twoModels' ? ['two models'] : layers > 1 ? ['two layers'] : [];
  const [first = 'nothing'] = tensors;
  const moved = tensors.size > 1 ? [...tensors].join(', ') : `${first} only`;
  return [...several, moved, directionsOf(calls)].join(', ');
}

/** The tensor of a layer, whichever layer it is: "q" for "q2"; "r" is the q of a second model. */
function roleOf(tensor: string): string {
  return tensor === 'r' ? 'q' : tensor.replace(/\d+$/, '');
}

function directionsOf(calls: readonly Call[]): string {
  if (calls.some(isBackward)) return 'forward and backward';
  return calls.some(({ pass }) => pass === 2) ? 'forward only' : 'pass 1 only';
}
