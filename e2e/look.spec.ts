import type { Page } from '@playwright/test';
import { FINE } from './cases.ts';
import { expect, type RankscopePage, test } from './rankscope-page.ts';

/** A part of the page, by its test id, as it was last found to be right: `e2e/looks/`. */
async function looks(page: Page, part: string, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => window.rankscope.whenIdle());
  await expect(page.getByTestId(part)).toHaveScreenshot(`${name}.png`);
}

async function press(rankscope: RankscopePage, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await rankscope.page.keyboard.press(key);
    await rankscope.idle();
  }
}

test.describe('what is drawn looks as it did', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the first case (${colorScheme})`, async ({ rankscope, page }) => {
      await page.emulateMedia({ colorScheme });
      await rankscope.openIdle();
      await looks(page, 'stage', `stage-6774-${colorScheme}`);
      await looks(page, 'timeline', `timeline-6774-${colorScheme}`);
      await page.getByTestId('place-map').click();
      await looks(page, 'map', `map-${colorScheme}`);
    });
  }

  test('the stage: memory strip, hue by chunk, many ranks, wrong elements', async ({
    rankscope,
    page,
  }) => {
    await rankscope.openIdle();
    await press(rankscope, 'Home', 'ArrowRight', 'ArrowRight', 'm');
    await looks(page, 'stage', 'stage-memory');
    await press(rankscope, 'm');
    await page.getByTestId('colour-by').click();
    await looks(page, 'stage', 'stage-by-chunk');
    await page.getByTestId('colour-by').click();
    await rankscope.show({ ...FINE, sp: 64, seq: 64, heads: 128, headDim: 1 });
    await looks(page, 'stage', 'stage-64-ranks');
    await rankscope.show({ ...FINE, implementation: 'deepspeed-5664' });
    await looks(page, 'stage', 'stage-wrong');
  });

  test('the timeline: a layer with backward, a rank that waits forever', async ({
    rankscope,
    page,
  }) => {
    await rankscope.openIdle();
    await rankscope.show({ ...FINE, program: 'layerForwardBackward', sp: 16, seq: 16, heads: 32 });
    await looks(page, 'timeline', 'timeline-layer');
    await rankscope.show({ ...FINE, fault: { kind: 'raises-before', rank: 2, call: 1 } });
    await looks(page, 'timeline', 'timeline-waits');
    await looks(page, 'stage', 'stage-waits');
  });

  test('two sides', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await page.getByTestId('compare-with-it').click();
    await rankscope.idle();
    await looks(page, 'comparison', 'compare-6774');
  });
});
