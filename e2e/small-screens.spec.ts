import type { Page } from '@playwright/test';
import { expect, isForEverybody, type RankscopePage, test } from './rankscope-page.ts';

/** A phone, a tablet, and a laptop's page at 200 %. */
const SMALL = [
  { width: 400, height: 800 },
  { width: 820, height: 1180 },
  { width: 640, height: 360 },
] as const;

/** The places of the page, and the way to each. */
const WAYS: readonly {
  readonly name: string;
  readonly go: (rankscope: RankscopePage) => Promise<void>;
}[] = [
  { name: 'stage', go: ({ page }) => page.keyboard.press('1') },
  { name: 'log', go: ({ page }) => page.keyboard.press('l') },
  { name: 'case', go: ({ page }) => page.getByTestId('case-tab').click() },
  { name: 'map', go: ({ page }) => page.keyboard.press('2') },
  { name: 'museum', go: ({ page }) => page.keyboard.press('3') },
  { name: 'lessons', go: ({ page }) => page.keyboard.press('4') },
  { name: 'file', go: ({ page }) => page.getByTestId('file').click() },
  { name: 'export', go: (rankscope) => rankscope.fromFileMenu('export') },
  { name: 'palette', go: ({ page }) => page.getByTestId('open-palette').click() },
  { name: 'keys', go: ({ page }) => page.keyboard.press('?') },
  { name: 'glossary', go: ({ page }) => page.keyboard.press('g') },
  {
    name: 'compare',
    async go({ page }) {
      await page.keyboard.press('v');
      await page.getByRole('option').first().click();
    },
  },
];

for (const size of SMALL) {
  test(`every place is usable at ${size.width} × ${size.height}`, async ({ rankscope, page }) => {
    test.setTimeout(180_000);
    await page.setViewportSize(size);
    for (const { name, go } of WAYS) {
      await rankscope.openIdle();
      await go(rankscope);
      await rankscope.idle();
      expect(await sideways(page), name).toBe(0);
      expect(await smallTargets(page), name).toEqual([]);
      await page.keyboard.press('Escape');
    }
  });
}

test('a lesson is followed and answered on a phone', async ({ rankscope, page }) => {
  await page.setViewportSize(SMALL[0]);
  await page.goto('/#lesson/pass-1/4');
  await rankscope.idle();
  await expect(page.getByTestId('stage')).toBeInViewport();
  for (const head of [4, 5]) await page.getByTestId(`pick-${head}`).click();
  await page.getByTestId('answer').click();
  await rankscope.idle();
  await expect(page.getByTestId('told')).toBeVisible();
  expect(await sideways(page)).toBe(0);
  expect(await smallTargets(page)).toEqual([]);
  await isForEverybody(page);
});

test('a phone’s case is a line that unfolds', async ({ rankscope, page }) => {
  await page.setViewportSize(SMALL[0]);
  await rankscope.openIdle();
  await expect(rankscope.field('heads')).toBeHidden();
  await page.getByTestId('case-tab').click();
  await rankscope.fill('heads', '12');
  await expect(rankscope.field('heads')).toBeInViewport();
  await isForEverybody(page);
});

test('a phone shows the pictures of the museum, and all of the case’s name', async ({
  rankscope,
  page,
}) => {
  await page.setViewportSize(SMALL[0]);
  await page.goto('/#museum');
  await rankscope.idle();
  const card = page.getByTestId('exhibit-6774');
  const [whole, picture] = await Promise.all([
    card.boundingBox(),
    card.getByTestId('picture').boundingBox(),
  ]);
  expect(picture?.width).toBeGreaterThan(0.8 * (whole?.width ?? 0));
  const cut = await page
    .getByTestId('case-line')
    .locator(':scope > *')
    .evaluateAll((parts) => parts.filter((one) => one.scrollWidth > one.clientWidth).length);
  expect(cut).toBe(0);
});

/** By how many pixels the page is wider than its window. */
async function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** What can be pressed and is smaller than a finger: 40 px, or as far around it as a press is heard. */
async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const LEAST = 39.5;
    const all = document.querySelectorAll<HTMLElement>(
      'button:not([data-term]), select, summary, input:not([type="range"], [hidden])',
    );
    const open = document.querySelector('[role="dialog"]');
    return [...all].flatMap((one) => {
      if (open !== null && !open.contains(one)) return [];
      if (!one.checkVisibility({ visibilityProperty: true })) return [];
      if (one.closest('.visually-hidden') !== null || one.dataset.testid === 'skip') return [];
      one.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { width, height, x, y } = one.getBoundingClientRect();
      const [middle, centre] = [x + width / 2, y + height / 2];
      const heard = (dx: number, dy: number) =>
        document.elementFromPoint(middle + dx, centre + dy)?.closest('button') === one;
      const wide = width >= LEAST || (heard(-19, 0) && heard(19, 0));
      const high = height >= LEAST || (heard(0, -19) && heard(0, 19));
      const name = one.dataset.testid ?? one.getAttribute('aria-label') ?? one.textContent;
      return wide && high ? [] : [`${name}: ${Math.round(width)} × ${Math.round(height)}`];
    });
  });
}
