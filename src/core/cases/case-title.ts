import type { Case } from '../contract/case.ts';
import { findImplementation } from '../programs/implementations/index.ts';
import { titleWith } from './scope.ts';

/**
 * What runs, in a few words: "DeepSpeed 0.15.4". A case whose condition or guards are its own is never
 * given the name of what was published: "DeepSpeed 0.15.4 + edited rule". It asks the catalogue, which
 * a recording does without: that has its title in its contract.
 */
export function titleOf(c: Pick<Case, 'implementation' | 'condition' | 'guards'>): string {
  return titleWith(c, findImplementation(c.implementation)?.title ?? c.implementation);
}
