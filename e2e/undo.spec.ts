import { expect, test } from './rankscope-page.ts';

test.describe('undo', () => {
  test('takes changes of the case back, one by one, and redo makes them again', async ({
    rankscope,
    page,
  }) => {
    await rankscope.loadIdle();
    await expect(page.getByTestId('undo')).toBeDisabled();
    await rankscope.fill('heads', '9');
    await rankscope.choose('implementation', /0\.16\.2/);
    await page.keyboard.press('ControlOrMeta+z');
    await rankscope.idle();
    await expect(page.getByTestId('field-implementation')).toContainText('6392');
    await page.getByTestId('undo').click();
    await rankscope.idle();
    await expect(rankscope.field('heads')).toHaveValue('8');
    await expect(rankscope.verdict).toHaveText('✕ pass 2 raises on 4 of 4 ranks');
    await page.keyboard.press('ControlOrMeta+Shift+z');
    await page.keyboard.press('ControlOrMeta+y');
    await rankscope.idle();
    await expect(page.getByTestId('field-implementation')).toContainText('6797');
    await expect(rankscope.field('heads')).toHaveValue('9');
    await expect(page.getByTestId('redo')).toBeDisabled();
  });

  test('brings back a case, not what was refused over it', async ({ rankscope, page }) => {
    await rankscope.loadIdle();
    await rankscope.fill('sp', '2.5');
    await expect(rankscope.field('sp')).toHaveAttribute('aria-invalid', 'true');
    await rankscope.choose('implementation', /0\.16\.2/);
    await expect(rankscope.field('sp')).toHaveValue('4');
    await page.getByTestId('undo').click();
    await rankscope.idle();
    await expect(page.getByTestId('field-implementation')).toContainText('6392');
    await expect(rankscope.field('sp')).toHaveValue('4');
    await expect(rankscope.field('sp')).toHaveAttribute('aria-invalid', 'false');
  });

  test('takes a whole drag of a slider back', async ({ rankscope, page }) => {
    await rankscope.loadIdle();
    await rankscope.drag('Query heads', 0.3);
    const there = await rankscope.field('heads').inputValue();
    await rankscope.drag('Query heads', 0.6);
    await page.keyboard.press('ControlOrMeta+z');
    await rankscope.idle();
    await expect(rankscope.field('heads')).toHaveValue(there);
    await page.keyboard.press('ControlOrMeta+z');
    await rankscope.idle();
    await expect(rankscope.field('heads')).toHaveValue('8');
    await expect(page.getByTestId('undo')).toBeDisabled();
  });

  test('leads back to the first case from anywhere', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await rankscope.fill('heads', '20');
    await rankscope.fill('batch', '2');
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByTestId('action-first-case').click();
    await rankscope.idle();
    await expect(rankscope.verdict).toHaveText('✕ pass 2 raises on 4 of 4 ranks');
    await page.keyboard.press('ControlOrMeta+z');
    await rankscope.idle();
    await expect(rankscope.field('heads')).toHaveValue('20');
  });
});
