import type { Page } from '@playwright/test';
import { expect, isForEverybody, type RankscopePage, test } from './rankscope-page.ts';

async function visit(rankscope: RankscopePage, page: Page, fragment: string): Promise<void> {
  await page.goto(`/${fragment}`);
  await page.waitForFunction(() => window.rankscope !== undefined);
  await rankscope.idle();
}

test('an exhibit has a lasting address, opens broken, and stands beside its repair', async ({
  rankscope,
  page,
}) => {
  await visit(rankscope, page, '#museum/8317');
  const exhibit = page.getByTestId('exhibit-8317');
  await expect(exhibit).toHaveAttribute('data-marked', 'true');
  await expect(exhibit).toBeInViewport();
  await expect(page).toHaveURL(/#museum\/8317$/);
  await expect(exhibit.getByTestId('picture')).toHaveAttribute('data-drawn', 'true');
  await expect(exhibit.getByRole('figure')).toContainText(
    'rank 0 returned [1, 32, 1, 2], expected [2, 1, 16, 2]',
  );
  await isForEverybody(page);

  await exhibit.getByTestId('open-8317-2').click();
  await rankscope.idle();
  await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'raises');
  await expect(page.getByTestId('stage')).toBeVisible();

  await page.getByTestId('place-museum').click();
  await expect(exhibit).toBeInViewport();
  await exhibit.getByTestId('compare-8317').click();
  await rankscope.idle();
  await expect(page.getByTestId('verdict-left')).toHaveAttribute('data-verdict', 'wrong shape');
  await expect(page.getByTestId('verdict-right')).toHaveAttribute('data-verdict', 'fine');

  await visit(rankscope, page, '#museum/1');
  await expect(page.getByTestId('notice')).toContainText('no exhibit “1”. Its exhibits are 6774,');
});

test('an exhibit tells the fix of each of its cases, and copies them', async ({
  rankscope,
  page,
}) => {
  await visit(rankscope, page, '#museum/8317');
  await expect(page.getByTestId('advice-8317')).toContainText('#8317');
  await page.getByTestId('more-advice-8317-2').click();
  const earlier = page.getByRole('button', { name: 'Run DeepSpeed 0.16.2' });
  await expect(earlier).toBeVisible();
  await isForEverybody(page);
  await page.keyboard.press('Escape');

  await page.getByTestId('copy-8317-2').click();
  await page.getByTestId('menu-copy-issue-8317-2').click();
  await expect(page.getByTestId('notice')).toContainText('on the clipboard');
  const issue = await page.evaluate(() => navigator.clipboard.readText());
  expect(issue).toContain('take #8317');
  const link = /Run it: (\S+)/.exec(issue)?.[1] ?? '';

  await page.getByTestId('more-advice-8317').click();
  await earlier.click();
  await rankscope.idle();
  await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');

  await visit(rankscope, page, link.slice(link.indexOf('#')));
  await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'raises');

  // Shown with no repair of its own, it stands beside the nearest fix.
  await visit(rankscope, page, '#museum/7842');
  await page.getByTestId('compare-7842').click();
  await rankscope.idle();
  await expect(page.getByTestId('verdict-left')).toHaveAttribute('data-verdict', 'ranks disagree');
  await expect(page.getByTestId('verdict-right')).toHaveAttribute('data-verdict', 'fine');
});

test('a word is told where it is first met, and in the glossary', async ({ rankscope, page }) => {
  await rankscope.openIdle();
  await expect(page.getByTestId('doors')).toBeHidden();
  const word = page.getByTestId('explanation').getByRole('button', { name: 'uneven path' }).first();
  await word.hover();
  await expect(page.getByTestId('term-tip')).toContainText('heads that the ranks do not divide');
  await word.press('Enter');
  const glossary = page.getByTestId('glossary');
  await expect(glossary).toContainText('One process of a distributed job');
  await isForEverybody(page);
  await page.keyboard.press('Escape');
  await expect(glossary).toBeHidden();
});

test('a first visit has three doors, until one is taken', async ({ rankscope, page }) => {
  await rankscope.load();
  await page.evaluate(() => localStorage.removeItem('rankscope.visited'));
  await rankscope.loadIdle();
  const doors = page.getByTestId('doors');
  await expect(doors).toBeVisible();
  await expect(page.locator(':focus')).toHaveCount(0);
  await isForEverybody(page);
  await page.keyboard.press('Escape');
  await expect(doors).toBeHidden();
  await rankscope.loadIdle();
  await expect(doors).toBeHidden();

  await page.keyboard.press('ControlOrMeta+k');
  await page.getByTestId('action-doors').click();
  await page.getByTestId('door-job').click();
  await expect(doors).toBeHidden();
  await expect(page.getByTestId('field-model')).toBeFocused();
  await expect(page.getByTestId('notice')).toContainText('config.json');
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByTestId('action-door-review').click();
  await expect(page.getByTestId('rule-editor')).toBeVisible();
});
