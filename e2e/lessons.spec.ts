import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './rankscope-page.ts';

/** Drops a lesson’s file anywhere on the page. */
async function drop(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content], 'mine.md'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
  }, text);
}

/** The example of `docs/lessons.md`. */
async function example(): Promise<string> {
  const document = await readFile(new URL('../docs/lessons.md', import.meta.url), 'utf8');
  return /^````markdown\n([\s\S]*?)^````$/m.exec(document)?.[1] ?? '';
}

test('a student follows a lesson: asked first, shown by the ranks, free to leave and to return', async ({
  rankscope,
  page,
}) => {
  const step = page.getByTestId('lesson-step');
  await rankscope.openIdle();
  await page.getByTestId('place-lessons').click();
  await page.getByTestId('lesson-pass-1').click();
  await rankscope.idle();
  await expect(step).toHaveText('Where it begins');
  for (const key of ['Space', 'PageDown', '.']) {
    await page.keyboard.press(key);
    await rankscope.idle();
  }
  await expect(step).toHaveText('The all-to-all');
  expect(page.url()).toContain('#lesson/pass-1/4');

  const report = () => page.evaluate(() => window.rankscope.report()?.verdict);
  await expect(rankscope.verdict).toHaveText('the ranks stand at a question');
  await expect(page.getByTestId('headline')).toHaveText('The ranks stand here until you answer.');
  expect(await report()).toBeUndefined();
  const stage = page.getByTestId('stage');
  await stage.focus();
  const walk = ['Enter', ...Array<string>(4).fill('ArrowRight'), 'Enter', 'ArrowRight', 'Enter'];
  for (const key of walk) await stage.press(key);
  await expect(page.getByTestId('pick-4')).toHaveAttribute('aria-pressed', 'true');
  await page.getByTestId('answer').click();
  await rankscope.idle();
  await expect(page.getByTestId('told')).toHaveText('✓ Right: heads 4 and 5.');
  await expect(rankscope.now).toContainText('the pieces land');
  await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
  expect(await report()).toBe('fine');

  await page.getByTestId('step-forward').click();
  await rankscope.idle();
  expect(page.url()).toContain('#v4&');
  await page.getByTestId('lesson-return').click();
  await rankscope.idle();
  await expect(rankscope.now).toContainText('the pieces land');
  await expect(page.getByTestId('told')).toBeVisible();

  await page.goto('about:blank');
  await page.goto('/#lesson/why-cut/4');
  await rankscope.idle();
  await page.getByTestId('step-forward').click();
  await rankscope.idle();
  await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
  await page.getByTestId('lesson-return').click();
  await rankscope.idle();
  await expect(rankscope.verdict).toHaveText('the ranks stand at a question');
  const card = page.locator('.card[data-rank="3"]');
  await card.click();
  await page.getByTestId('answer').click();
  await rankscope.idle();
  await expect(page.getByTestId('told')).toHaveText('✕ Not so: ranks 0, 1, 2 and 3, not rank 3.');
  await page.getByTestId('place-lessons').click();
  await expect(page.getByTestId('lesson-pass-1')).toHaveAccessibleDescription(
    'Go on · 6 steps · 6 min · at step 4',
  );
});

test('Play is what Space is, and says so; a step on says that it goes past the question', async ({
  rankscope,
  page,
}) => {
  await page.goto('about:blank');
  await page.goto('/#lesson/pass-1/4');
  await rankscope.idle();
  const play = page.getByTestId('play');
  await expect(page.getByTestId('step-forward')).toHaveAccessibleName(/past the question/);
  await expect(play).toHaveAccessibleName('Show me the answer (Space)');
  await play.click();
  await rankscope.idle();
  await expect(page.getByTestId('told')).toContainText('heads 4 and 5');
  await expect(page.getByTestId('lesson-return')).toHaveCount(0);
  await expect(play).toHaveAccessibleName('The lesson’s next step (Space)');
  await play.click();
  await rankscope.idle();
  await expect(page.getByTestId('lesson-step')).toHaveText('In order?');
  // Off its path, time is one's own.
  await page.keyboard.press('Home');
  await rankscope.idle();
  await expect(play).toHaveAccessibleName('Play (Space)');
});

test('a teacher’s own lesson: told by line what is wrong with it, then shown', async ({
  rankscope,
  page,
}) => {
  const text = await example();
  await rankscope.openIdle();
  await drop(page, text.replace('at: pass 1 of q, landing', 'at: pass 1 of q, lnding'));
  await expect(page.getByTestId('notice')).toContainText(
    'mine.md is no lesson yet. line 32: at is “pass 1 of q, lnding”',
  );
  await expect(rankscope.field('heads')).toHaveValue('8');
  await drop(page, text);
  await expect(page.getByTestId('lesson-step')).toHaveText('Before');
  await rankscope.idle();
  expect(page.url()).toContain('heads=4&sp=2');

  await page.route('**/lessons/mine.md', (route) => route.fulfill({ body: text }));
  await page.goto('/#lesson=lessons/mine.md&step=2');
  await expect(page.getByTestId('lesson-step')).toHaveText('The question');
  await page.goto('/#lesson=https://elsewhere.example/mine.md');
  await expect(page.getByTestId('notice')).toContainText('on this page’s own site');
  await expect(page.getByTestId('lesson-step')).toHaveText('The question');
});

test('axe finds nothing serious in the lessons, in either scheme and in high contrast', async ({
  rankscope,
  page,
}) => {
  await page.goto('/#lesson/pass-1/4');
  await rankscope.idle();
  const serious = async () => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  };
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, contrast: 'no-preference' });
    expect(await serious()).toEqual([]);
  }
  await page.emulateMedia({ contrast: 'more' });
  await expect(page.locator('html')).toHaveAttribute('data-contrast', 'more');
  expect(await serious()).toEqual([]);
  await page.getByTestId('place-lessons').click();
  await expect(page.getByTestId('lessons-place')).toBeVisible();
  expect(await serious()).toEqual([]);
});
