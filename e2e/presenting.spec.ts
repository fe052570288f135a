import { expect, test } from './rankscope-page.ts';

test('a teacher presents on a small projector: nothing jumps, and the second window has the notes', async ({
  rankscope,
  page,
  context,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.goto('/#lesson/why-cut/3');
  await rankscope.idle();
  await page.keyboard.press('p');
  await expect(page.locator('html')).toHaveAttribute('data-presenting', 'lesson');
  await rankscope.idle();
  await expect(page.getByTestId('lesson')).toBeInViewport({ ratio: 1 });
  const stage = page.getByTestId('stage');
  const before = await stage.boundingBox();
  const [type] = await page
    .getByTestId('lesson-step')
    .evaluateAll((found) => found.map((one) => one.currentCSSZoom));
  expect(type).toBeGreaterThan(1);

  await page.keyboard.press('ControlOrMeta+k');
  const [window] = await Promise.all([
    context.waitForEvent('page'),
    page.getByTestId('action-presenter-window').click(),
  ]);
  await expect(window.getByTestId('presenter-step')).toHaveText(
    'But attention looks at every token',
  );
  await expect(window.getByTestId('presenter-notes')).toContainText('Ask the room');
  await expect(window.getByTestId('presenter-words')).toContainText('token');
  await window.getByTestId('presenter-on').click();
  await expect(window.getByTestId('presenter-step')).toHaveText('An exchange before attention');
  await window.close();

  await expect(page.getByTestId('lesson-step')).toHaveText('An exchange before attention');
  await rankscope.idle();
  expect(await stage.boundingBox()).toEqual(before);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1024);
  const card = await page.locator('[data-drawn="card"][data-rank="0"]').boundingBox();
  if (card === null) throw new Error('rank 0 has a card');
  await page.mouse.click(card.x + card.width - 8, card.y + card.height - 8);
  await expect(page.getByTestId('pick-0')).toHaveAttribute('aria-pressed', 'true');

  await page.keyboard.press('t');
  await page.mouse.click(card.x + 20, card.y + 20);
  await expect(page.getByTestId('mark')).toHaveText('1');
  await expect(page.getByTestId('pick-0')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('pointer')).toHaveCount(0);

  await page.keyboard.press('i');
  await rankscope.idle();
  const chooser = page.getByTestId('inspector').getByRole('combobox');
  await expect(chooser).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('p');
  await expect(page.locator('html')).not.toHaveAttribute('data-presenting');
});

test('before an audience a question is whole, the run is named, and lanes that are alike are one', async ({
  rankscope,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto('/');
  await rankscope.idle();
  await page.keyboard.press('p');
  await rankscope.idle();
  await expect(page.getByRole('banner')).toHaveCount(0);
  await expect(page.getByTestId('case-line')).toBeInViewport({ ratio: 1 });
  const band = await page.getByTestId('verdict-band').boundingBox();
  expect(band?.height).toBeLessThan(70);
  const names = page.getByTestId('timeline').locator('[data-drawn="name"]');
  await expect(names).toHaveText(['all ranks']);
  await page.getByTestId('end-presenting').click();
  await rankscope.idle();
  await expect(names).toHaveCount(4);

  // The one with most words, the one with most to choose from, and the one with most to pick.
  for (const step of ['why-cut/6', 'attention-on-own-heads/5', 'balanced-chunks/6']) {
    await page.goto(`/#lesson/${step}`);
    await rankscope.idle();
    if ((await page.locator('html').getAttribute('data-presenting')) === null) {
      await page.keyboard.press('p');
      await rankscope.idle();
    }
    for (const button of await page.getByTestId('question').getByRole('button').all()) {
      await expect(button).toBeInViewport({ ratio: 1 });
    }
    await expect(page.getByTestId('lesson-step')).toBeInViewport({ ratio: 1 });
  }

  // The words beside the stage leave the shapes their words too.
  await page.goto('/#lesson/who-waits/3');
  await rankscope.idle();
  await expect(page.getByTestId('drawer')).toHaveAttribute('data-open', 'true');
  expect((await page.getByTestId('ribbon').boundingBox())?.height).toBeLessThan(110);
  await page.keyboard.press('p');
  await expect(page.locator('html')).not.toHaveAttribute('data-presenting');
});
