import { zoomIdentity } from 'd3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearnessOf, sameNearness, transformOf } from './nearness.ts';

const MOST = 40;

test('the whole is no nearness', () => {
  expect(nearnessOf(zoomIdentity, { width: 800, height: 400 })).toBeNull();
  expect(transformOf(null, { width: 800, height: 400 }, MOST)).toEqual(zoomIdentity);
});

test('what is near fills the stage, and is written down as it was', () => {
  const share = fc.integer({ min: 0, max: 100_000 }).map((units) => units / 100_000);
  fc.assert(
    fc.property(
      fc.record({
        scale: fc.integer({ min: 1001, max: MOST * 1000 }).map((units) => units / 1000),
        x: share,
        y: share,
      }),
      fc.record({
        width: fc.integer({ min: 200, max: 4000 }),
        height: fc.integer({ min: 200, max: 4000 }),
      }),
      (nearness, size) => {
        const transform = transformOf(nearness, size, MOST);
        const [left, top] = transform.invert([0, 0]);
        const [right, bottom] = transform.invert([size.width, size.height]);
        expect(left).toBeGreaterThanOrEqual(-1e-6);
        expect(top).toBeGreaterThanOrEqual(-1e-6);
        expect(right).toBeLessThanOrEqual(size.width + 1e-6);
        expect(bottom).toBeLessThanOrEqual(size.height + 1e-6);
        const written = nearnessOf(transform, size);
        expect(written?.scale).toBe(nearness.scale);
        const again = transformOf(written, size, MOST);
        // Shares are written to 5 digits: half a unit of the last, as large as it is seen.
        const slack = 0.5e-5 * size.width * nearness.scale + 1e-6;
        expect(Math.abs(again.x - transform.x)).toBeLessThanOrEqual(slack);
        expect(sameNearness(nearnessOf(again, size), written)).toBe(true);
      },
    ),
  );
});

test('on a smaller stage one comes no nearer than it allows', () => {
  const nearness = { scale: 30, x: 0.5, y: 0.5 };
  expect(transformOf(nearness, { width: 400, height: 300 }, 8).k).toBe(8);
});
