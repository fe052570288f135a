import { expect, isForEverybody, isSeenWhole, SIZES, test } from './rankscope-page.ts';

test.describe('opening the page', () => {
  test('tells issue #6774 without a click', async ({ rankscope, page }) => {
    await rankscope.loadIdle();
    await expect(rankscope.headline).toHaveText(
      'Pass 2 mistakes an evenly split model for an uneven one: it divides a head count that pass 1 had already divided.',
    );
    await expect(rankscope.verdict).toHaveText('✕ pass 2 raises on 4 of 4 ranks');
    const passes = page.getByTestId('passes').getByRole('listitem');
    await expect(passes.nth(0)).toContainText('8 % 4 = 0');
    await expect(passes.nth(0)).toContainText('even path');
    await expect(passes.nth(1)).toContainText('2 % 4 = 2');
    await expect(passes.nth(1)).toContainText('uneven path');
    await expect(page.getByTestId('condition')).toContainText('num_heads');
    await expect(page.getByTestId('exception')).toContainText(
      'Number of heads (2) must be larger than sequence parallel size (4)',
    );
    await expect(page.getByTestId('same-case-deepspeed-6797')).toContainText('#6797');
    await expect(page.getByTestId('advice')).toContainText('≥ 0.16.2 (#6797)');
    await expect(rankscope.ribbon.nth(2)).toContainText('should be [1, 2, 8, 2]');
    await expect(rankscope.ribbon.nth(2)).toHaveAttribute('data-wrong', 'true');
  });

  test('plays pass 1 by itself and stops where pass 2 stops', async ({ rankscope, page }) => {
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await rankscope.load();
    await expect(rankscope.now).toContainText('forward: pass 1 of q');
    await rankscope.idle();
    await expect(rankscope.now).toContainText('AssertionError');
  });

  test('one click shows the same case with the fix, or on fewer ranks', async ({
    rankscope,
    page,
  }) => {
    for (const [id, shape] of [
      ['deepspeed-6797', '[1, 2, 8, 2]'],
      ['sp-2', '[1, 4, 8, 2]'],
    ] as const) {
      await rankscope.openIdle();
      await page.getByTestId(`same-case-${id}`).click();
      await rankscope.idle();
      await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
      await expect(rankscope.ribbon.nth(2)).toHaveAttribute('data-wrong', 'false');
      await expect(rankscope.ribbon.nth(2)).toContainText(shape);
      await expect(page.getByTestId('advice')).toHaveCount(0);
    }
  });

  test('says why once, and moves nothing when the verdict changes', async ({ rankscope, page }) => {
    await page.goto('/');
    await rankscope.idle();
    await expect(rankscope.headline).toHaveCount(1);
    await expect(page.getByTestId('verdict').locator('[data-term]')).toHaveCount(0);
    const places = async () => [
      await page.getByTestId('verdict-band').boundingBox(),
      await page.getByTestId('copy').boundingBox(),
      await page.getByTestId('stage').boundingBox(),
    ];
    const before = await places();
    await page.getByTestId('same-case-deepspeed-6797').click();
    await rankscope.idle();
    await expect(page.getByTestId('verdict-band')).toHaveAttribute('data-verdict', 'fine');
    await expect(page.getByTestId('passed')).toBeVisible();
    await expect(page.getByTestId('scope')).toHaveCount(0);
    const after = await places();
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after[2]?.x).toEqual(before[2]?.x);
  });

  test('is for everybody, and seen whole', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await isForEverybody(page);
    await isSeenWhole(page);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await rankscope.idle();
      await expect(page.getByTestId('same-case-deepspeed-6797')).toBeInViewport();
      await expect(page.getByTestId('config-drop')).toBeInViewport({ ratio: 1 });
    }
  });

  test('no flight for those who asked for none', async ({ rankscope, page }) => {
    await rankscope.load();
    await expect(rankscope.now).toContainText('AssertionError');
    await page.keyboard.press('ArrowLeft');
    await expect(rankscope.now).toContainText('assert num_heads > seq_world_size');
  });
});

test('what cannot start says so in its place, and can be tried again', async ({ context }) => {
  const page = await context.newPage();
  const blocked = /(rank\.worker|museum-place)-/;
  await page.route(blocked, (route) => route.abort());
  await page.goto('/');
  await expect(page.getByTestId('no-run')).toContainText('could not be started');
  await page.keyboard.press('3');
  await expect(page.getByTestId('failed')).toContainText('could not be fetched');
  await page.keyboard.press('1');
  await page.unroute(blocked);
  await page.getByTestId('run-again').click();
  await expect(page.getByTestId('verdict')).toHaveText('✕ pass 2 raises on 4 of 4 ranks');
  await expect(page.getByTestId('no-run')).toHaveCount(0);
});
