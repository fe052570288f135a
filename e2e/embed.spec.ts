import { expect, isForEverybody, RankscopePage, test } from './rankscope-page.ts';

test('another page opens a case and hears the verdict; what is no message goes unanswered', async ({
  context,
}) => {
  const page = await context.newPage();
  const { complaints } = new RankscopePage(page);
  await page.goto('/embed-example.html');
  const heard = page.locator('#heard li');
  const told = (type: string) => page.locator(`#heard li[data-type="${type}"]`);
  const verdict = page.locator('#verdict');
  await expect(told('ready')).toHaveCount(1);
  await expect(verdict).toContainText('✕ pass 2 raises on 4 of 4 ranks.');
  await page.getByRole('button', { name: 'The repair' }).click();
  await expect(verdict).toContainText('✓ Fine: q only, forward only.');
  const frame = page.frameLocator('#rankscope');
  await expect(frame.getByTestId('stage')).toBeVisible();
  await expect(frame.getByTestId('case')).toHaveCount(0);
  await expect(frame.getByTestId('open-in-rankscope')).toHaveAttribute(
    'href',
    /#v4&implementation=deepspeed-6797&/,
  );

  await page.getByRole('button', { name: 'first step' }).click();
  await expect(told('moment').last()).toContainText('"tick":0');
  await expect(frame.getByTestId('timeline')).toHaveAttribute('aria-valuenow', '0');
  // What is no message is passed over: the next answer is to the message after it.
  const before = await heard.count();
  await page.getByRole('button', { name: 'none' }).click();
  await page.getByRole('button', { name: 'cannot be' }).click();
  await expect(told('refused')).toContainText('sp');
  expect(await heard.count()).toBe(before + 1);
  await expect(verdict).toContainText('✓ Fine: q only, forward only.');
  expect(complaints).toEqual([]);
});

test('a frame has the fix of its run, copies it, runs it, and compares it on the page', async ({
  context,
}) => {
  const page = await context.newPage();
  const rankscope = new RankscopePage(page);
  await page.setViewportSize({ width: 900, height: 560 });
  await page.goto('/#embed=both&v4&implementation=deepspeed-6392&heads=8&sp=4&seq=8&headDim=2');
  await rankscope.idle();
  const band = page.getByTestId('verdict-band');
  await expect(band).toHaveAttribute('data-verdict', 'raises');
  await expect(page.getByTestId('advice')).toContainText('≥ 0.16.2 (#6797)');
  await expect(page.getByTestId('scope')).toHaveCount(0);
  await page.getByTestId('more-advice').click();
  const sp2 = page.getByTestId('same-case-sp-2');
  await expect(sp2).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Escape');
  await expect(sp2).toBeHidden();
  // The drawing keeps most of the frame, and its elements can be pressed.
  const stage = await page.getByTestId('stage').boundingBox();
  expect(stage?.height).toBeGreaterThan(340);
  const card = await page
    .locator('[data-drawn="card"][data-rank="2"] [data-drawn="card-box"]')
    .boundingBox();
  await page.mouse.click((card?.x ?? 0) + 130, (card?.y ?? 0) + (card?.height ?? 0) / 2);
  await rankscope.idle();
  await expect(page.getByTestId('following')).toContainText('h 4, d 0)');

  await page.getByTestId('copy').click();
  await page.getByTestId('menu-copy-issue').click();
  await expect(page.getByTestId('notice')).toContainText('on the clipboard');
  const issue = await page.evaluate(() => navigator.clipboard.readText());
  expect(issue).toContain('**Fix:** upgrade to ≥ 0.16.2 (#6797).');
  expect(issue).toMatch(/Run it: \S+#v4&implementation=deepspeed-6392&/);
  await isForEverybody(page);

  const opening = context.waitForEvent('page');
  await page.getByTestId('compare-with-it').click();
  const whole = await opening;
  await expect(whole.getByTestId('verdict-left')).toHaveAttribute('data-verdict', 'raises');
  await expect(whole.getByTestId('verdict-right')).toHaveAttribute('data-verdict', 'fine');
  await whole.close();

  await page.getByTestId('same-case-deepspeed-6797').click();
  await rankscope.idle();
  await expect(band).toHaveAttribute('data-verdict', 'fine');
  await expect(page.getByTestId('passed')).toBeVisible();
  await expect(page.getByTestId('compare-with-it')).toHaveCount(0);
  await page.getByTestId('undo').click();
  await rankscope.idle();
  await expect(band).toHaveAttribute('data-verdict', 'raises');
  expect(rankscope.complaints).toEqual([]);
});

test('a lesson in a frame is asked, answered and gone on with there', async ({ context }) => {
  const page = await context.newPage();
  const rankscope = new RankscopePage(page);
  const kept = () => page.evaluate(() => localStorage.getItem('rankscope-lessons'));
  await page.goto('/');
  await rankscope.idle();
  const before = await kept();
  for (const size of [
    { width: 900, height: 560 },
    { width: 480, height: 720 },
  ]) {
    await page.setViewportSize(size);
    await page.goto('about:blank');
    await page.goto('/#embed=both&lesson/pass-1/4');
    await rankscope.idle();
    await expect(page.getByTestId('verdict')).toHaveText('paused before a question');
    await expect(page.getByTestId('open-in-rankscope')).toHaveAttribute(
      'href',
      /#lesson\/pass-1\/4$/,
    );
    for (const head of [4, 5]) await page.getByTestId(`pick-${head}`).click();
    await page.getByTestId('answer').click();
    await rankscope.idle();
    await expect(page.getByTestId('told')).toHaveText('✓ Right: heads 4 and 5.');
    await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'fine');
    await page.keyboard.press('Space');
    await rankscope.idle();
    await expect(page.getByTestId('lesson-step')).toHaveText('In order?');
    await expect(page.getByTestId('stage')).toBeInViewport();
    await isForEverybody(page);
  }
  expect(await kept()).toBe(before);
  expect(rankscope.complaints).toEqual([]);
});

test('a lesson in a frame takes no focus from the page around, and keeps its own', async ({
  context,
}) => {
  const page = await context.newPage();
  await page.goto('/embed-example.html');
  await page.evaluate(() => {
    const [own, frame] = [document.createElement('input'), document.createElement('iframe')];
    own.id = 'own';
    frame.id = 'lesson';
    frame.width = '900';
    frame.height = '560';
    frame.src = '/#embed=both&lesson/pass-1/4';
    document.body.replaceChildren(own, frame);
    own.focus();
  });
  const framed = page.frameLocator('#lesson');
  await expect(framed.getByTestId('verdict')).toHaveText('paused before a question');
  await expect(framed.getByTestId('lesson-step')).toBeVisible();
  await expect(page.locator('#own')).toBeFocused();
  await framed.getByTestId('lesson-next').click();
  await expect(framed.getByTestId('told')).toBeVisible();
  await framed.getByTestId('lesson-next').click();
  await expect(framed.getByTestId('lesson-step')).toHaveText('In order?');
  await expect(framed.getByTestId('lesson-step')).toBeFocused();
});
