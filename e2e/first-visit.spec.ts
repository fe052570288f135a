import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './rankscope-page.ts';

test.describe('opening the page', () => {
  test('tells issue #6774 without a click', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await expect(rankscope.headline).toHaveText(
      'Pass 2 takes an even model for an uneven one: it divides a head count that pass 1 had already divided.',
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
    await expect(rankscope.ribbon.nth(2)).toContainText('should be [1, 2, 8, 2]');
    await expect(rankscope.ribbon.nth(2)).toHaveAttribute('data-wrong', 'true');
  });

  test('plays pass 1 by itself and stops where pass 2 stops', async ({ rankscope, page }) => {
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await rankscope.open();
    await expect(rankscope.now).toContainText('pass 1 of q');
    await rankscope.idle();
    await expect(rankscope.now).toContainText('AssertionError');
  });

  for (const [id, name] of [
    ['deepspeed-6797', 'the merged fix'],
    ['deepspeed-6774-suggestion', 'the issue’s suggestion'],
  ] as const) {
    test(`one click shows the same case under ${name}`, async ({ rankscope, page }) => {
      await rankscope.openIdle();
      await page.getByTestId(`same-case-${id}`).click();
      await rankscope.idle();
      await expect(rankscope.verdict).toHaveText('✓ every element comes home');
      await expect(rankscope.ribbon.nth(2)).toHaveAttribute('data-wrong', 'false');
      await expect(rankscope.ribbon.nth(2)).toContainText('[1, 2, 8, 2]');
    });
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing serious (${colorScheme})`, async ({ rankscope, page }) => {
      await page.emulateMedia({ colorScheme });
      await rankscope.openIdle();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(
        ({ impact }) => impact === 'serious' || impact === 'critical',
      );
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    });
  }

  for (const { width, height } of [
    { width: 1280, height: 720 },
    { width: 1920, height: 1080 },
  ]) {
    test(`nothing is cut off at ${width} × ${height}`, async ({ rankscope, page }) => {
      await page.setViewportSize({ width, height });
      await rankscope.openIdle();
      const overflow = await page.evaluate(() => ({
        x: document.documentElement.scrollWidth - window.innerWidth,
        y: document.documentElement.scrollHeight - window.innerHeight,
      }));
      expect(overflow).toEqual({ x: 0, y: 0 });
      await expect(page.getByTestId('same-case-deepspeed-6797')).toBeInViewport();
      await expect(page.getByTestId('config-drop')).toBeInViewport({ ratio: 1 });
    });
  }

  test('no flight for those who asked for none', async ({ rankscope, page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await rankscope.open();
    await expect(rankscope.now).toContainText('AssertionError');
    await page.keyboard.press('ArrowLeft');
    await expect(rankscope.now).toContainText('assert num_heads > seq_world_size');
  });
});
