import type { Page } from '@playwright/test';
import { expect, isForEverybody, test } from './rankscope-page.ts';

/** What has the focus: the tag, or "BODY" where it was lost. */
async function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.tagName);
}

test('the first stop of the Tab key leads past the header and the case', async ({
  rankscope,
  page,
}) => {
  // A page on which nobody has clicked: the browser begins where one last did.
  await rankscope.loadIdle();
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('skip')).toBeFocused();
  await expect(page.getByTestId('skip')).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

/** A chooser of files, and windows of their own, are the browser's. */
const OF_THE_BROWSER = ['open-session', 'open-lesson', 'presenter-window'];

/** So many actions of one kind, as of the museum's, are walked. */
const OF_A_KIND = 2;

test('no action lets the focus fall to the body', async ({ rankscope, page }) => {
  test.setTimeout(300_000);
  await rankscope.openIdle();
  await page.getByTestId('open-palette').focus();
  const walked = new Set<string>(OF_THE_BROWSER);
  const kinds = new Map<string, number>();
  for (;;) {
    await page.keyboard.press('ControlOrMeta+k');
    const listed = await page
      .getByTestId('palette')
      .getByRole('option')
      .evaluateAll((items) =>
        items.map((item) => (item.getAttribute('data-testid') ?? '').replace('action-', '')),
      );
    const next = listed.find((id) => !walked.has(id));
    if (next === undefined) break;
    walked.add(next);
    const kind = next.replace(/-[a-z]*-?\d.*$/, '');
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if ((kinds.get(kind) ?? 0) > OF_A_KIND) {
      await page.keyboard.press('Escape');
      continue;
    }
    await page.getByTestId(`action-${next}`).click();
    await rankscope.idle();
    expect(await focused(page), next).not.toBe('BODY');
    await page.keyboard.press('Escape');
    expect(await focused(page), `${next}, then Escape`).not.toBe('BODY');
    // Escape closes one thing at a time; the pointer over the page takes every click.
    if ((await page.getByTestId('pointer').count()) > 0) await page.keyboard.press('Escape');
    await expect(page.getByTestId('pointer')).toHaveCount(0);
  }
  expect(walked.size).toBeGreaterThan(30);
  // The contrast that was chosen on the way is kept by the browser, also for the stories that follow.
  await page.evaluate(() => localStorage.removeItem('rankscope-contrast'));
  await rankscope.load();
});

test('what is removed, closed or disabled hands the focus on', async ({ rankscope, page }) => {
  await rankscope.loadIdle();
  await rankscope.fill('heads', '12');
  await page.getByTestId('undo').focus();
  await page.keyboard.press('Enter');
  await rankscope.idle();
  await expect(page.getByTestId('undo')).toBeDisabled();
  await expect(page.getByTestId('redo')).toBeFocused();

  await page.keyboard.press('v');
  await page.getByRole('option').first().click();
  await rankscope.idle();
  await page.keyboard.press('Escape');
  await rankscope.idle();
  expect(await focused(page)).not.toBe('BODY');

  await page.getByTestId('file').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('menu-export').press('Enter');
  await expect(page.getByTestId('export-dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('export-dialog')).toHaveCount(0);
  await expect(page.getByTestId('file')).toBeFocused();
});

test('every place has a main part, to which the focus can go', async ({ rankscope, page }) => {
  test.setTimeout(120_000);
  await rankscope.openIdle();
  await page.getByTestId('place-stage').focus();
  for (const key of ['2', '3', '4', '1']) {
    await page.keyboard.press(key);
    await rankscope.idle();
    expect(await focused(page), `place ${key}`).not.toBe('BODY');
    await expect(page.getByRole('main')).toHaveCount(1);
  }
});

test('a number is typed, stepped with arrows, and refused where it stands', async ({
  rankscope,
  page,
}) => {
  await rankscope.openIdle();
  const batch = rankscope.field('batch');
  await batch.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await rankscope.idle();
  await expect(batch).toHaveValue('3');
  await page.keyboard.press('ArrowDown');
  await rankscope.idle();
  await expect(batch).toHaveValue('2');
  await batch.fill('1.5');
  await expect(batch).toHaveAttribute('aria-invalid', 'true');
  await expect(batch).toHaveAccessibleDescription(/1\.5/);
  await page.getByTestId('undo').click();
  await rankscope.idle();
  await expect(batch).toHaveValue('1');
  await page.getByRole('button', { name: 'Batch: one more' }).click();
  await rankscope.idle();
  await expect(batch).toHaveValue('2');
});

test('with the system’s own colours every state is seen', async ({ rankscope, page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await rankscope.openIdle();
  const outlined = (testId: string) =>
    page.getByTestId(testId).evaluate((one) => {
      const { outlineStyle, outlineWidth, borderStyle } = getComputedStyle(one);
      return { outlined: outlineStyle !== 'none' && outlineWidth !== '0px', edged: borderStyle };
    });
  for (const state of ['place-stage', 'side-why', 'tab-timeline', 'picture-heads', 'layout-0']) {
    expect((await outlined(state)).outlined, state).toBe(true);
  }
  for (const other of ['place-map', 'side-inspector', 'picture-memory', 'layout-1']) {
    expect((await outlined(other)).outlined, other).toBe(false);
  }
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  const focus = await page.evaluate(() => {
    const { outlineStyle } = getComputedStyle(document.activeElement ?? document.body);
    return outlineStyle;
  });
  expect(focus).toBe('solid');
  await isForEverybody(page);
  await page.emulateMedia({ forcedColors: 'none' });
});

test('a notice stands in a row of its own, and in the dialog that is open', async ({
  rankscope,
  page,
}) => {
  await rankscope.openIdle();
  const config = { num_attention_heads: 8, num_key_value_heads: 8, head_dim: 2 };
  const bring = () =>
    page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', text);
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }, JSON.stringify(config));
  // Brought twice, it changes nothing the second time, and is answered all the same.
  for (const _ of [1, 2]) {
    await bring();
    await rankscope.idle();
  }
  const notice = page.getByTestId('notice');
  await expect(notice).toContainText('8 heads');
  const said = await notice.boundingBox();
  const stage = await page.getByTestId('stage').boundingBox();
  expect((said?.y ?? 0) + (said?.height ?? 0)).toBeLessThanOrEqual(stage?.y ?? 0);
  await page.keyboard.press('?');
  await expect(page.getByTestId('key-sheet').getByTestId('notice')).toBeVisible();
  await expect(notice).toHaveCount(1);
  await page.getByTestId('dismiss').click();
  await expect(notice).toHaveCount(0);
});
