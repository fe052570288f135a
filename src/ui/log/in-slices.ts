/** Milliseconds of work at a stretch: the page stays answerable between. */
const SLICE = 8;
/** How many are done between two looks at the clock. */
const BATCH = 256;

/**
 * Does `work` for the numbers from 0 to `count`, a stretch at a time, the first at once; `pause` is
 * called after each slice, the last one too. Gives back what calls off the rest.
 */
export function inSlices(
  count: number,
  work: (from: number, to: number) => void,
  pause: (done: boolean) => void,
): () => void {
  let next = 0;
  let timeout: ReturnType<typeof setTimeout> | undefined;
  const slice = () => {
    const end = performance.now() + SLICE;
    do {
      const to = Math.min(count, next + BATCH);
      work(next, to);
      next = to;
    } while (next < count && performance.now() < end);
    if (next < count) timeout = setTimeout(slice);
    pause(next >= count);
  };
  slice();
  return () => clearTimeout(timeout);
}
