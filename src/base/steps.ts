/**
 * Work that is done in steps, none of them long: between two of them whoever does it may see to
 * something else, or leave it.
 */
export type Steps<T> = Generator<void, T, void>;

/** Does all that is left of some work, in one go. */
export function finish<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
