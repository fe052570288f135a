import type { Page } from '@playwright/test';
import { LAYER } from './cases.ts';
import { expect, isForEverybody, test } from './rankscope-page.ts';

test.describe('a maintainer reads the event log', () => {
  test('L shows it in the timeline’s place, at the cursor’s moment', async ({
    rankscope,
    page,
  }) => {
    await rankscope.loadIdle();
    await page.keyboard.press('l');
    const table = page.getByRole('table', { name: /Event log/ });
    // All four ranks do the same in every step: a row per step.
    await expect(table).toHaveAttribute('aria-rowcount', String(17 + 1));
    const current = page.locator('[aria-current="step"]');
    await expect(current).toHaveCount(1);
    await expect(current.locator('[data-column="rank"]')).toContainText('0–3');
    await expect(current.first()).toContainText('AssertionError');
    await expect(current.first()).toContainText(
      'Number of heads (2) must be larger than sequence parallel size (4)',
    );
    await page.keyboard.press('l');
    await expect(page.getByTestId('timeline')).toBeVisible();
    await expect(table).toBeHidden();
  });

  test('follows the cursor, and a row is gone to with a click', async ({ rankscope, page }) => {
    await rankscope.loadIdle();
    await page.getByTestId('tab-log').click();
    await page.keyboard.press('Home');
    await page.getByTestId('first-disagreement').click();
    await rankscope.idle();
    const current = page.locator('[aria-current="step"]');
    await expect(current.first()).toContainText('if get_num_kv_heads()');
    await expect(current.first()).toBeInViewport();
    await page.getByTestId('log-text').fill('permute(2, 0, 1, 3, 4)');
    await page.getByTestId('log-row').filter({ hasText: 'permute' }).first().click();
    await rankscope.idle();
    await expect(rankscope.now).toContainText('permute(2, 0, 1, 3, 4)');
  });

  test('is walked by keys: arrows, ends, Enter', async ({ rankscope, page }) => {
    await rankscope.loadIdle();
    await page.keyboard.press('l');
    const active = page.locator('[data-active="true"]');
    await active.focus();
    await page.keyboard.press('Home');
    await expect(active).toHaveAttribute('aria-rowindex', '2');
    await expect(active).toBeFocused();
    for (let row = 0; row < 13; row++) await page.keyboard.press('ArrowDown');
    await expect(active).toHaveAttribute('aria-rowindex', '15');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('ArrowUp');
    await expect(active).toBeInViewport();
    await page.keyboard.press('End');
    await expect(active).toHaveAttribute('aria-rowindex', String(17 + 1));
    await page.keyboard.press('Home');
    // Right shows the ranks of a row one by one, Left puts them together again.
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', String(17 + 4 + 1));
    await page.keyboard.press('ArrowDown');
    await expect(active.locator('[data-column="rank"]')).toHaveText('0');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', String(17 + 1));
    await page.keyboard.press('Enter');
    await rankscope.idle();
    await expect(rankscope.now).toContainText('input');
  });

  test('is filtered by rank, call, kind and words', async ({ rankscope, page }) => {
    await rankscope.loadIdle();
    await page.keyboard.press('l');
    await page.getByTestId('log-ranks').fill('1-2');
    await expect(page.getByTestId('log-found')).toHaveText('34 of 68 events');
    await page.getByTestId('log-call').selectOption('forward: pass 2 of o');
    await expect(page.getByTestId('log-found')).toHaveText('10 of 68 events');
    await page.getByTestId('log-kind').selectOption('decision');
    await expect(page.getByTestId('log-row')).toHaveCount(1);
    await expect(page.getByTestId('log-row').first()).toContainText('1–2');
    await expect(page.getByTestId('log-row').first()).toContainText('2 % 4 = 2: uneven path');
    await page.getByTestId('log-text').fill('even path');
    await expect(page.getByTestId('log-row')).toHaveCount(1);
  });

  test('a filter that cannot be read is answered, and the last good one stays', async ({
    rankscope,
    page,
  }) => {
    await rankscope.loadIdle();
    await page.keyboard.press('l');
    const ranks = page.getByTestId('log-ranks');
    await ranks.fill('3');
    await ranks.fill('3, nine');
    await expect(page.getByTestId('log-problem')).toHaveText(
      '“nine” is no rank; ranks are written as 0, 2 or 4-7',
    );
    await expect(ranks).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', '18');
    await ranks.fill('7');
    await expect(page.getByTestId('log-problem')).toHaveText(
      'there is no rank 7; the ranks are 0 to 3',
    );
  });

  test('nothing found is said, with a way out; filters outlive a look at the timeline', async ({
    rankscope,
    page,
  }) => {
    await rankscope.loadIdle();
    await page.keyboard.press('l');
    await page.getByTestId('log-text').fill('coffee');
    await expect(page.getByTestId('log-empty')).toContainText(
      'This run has no event with “coffee”.',
    );
    await page.getByTestId('tab-timeline').click();
    await page.getByTestId('tab-log').click();
    await expect(page.getByTestId('log-text')).toHaveValue('coffee');
    await page.getByRole('button', { name: 'Show all 68 events' }).click();
    await expect(page.getByTestId('log-found')).toHaveText('68 events');
  });

  test('stays with a run of many ranks, and a call that the next run lacks is said', async ({
    rankscope,
    page,
  }) => {
    await rankscope.loadIdle();
    await page.keyboard.press('l');
    await rankscope.show(LAYER);
    await page.getByTestId('log-call').selectOption('backward: gradient of v, pass 2');
    await expect(page.getByTestId('log-found')).toHaveText(/^176 of 1,488 events$/);
    expect(await page.getByTestId('log-row').count()).toBeLessThan(60);
    await rankscope.show({ ...LAYER, program: 'roundTrip' });
    await expect(page.getByTestId('log-empty')).toContainText(
      'This run has no event in backward: gradient of v, pass 2.',
    );
  });
});

test.describe('copying for an issue', () => {
  const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

  test('a row, by key and by button', async ({ rankscope, page }) => {
    await rankscope.loadIdle();
    await page.keyboard.press('l');
    await page.locator('[data-active="true"]').focus();
    await page.keyboard.press('ControlOrMeta+c');
    await expect(page.getByTestId('log-found')).toContainText('row copied');
    expect(await clipboard(page)).toBe(
      'ranks 0–3 · forward: pass 2 of o · step 17: AssertionError (Number of heads (2) must be larger than sequence parallel size (4))',
    );
    await page.getByTestId('log-text').fill('rank 2 · forward: pass 1 of q · step 8');
    await expect(page.getByTestId('log-row')).toHaveCount(1);
    await page.getByRole('button', { name: 'Copy this row' }).click();
    await expect(page.getByTestId('log-found')).toContainText('row copied');
    expect(await clipboard(page)).toBe(
      'rank 2 · forward: pass 1 of q · step 8: all_to_all_single [4, 1, 2, 2, 2] sends 32 elements (input [4, 1, 2, 2, 2], output [4, 1, 2, 2, 2])',
    );
  });

  test('all filtered rows, as Markdown and as TSV', async ({ rankscope, page }) => {
    await rankscope.loadIdle();
    await page.keyboard.press('l');
    await page.getByTestId('log-kind').selectOption('exception');
    await expect(page.getByTestId('log-row')).toHaveCount(1);
    await page.getByTestId('log-copy-Markdown').click();
    await expect(page.getByTestId('log-found')).toContainText('4 events copied as Markdown');
    expect((await clipboard(page)).split('\n')).toHaveLength(3);
    await page.getByTestId('log-copy-TSV').click();
    await expect(page.getByTestId('log-found')).toContainText('4 events copied as TSV');
    expect((await clipboard(page)).split('\n')[1]?.split('\t').slice(0, 5)).toEqual([
      '17',
      '0–3',
      'forward: pass 2 of o',
      'exception',
      'AssertionError',
    ]);
  });
});

test('the log is for everybody', async ({ rankscope, page }) => {
  await rankscope.loadIdle();
  await page.keyboard.press('l');
  await page.getByTestId('log-ranks').fill('nine');
  await rankscope.idle();
  await isForEverybody(page);
});
