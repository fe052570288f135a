import type { Page } from '@playwright/test';
import { runnerImport } from 'vite';
import { expect, isForEverybody, isSeenWhole, type RankscopePage, test } from './rankscope-page.ts';

// The museum asks the catalogue of implementations, a folder that only Vite can read.
const { PAIRS } = (
  await runnerImport<typeof import('../src/content/museum/index.ts')>(
    './src/content/museum/index.ts',
  )
).module;

/** #6392 and #6797 side by side on issue #6774. */
async function compareFix(rankscope: RankscopePage, page: Page): Promise<void> {
  await rankscope.openIdle();
  const beside = page.getByTestId('compare-with-it');
  await expect(beside).toHaveText('Compare with the fix (#6797)');
  await beside.click();
  await rankscope.idle();
}

async function choosePair(rankscope: RankscopePage, page: Page, id: string): Promise<void> {
  await page.keyboard.press('v');
  await page.getByTestId(`action-compare-${id}`).click();
  await rankscope.idle();
}

test.describe('a maintainer reviews the fix of #6774', () => {
  test('sees both runs, their verdicts, and what differs first', async ({ rankscope, page }) => {
    await compareFix(rankscope, page);
    await expect(page.getByTestId('side-left')).toContainText('DeepSpeed 0.15.4');
    await expect(page.getByTestId('side-right')).toContainText('DeepSpeed 0.16.2');
    await expect(page.getByTestId('verdict-left')).toHaveText('✕ pass 2 raises on 4 of 4 ranks');
    await expect(page.getByTestId('verdict-right')).toHaveAttribute('data-verdict', 'fine');
    await expect(page.getByTestId('first-difference-text')).toHaveText(
      'What differs first: In forward: pass 2 of o, step 3, left decides uneven (2 % 4 = 2), right decides even (2 % 4 = 2, scatter_idx = 1).',
    );
    const marked = (testId: string) =>
      page.getByTestId(testId).locator('li[data-differs="true"]').allInnerTexts();
    expect((await marked('ribbon')).join()).toContain('pass 2 of o; should be [1, 2, 8, 2]');
    expect((await marked('ribbon-partner')).join()).toContain('[1, 2, 8, 2]');
  });

  test('goes from difference to difference by key', async ({ rankscope, page }) => {
    await compareFix(rankscope, page);
    await page.keyboard.press('Home');
    await expect(page.getByTestId('difference-now')).toHaveText('No difference in this step.');
    await page.keyboard.press('f');
    await rankscope.idle();
    await expect(rankscope.now).toContainText('if get_num_kv_heads()');
    await expect(page.getByTestId('difference-now')).toContainText('left decides uneven');
    await page.keyboard.press('n');
    await rankscope.idle();
    await expect(page.getByTestId('difference-now')).toContainText(
      'left asserts num_heads > seq_world_size, right does reshape(1, 4, 2, 2, 2)',
    );
    await page.keyboard.press('Home');
    await page.getByTestId('first-difference').click();
    await rankscope.idle();
    await expect(page.getByTestId('difference-now')).toContainText('left decides uneven');
  });

  test('swaps the sides and stays at the same step', async ({ rankscope, page }) => {
    await compareFix(rankscope, page);
    await page.keyboard.press('f');
    await rankscope.idle();
    const held = (testId: string) =>
      page.getByTestId(testId).locator('[data-drawn="card"]').allTextContents();
    const before = await held('stage-partner');
    await page.keyboard.press('x');
    await rankscope.idle();
    await expect(page.getByTestId('verdict-left')).toHaveAttribute('data-verdict', 'fine');
    await expect(page.getByTestId('difference-now')).toContainText(
      'left decides even (2 % 4 = 2, scatter_idx = 1), right decides uneven',
    );
    expect(await held('stage')).toEqual(before);
    await page.keyboard.press('End');
    await rankscope.idle();
    await expect(rankscope.now).toContainText('return [1, 2, 8, 2]');
  });

  test('changes the heads, and both sides follow', async ({ rankscope, page }) => {
    await compareFix(rankscope, page);
    await page.getByTestId('case-tab').click();
    await rankscope.fill('heads', '20');
    await expect(page.getByTestId('verdict-left')).toHaveText(
      '✕ ranks disagree on sizes in pass 2',
    );
    await expect(page.getByTestId('verdict-right')).toHaveAttribute('data-verdict', 'fine');
    for (const ribbon of ['ribbon', 'ribbon-partner']) {
      await expect(page.getByTestId(ribbon).getByRole('listitem').first()).toContainText(
        '[1, 2, 20, 2]',
      );
    }
    await rankscope.fill('sp', '2');
    await expect(page.getByTestId('stage-partner').locator('[data-drawn="card"]')).toHaveCount(2);
  });

  test('follows an element on both sides, and comes nearer on both', async ({
    rankscope,
    page,
  }) => {
    await compareFix(rankscope, page);
    await page.getByTestId('timeline').press('Home');
    await page.getByTestId('stage-partner').focus();
    for (const key of ['Enter', 'ArrowDown', 'Enter', '+']) {
      await page.keyboard.press(key);
      await rankscope.idle();
    }
    await expect(page.getByTestId('following')).toHaveText([
      /\(b 0, s 1, h 0, d 0\)/,
      /\(b 0, s 1, h 0, d 0\)/,
    ]);
    const widths = page.locator('[data-drawn="card"][data-rank="0"] [data-drawn="card-box"]');
    const [left, right] = await widths.evaluateAll((all) =>
      all.map((one) => one.getAttribute('width')),
    );
    expect(left).toBe(right);
    expect(page.url()).toMatch(/&nearness=1\.5(%3A|:)/);
  });

  test('presses a step of the rail', async ({ rankscope, page }) => {
    await compareFix(rankscope, page);
    const axis = page.getByTestId('difference-rail').getByRole('img');
    await expect(axis).toHaveAccessibleName('Left and right, step by step: 10 of 24 steps differ');
    await axis.click({ position: { x: 3, y: 10 } });
    await rankscope.idle();
    expect(await rankscope.cursor()).toBe(0);
  });

  test('Escape ends it and leaves no Worker behind', async ({ rankscope, page }) => {
    await rankscope.load();
    await compareFix(rankscope, page);
    expect(page.workers()).toHaveLength(8);
    await page.keyboard.press('v');
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('compare-dialog')).toBeHidden();
    await expect(page.getByTestId('comparison')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('comparison')).toHaveCount(0);
    await rankscope.idle();
    await page.getByTestId('compare-with-it').click();
    await page.keyboard.press('Escape');
    await rankscope.idle();
    expect(page.workers()).toHaveLength(8);
    await expect(rankscope.verdict).toHaveText('✕ pass 2 raises on 4 of 4 ranks');
  });
});

test.describe('what can be compared', () => {
  test('the same case after a head count was left behind', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await page.getByTestId('same-case-deepspeed-6797').click();
    await rankscope.idle();
    await page.getByTestId('open-compare').click();
    await page.getByTestId('compare-value').fill('0');
    await page.getByTestId('compare-submit').click();
    await expect(page.getByTestId('compare-dialog')).toContainText(
      '✕ numKvHeadsBefore is 0; it must be a whole number from 1 to 1024',
    );
    await page.getByTestId('compare-value').fill('3');
    await page.getByTestId('compare-submit').click();
    await rankscope.idle();
    await expect(page.getByTestId('side-right')).toContainText('head count before 3');
    await expect(page.getByTestId('first-difference-text')).toContainText(
      'left meets no head count, right meets a head count of 3',
    );
  });

  for (const [field, value, told, cards] of [
    ['batchDimIdx', '1', 'left is given [1, 2, 8, 2], right is given [2, 1, 8, 2]', 4],
    ['sp', '2', 'left is given [1, 2, 8, 2], right is given [1, 4, 8, 2]', 2],
  ] as const) {
    test(`the same case with another ${field}`, async ({ rankscope, page }) => {
      await rankscope.openIdle();
      await page.keyboard.press('v');
      await page.getByTestId('compare-field').selectOption(field);
      await page.getByTestId('compare-value').fill(value);
      await page.getByTestId('compare-submit').click();
      await rankscope.idle();
      await expect(page.getByTestId('first-difference-text')).toContainText(told);
      await expect(page.getByTestId('stage-partner').locator('[data-drawn="card"]')).toHaveCount(
        cards,
      );
    });
  }

  test('every bug of the museum beside its repair', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    for (const { id, broken, repaired } of PAIRS) {
      await choosePair(rankscope, page, id);
      await expect(page.getByTestId('verdict-left')).toHaveAttribute(
        'data-verdict',
        broken.verdict,
      );
      await expect(page.getByTestId('verdict-right')).toHaveAttribute(
        'data-verdict',
        repaired.verdict,
      );
      await expect(page.getByTestId('first-difference-text')).toContainText('What differs first');
    }
  });
});

test.describe('each side has its own band', () => {
  test('the right one tells its fix, copies its run, and runs the fix', async ({
    rankscope,
    page,
  }) => {
    await compareFix(rankscope, page);
    await expect(page.getByTestId('advice')).toContainText('≥ 0.16.2 (#6797)');
    await expect(page.getByTestId('passed-right')).toBeVisible();
    await expect(page.getByTestId('verdict-band')).toHaveCount(0);
    await page.keyboard.press('x');
    await rankscope.idle();
    const right = page.getByTestId('side-right');
    await expect(page.getByTestId('advice')).toHaveCount(0);
    await expect(right.getByTestId('advice-right')).toContainText('≥ 0.16.2 (#6797)');
    await expect(right.getByTestId('headline-right')).toContainText('Pass 2');

    await right.getByTestId('copy-right').click();
    await page.getByTestId('menu-copy-issue-right').click();
    await expect(page.getByTestId('notice')).toContainText('on the clipboard');
    const issue = await page.evaluate(() => navigator.clipboard.readText());
    expect(issue).toContain('**DeepSpeed 0.15.4: pass 2 raises on 4 of 4 ranks**');
    expect(issue).toMatch(/Run it: \S+#v4&implementation=deepspeed-6392&(?!.*with)/);

    await right.getByTestId('more-advice-right').click();
    await page.getByTestId('same-case-sp-2-right').click();
    await rankscope.idle();
    await expect(page.getByTestId('verdict-right')).toHaveAttribute('data-verdict', 'fine');
    await expect(right).toContainText('SP 2');
    await expect(page.getByTestId('stage').locator('[data-drawn="card"]')).toHaveCount(4);
  });

  test('they are of one height, and the fix of the right one takes its place', async ({
    rankscope,
    page,
  }) => {
    await compareFix(rankscope, page);
    await page.keyboard.press('x');
    await rankscope.idle();
    const height = async (side: string) =>
      (await page.getByTestId(`band-${side}`).boundingBox())?.height ?? 0;
    expect(await height('left')).toBeCloseTo(await height('right'), 0);
    await page.getByTestId('same-case-deepspeed-6797-right').click();
    await rankscope.idle();
    await expect(page.getByTestId('verdict-right')).toHaveAttribute('data-verdict', 'fine');
    await expect(page.getByTestId('first-difference-text')).toHaveText('No differences.');
  });
});

test.describe('it plays', () => {
  test('both sides reach their ends together', async ({ rankscope, page }) => {
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await compareFix(rankscope, page);
    await page.getByTestId('speed').selectOption('4');
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await rankscope.idle();
    await expect(rankscope.now).toContainText('AssertionError');
    await expect(page.getByTestId('difference-now')).toContainText('only right returns');
  });
});

test('two sides are for everybody, and seen whole', async ({ rankscope, page }) => {
  await compareFix(rankscope, page);
  await isForEverybody(page);
  await isSeenWhole(page);
  await page.getByTestId('more-advice').click();
  await isForEverybody(page);
});
