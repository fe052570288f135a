import { at } from '../../base/assert.ts';

/** Two lists to be laid side by side: how long each is, and what a pair of their members is worth. */
export interface TwoLists {
  readonly lengthA: number;
  readonly lengthB: number;
  /** How much the members at `a` and `b` have in common; 0 for nothing: they are never paired. */
  worth(a: number, b: number): number;
  /** A negative number where the member at `a` comes before the one at `b` for no better reason. */
  order(a: number, b: number): number;
}

/**
 * The pairs that have most in common together while both lists keep their order: a longest common
 * subsequence, weighted. Swapping the lists swaps the pairs and changes nothing else, as long as
 * `worth` and `order` do not care which list is which.
 */
export function bestPairs(lists: TwoLists): readonly (readonly [a: number, b: number])[] {
  const { lengthA, lengthB, worth, order } = lists;
  const width = lengthB + 1;
  // best[a * width + b]: what can be had of everything from a and b on.
  const best = new Float64Array((lengthA + 1) * width);
  const worths = new Float64Array(lengthA * lengthB);
  for (let a = lengthA - 1; a >= 0; a--) {
    for (let b = lengthB - 1; b >= 0; b--) {
      const own = worth(a, b);
      worths[a * lengthB + b] = own;
      const paired = own > 0 ? own + at(best, (a + 1) * width + b + 1) : 0;
      best[a * width + b] = Math.max(
        paired,
        at(best, (a + 1) * width + b),
        at(best, a * width + b + 1),
      );
    }
  }
  const pairs: [number, number][] = [];
  let a = 0;
  let b = 0;
  while (a < lengthA && b < lengthB) {
    const own = at(worths, a * lengthB + b);
    const withoutA = at(best, (a + 1) * width + b);
    const withoutB = at(best, a * width + b + 1);
    if (own > 0 && at(best, a * width + b) === own + at(best, (a + 1) * width + b + 1)) {
      pairs.push([a, b]);
      a += 1;
      b += 1;
    } else if (withoutA > withoutB || (withoutA === withoutB && order(a, b) < 0)) a += 1;
    else b += 1;
  }
  return pairs;
}
