import { FINE } from './cases.ts';
import { expect, isForEverybody, test } from './rankscope-page.ts';

test.describe('the inspector', () => {
  test('shows a maintainer the decision of #6774: its line, its operands, what decided it', async ({
    rankscope,
    page,
  }) => {
    await rankscope.openIdle();
    await page.keyboard.press('i');
    const inspector = page.getByTestId('inspector');
    await expect(page.getByTestId('failure')).toContainText('Number of heads (2) must be larger');
    for (let step = 0; step < 2; step++) {
      await page.keyboard.press('ArrowLeft');
      await rankscope.idle();
    }
    await expect(page.getByTestId('inspected-where')).toHaveText(
      'on all 4 ranks · forward: pass 2 of o · step 15 of 17',
    );
    await expect(page.getByTestId('current-line')).toContainText('rank.choosesUneven(');
    await expect(inspector.getByTestId('condition')).toContainText('num_heads2');
    await expect(page.getByTestId('decided-by')).toHaveText(
      'Decided by num_heads % seq_world_size != 0, which is True.',
    );
    await expect(page.getByTestId('head-count')).toContainText('all 4 ranks: unset, as before');
    await page.getByRole('button', { name: /^deepspeed-6392:/ }).click();
    await expect(page.getByTestId('current-line')).toContainText('unevenLayer');
  });

  test('shows which pairs of ranks disagree with 20 heads', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await rankscope.show({ ...FINE, implementation: 'deepspeed-6392', heads: 20 });
    await page.getByTestId('side-inspector').click();
    await expect(page.getByTestId('disagreeing')).toHaveText('✕ 6 of 16 pairs disagree.');
    await expect(page.getByTestId('pairs').getByRole('listitem').first()).toHaveText(
      '✕ rank 0 sends 20 elements to rank 1, which expects 40',
    );
    const rows = page.getByTestId('split-matrix').getByRole('row');
    await expect(rows).toHaveCount(5);
    await expect(rows.nth(1).getByRole('cell')).toHaveText([
      '20',
      '✕ 20 / 40',
      '✕ 20 / 40',
      '✕ 20 / 40',
    ]);
    await expect(page.getByTestId('traffic')).toContainText('rank 0: sends 80 elements, 320 B');
  });

  test('draws of a large matrix only what is in sight', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await rankscope.show({ ...FINE, sp: 96, seq: 96, heads: 96, headDim: 1 });
    await page.getByTestId('side-inspector').click();
    const operation = page.getByTestId('inspected-operation');
    await page.getByTestId('timeline').focus();
    await page.keyboard.press('Home');
    await rankscope.idle();
    while (!/^(the pieces land|all_to_all)/.test((await operation.textContent()) ?? '')) {
      await page.keyboard.press('ArrowRight');
      await rankscope.idle();
    }
    await expect(page.getByTestId('disagreeing')).toHaveText(
      '✓ Every rank sends what its peer expects.',
    );
    const cells = page.getByTestId('split-matrix').getByRole('cell');
    expect(await cells.count()).toBeLessThan(1200);
  });

  test('follows an element there and home again, hop by hop', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await rankscope.show(FINE);
    await page.keyboard.press('Home');
    await page.getByTestId('side-inspector').click();
    await page.getByTestId('inspected-rank').selectOption('1');
    await page.getByTestId('follow-first').click();
    const element = page.getByTestId('element');
    await expect(element).toContainText('Element (b 0, s 2, h 0, d 0) of q');
    await expect(page.getByTestId('element-belongs')).toHaveText(
      'on rank 0 at [0, 2, 0, 0], once forward: pass 1 of q returns',
    );
    const landings = page.getByTestId('hop').filter({ hasText: 'the pieces land' });
    await expect(landings).toHaveCount(2);
    await landings.first().click();
    await rankscope.idle();
    await expect(landings.first()).toHaveAttribute('aria-current', 'step');
    await expect(page.getByTestId('inspected-operation')).toHaveText('the pieces land');
    await expect(page.getByTestId('element-now')).toHaveText('rank 0 at [1, 0, 0, 0, 0]');
    await landings.last().click();
    await rankscope.idle();
    await expect(page.getByTestId('element-now')).toHaveText('rank 1 at [0, 0, 0, 0, 0]');
    await page.getByTestId('hop').last().click();
    await rankscope.idle();
    await expect(page.getByTestId('element-belongs')).toHaveText('✓ on rank 1 at [0, 0, 0, 0]');
    await expect(page.getByTestId('element-instead')).toHaveText(
      'itself, on rank 1 at [0, 0, 0, 0]',
    );
  });

  test('says who should be where an element was misplaced', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await rankscope.show({
      ...FINE,
      implementation: 'deepspeed-8342',
      program: 'layerForwardBackward',
    });
    await page.keyboard.press('Home');
    await page.getByTestId('side-inspector').click();
    await page.getByTestId('follow-wrong').click();
    await rankscope.idle();
    const element = page.getByTestId('element').getByRole('heading', { level: 3 });
    const own = await element.textContent();
    await expect(page.getByTestId('element-belongs')).toContainText('✕');
    await expect(page.getByTestId('element-instead')).toContainText('should be');
    await page.getByTestId('element-instead').getByRole('button').first().click();
    await expect(element).not.toHaveText(own ?? '');
  });

  test('is used by keyboard alone', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await page.keyboard.press('i');
    await expect(page.getByTestId('inspector')).toBeVisible();
    await expect(page.getByTestId('side-inspector')).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Home');
    await rankscope.idle();
    await page.getByTestId('follow-first').focus();
    await page.keyboard.press('Enter');
    const hops = page.getByTestId('hop');
    await hops.nth(2).focus();
    await page.keyboard.press('Enter');
    await rankscope.idle();
    await expect(hops.nth(2)).toHaveAttribute('aria-current', 'step');
    await expect(hops.nth(2)).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await rankscope.idle();
    await expect(hops.nth(3)).toHaveAttribute('aria-current', 'step');
    await page.getByTestId('side-inspector').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('explanation')).toBeVisible();
  });

  test('is for everybody', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await rankscope.show({ ...FINE, implementation: 'deepspeed-6392', heads: 20 });
    await page.getByTestId('side-inspector').click();
    await page.getByTestId('follow-first').click();
    await expect(page.getByTestId('hop').first()).toBeAttached();
    await isForEverybody(page);
  });
});
