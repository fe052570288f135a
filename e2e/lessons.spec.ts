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

/** What other stories answered is forgotten: it would be answered already. */
test.beforeEach(async ({ page }) => {
  await page.goto('/favicon.svg');
  await page.evaluate(() => localStorage.removeItem('rankscope-lessons'));
  await page.goto('about:blank');
});

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
  await expect(rankscope.verdict).toHaveText('paused before a question');
  await expect(page.getByTestId('headline')).toHaveCount(0);
  expect(await report()).toBeUndefined();
  const stage = page.getByTestId('stage');
  await stage.focus();
  const walk = ['Enter', ...Array<string>(4).fill('ArrowRight'), 'Enter', 'ArrowRight', 'Enter'];
  for (const key of walk) await stage.press(key);
  await expect(page.getByTestId('pick-4')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId('answer')).toHaveText('Check heads 4 and 5');
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
  await page.getByTestId('place-lessons').click();
  await expect(page.getByTestId('lesson-pass-1')).toHaveAccessibleDescription(
    'Go on · 6 steps · 6 min · at step 4',
  );
});

test('a student who steps past a question can return to it, and answers by clicking on cards', async ({
  rankscope,
  page,
}) => {
  await page.goto('/#lesson/why-cut/4');
  await rankscope.idle();
  // There is no playback in the first lessons; the key goes past the question all the same.
  await page.keyboard.press('ArrowRight');
  await rankscope.idle();
  await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
  await page.getByTestId('lesson-return').click();
  await rankscope.idle();
  await expect(rankscope.verdict).toHaveText('paused before a question');
  const card = page.locator('[data-drawn="card"][data-rank="3"]');
  await card.click();
  await page.getByTestId('answer').click();
  await expect(page.getByTestId('hint')).toHaveAttribute('data-grade', 'partly');
  await page.getByTestId('answer').click();
  await rankscope.idle();
  await expect(page.getByTestId('told')).toContainText(
    'Rank 3 is right, ranks 0, 1 and 2 are missing.',
  );
});

test('a partly right answer is told as what it is, with a second try; nothing picked is no answer', async ({
  rankscope,
  page,
}) => {
  await page.goto('/#lesson/pass-1/4');
  await rankscope.idle();
  const check = page.getByTestId('answer');
  await expect(check).toBeDisabled();
  await page.getByTestId('pick-none').click();
  await check.click();
  await expect(page.getByTestId('hint')).toHaveAttribute('data-grade', 'wrong');
  await page.getByTestId('pick-4').click();
  await expect(page.getByTestId('pick-none')).toHaveAttribute('aria-pressed', 'false');
  await check.click();
  await rankscope.idle();
  const told = page.getByTestId('told');
  await expect(told).toContainText('Head 4 is right, head 5 is missing.');

  await page.getByTestId('ask-again').click();
  await rankscope.idle();
  await page.getByTestId('pick-4').click();
  await check.click();
  const hint = page.getByTestId('hint');
  await expect(hint).toHaveAttribute('data-grade', 'partly');
  await expect(hint).not.toContainText('5');
  await page.getByTestId('pick-5').click();
  await check.click();
  await rankscope.idle();
  await expect(told).toContainText('heads 4 and 5');
  await expect(told).toContainText('✓');
});

test('answers are there after Back and after a reload, and the lesson can be begun again', async ({
  rankscope,
  page,
}) => {
  await page.goto('/#lesson/second-look/2');
  await rankscope.idle();
  await page.getByTestId('answer-even').click();
  await rankscope.idle();
  await expect(page.getByTestId('told')).toContainText('✓');
  await page.getByTestId('lesson-next').click();
  await rankscope.idle();
  await page.getByTestId('lesson-back').click();
  await rankscope.idle();
  await expect(page.getByTestId('told')).toContainText('✓');
  await page.reload();
  await rankscope.idle();
  await expect(page.getByTestId('told')).toContainText('✓');
  await page.getByTestId('ask-again').click();
  await rankscope.idle();
  await expect(page.getByTestId('answer-even')).toBeVisible();
});

test('the first lesson shows words and stage; panels enter with the words that explain them', async ({
  rankscope,
  page,
}) => {
  const ribbon = page.getByTestId('ribbon');
  const timeline = page.getByTestId('timeline');
  const side = page.getByTestId('side-why');
  await page.goto('/#lesson/why-cut/1');
  await rankscope.idle();
  for (const panel of [ribbon, timeline, side]) await expect(panel).toBeHidden();
  await page.goto('/#lesson/pass-1/1');
  await rankscope.idle();
  await expect(timeline).toBeVisible();
  await expect(side).toBeHidden();
  // Off the path everything is there: the side column in its drawer.
  const drawer = page.getByTestId('open-drawer');
  await expect(drawer).toBeHidden();
  await page.keyboard.press('ArrowRight');
  await rankscope.idle();
  await drawer.click();
  await expect(side).toBeVisible();
  await page.getByTestId('lesson-return').click();
  await rankscope.idle();
  await expect(drawer).toBeHidden();
});

test('a check is named by its title on the screen, and ringed there', async ({
  rankscope,
  page,
}) => {
  await page.goto('/#lesson/attention-on-own-heads/6');
  await rankscope.idle();
  await page.getByTestId('lesson-back').click();
  await rankscope.idle();
  await page.getByTestId('lesson-next').click();
  await rankscope.idle();
  await page.getByTestId('lesson-next').click();
  await rankscope.idle();
  for (const check of ['attention-equal', 'pass1-truth']) {
    const row = page.getByTestId(`check-${check}`);
    await expect(row).toHaveAttribute('data-spoken', 'true');
    const name = await page.locator(`[data-testid="lesson"] [data-check="${check}"]`).textContent();
    await expect(row).toContainText((name ?? 'none').replaceAll(/[“”]/g, ''));
  }
  await expect(page.getByTestId('check-no-exception')).toHaveAttribute('data-spoken', 'false');
});

test('a lesson that comes late does not take the page from what was opened since', async ({
  rankscope,
  page,
}) => {
  const text = await example();
  let answer = () => {};
  await page.route('**/lessons/slow.md', async (route) => {
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    await route.fulfill({ body: text });
  });
  await rankscope.openIdle();
  const asked = page.waitForRequest('**/lessons/slow.md');
  await page.evaluate(() => {
    window.location.hash = '#lesson=lessons/slow.md';
  });
  await asked;
  await page.evaluate(() => {
    window.location.hash =
      '#v3&implementation=deepspeed-6797&heads=8&sp=2&seq=4&headDim=1&program=roundTrip';
  });
  await rankscope.idle();
  const answered = page.waitForResponse('**/lessons/slow.md');
  answer();
  await answered;
  await rankscope.idle();
  await expect(page.getByTestId('lesson')).toHaveCount(0);
  await expect(rankscope.field('sp')).toHaveValue('2');
});

test('one HTML file cannot be saved at a question, and the dialog says why', async ({
  rankscope,
  page,
}) => {
  await page.goto('/#lesson/pass-1/4');
  await rankscope.idle();
  await page.keyboard.press('e');
  await expect(page.getByTestId('save-page')).toBeDisabled();
  await expect(page.getByTestId('page-words')).toContainText('question');
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
  await expect(page.getByTestId('ask-again')).toBeVisible();
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
