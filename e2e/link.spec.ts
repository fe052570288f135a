import type { Page } from '@playwright/test';
import { expect, isForEverybody, RankscopePage, test } from './rankscope-page.ts';

const CASE = {
  implementation: 'deepspeed-6797',
  program: 'layerForward',
  sp: 4,
  batch: 2,
  seq: 8,
  heads: 12,
  kvHeads: 6,
  headDim: 2,
  batchDimIdx: 1,
  numKvHeadsBefore: 3,
};

/** What a person reads off the screen. */
async function screenOf({ page }: RankscopePage) {
  const text = (testId: string) => page.getByTestId(testId).allInnerTexts();
  return {
    ribbon: await text('ribbon'),
    verdictBeside: await text('verdict-right'),
    now: await text('now'),
    verdict: await text('verdict'),
    headline: await text('headline'),
    cursor: await page.getByTestId('timeline').getAttribute('aria-valuenow'),
    colourBy: await page.getByTestId('colour-by').getAttribute('aria-pressed'),
    heads: await page
      .getByTestId('field-heads')
      .evaluateAll((fields) => fields.map((one) => one instanceof HTMLInputElement && one.value)),
    model: await text('field-model'),
    log: await text('log-found'),
  };
}

/**
 * What is drawn: every canvas, pixel by pixel, and every drawing in SVG. Not the window's picture: the
 * corners of boxes are smoothed anew on each page.
 */
async function drawnOn(page: Page): Promise<readonly string[]> {
  await page.mouse.move(0, 0);
  return page.evaluate(() => [
    ...Array.from(document.querySelectorAll('canvas'), (canvas) => canvas.toDataURL()),
    ...Array.from(document.querySelectorAll('main svg'), (drawing) => drawing.outerHTML),
  ]);
}

/** Opens a link in a tab where Rankscope was not. */
async function goTo(page: Page, fragment: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`/#${fragment}`);
}

test.describe('a maintainer sends a link', () => {
  test('and another page shows the same screen', async ({ rankscope, page, context }) => {
    await rankscope.openIdle();
    await rankscope.show(CASE);
    await page.getByTestId('colour-by').click();
    await page.keyboard.press('Home');
    for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight');
    await page.getByTestId('zoom-in').click();
    await page.getByTestId('timeline').press('+');
    await page.getByTestId('tab-log').click();
    await page.getByTestId('log-text').fill('contiguous');
    await page.getByTestId('log-ranks').fill('1-2');
    await rankscope.idle();
    // Beside a comparison the header keeps room for both sides: the key does what its button does.
    await page.getByTestId('log-ranks').blur();
    await page.keyboard.press('c');
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(clipboard).toBe(await page.evaluate(() => window.rankscope.link()));
    const copied = await clipboard();
    expect(copied).toBe(page.url());

    const other = new RankscopePage(await context.newPage());
    await other.page.goto(copied);
    await other.idle();
    expect(await screenOf(other)).toEqual(await screenOf(rankscope));
    expect(other.page.url()).toBe(copied);
    expect(await drawnOn(other.page)).toEqual(await drawnOn(page));
    expect(other.complaints).toEqual([]);
  });

  test('by key, and nothing on the page moves while it says so', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    const before = await page.getByTestId('copy-link').boundingBox();
    await page.keyboard.press('c');
    await expect(page.getByTestId('copy-link')).toContainText('Copied');
    expect(await page.getByTestId('copy-link').boundingBox()).toEqual(before);
  });

  test('of a model by its name, with calls and conditions of its own', async ({
    rankscope,
    page,
    context,
  }) => {
    await rankscope.openIdle();
    await rankscope.choose('model', /Qwen2\.5 7B/);
    await rankscope.fill('headDim', '4');
    const { heads, kvHeads } = { heads: 28, kvHeads: 4 };
    await rankscope.show({
      ...CASE,
      program: 'mine',
      heads,
      kvHeads,
      condition: 'num_heads % seq_world_size != 0 and scatter_idx < 2',
      fault: { kind: 'raises-after', rank: 2, call: 1 },
      calls: [
        { tensor: 'q', heads, pass: 1 },
        { tensor: 'q', heads, pass: 2, to: 'o' },
      ],
    });
    const other = new RankscopePage(await context.newPage());
    await other.page.goto(page.url());
    await other.idle();
    expect(await screenOf(other)).toEqual(await screenOf(rankscope));
    expect(other.page.url()).toBe(page.url());
  });
});

test('a link to a comparison shows both sides, and its file too', async ({
  rankscope,
  page,
  context,
}) => {
  await rankscope.openIdle();
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByTestId('action-compare-with-deepspeed-6797').click();
  await rankscope.idle();
  const sides = page.getByTestId('verdict-right');
  await expect(sides).toHaveAttribute('data-verdict', 'fine');
  expect(page.url()).toContain('&with.implementation=deepspeed-6797&');
  const other = new RankscopePage(await context.newPage());
  await other.page.goto(page.url());
  await other.idle();
  await expect(other.page.getByTestId('verdict-right')).toHaveAttribute('data-verdict', 'fine');
  expect(await screenOf(other)).toEqual(await screenOf(rankscope));
  await other.page.close();
  await page.bringToFront();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    rankscope.fromFileMenu('save-session'),
  ]);
  await page.keyboard.press('Escape');
  await rankscope.idle();
  await expect(page.getByTestId('verdict-right')).toHaveCount(0);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.keyboard.press('ControlOrMeta+o'),
  ]);
  await chooser.setFiles(await download.path());
  await expect(page.getByTestId('notice')).toBeVisible();
  await expect(page.getByTestId('verdict-right')).toHaveAttribute('data-verdict', 'fine');
});

test('a browser that refuses the clipboard leaves the link to be copied by hand', async ({
  rankscope,
  page,
}) => {
  await rankscope.openIdle();
  await page.evaluate(() => {
    const refuse = () => Promise.reject(new Error('not allowed'));
    Object.defineProperty(navigator.clipboard, 'writeText', { value: refuse, configurable: true });
  });
  await page.getByTestId('copy-link').click();
  await expect(page.getByTestId('notice')).toContainText('does not let this page write');
  await expect(page.getByTestId('link-to-copy')).toHaveValue(page.url());
  await expect(page.getByTestId('link-to-copy')).toBeFocused();
  const chosen = await page.evaluate(() => String(window.getSelection()));
  expect(chosen).toBe(page.url());
  await page.getByTestId('dismiss').click();
  await expect(page.getByTestId('notice')).toHaveCount(0);
  await page.evaluate(() => Reflect.deleteProperty(navigator.clipboard, 'writeText'));
});

test.describe('Back and Forward', () => {
  test('walk through cases, each at its moment', async ({ rankscope, page }) => {
    await rankscope.loadIdle();
    await page.keyboard.press('Home');
    await rankscope.idle();
    await rankscope.fill('heads', '9');
    await rankscope.choose('implementation', /0\.16\.2/);
    await rankscope.idle();
    await page.goBack();
    await rankscope.idle();
    await expect(rankscope.field('heads')).toHaveValue('9');
    await expect(page.getByTestId('field-implementation')).toContainText('6392');
    await page.goBack();
    await rankscope.idle();
    await expect(rankscope.field('heads')).toHaveValue('8');
    expect(await rankscope.cursor()).toBe(0);
    await page.goForward();
    await page.goForward();
    await rankscope.idle();
    await expect(page.getByTestId('field-implementation')).toContainText('6797');
  });

  test('step over a drag of a slider, and over moments', async ({ context }) => {
    // A tab of its own: browsers keep no more than 50 entries.
    const rankscope = new RankscopePage(await context.newPage());
    const { page } = rankscope;
    await rankscope.loadIdle();
    const length = await page.evaluate(() => history.length);
    for (let step = 0; step < 4; step++) {
      await page.keyboard.press('ArrowLeft');
      await rankscope.idle();
    }
    expect(await page.evaluate(() => history.length)).toBe(length);
    await rankscope.drag('Query heads', 0.4);
    expect(await page.evaluate(() => history.length)).toBe(length + 1);
    await page.goBack();
    await rankscope.idle();
    await expect(rankscope.field('heads')).toHaveValue('8');
    expect(rankscope.complaints).toEqual([]);
  });
});

test.describe('a link that cannot be opened', () => {
  const GOOD = 'v4&implementation=deepspeed-6392&heads=8&sp=4&seq=8&headDim=2';
  for (const [what, fragment, sentence] of [
    ['broken', GOOD.replace('sp=4', 'sp=0'), 'sp is 0; it must be a whole number from 1 to 1024'],
    ['foreign', 'section-3', 'none of Rankscope’s'],
    ['of a later version', 'v99&case=8', 'of version 99; this Rankscope reads up to 4'],
    [
      'to a case too large',
      GOOD.replace('seq=8', 'seq=65536').replace('headDim=2', 'headDim=512'),
      'the limit is 256 MB',
    ],
    ['too long', `${GOOD}&model=${'m'.repeat(20_000)}`, 'at most 16,384 are read'],
    ['that would run something', `${GOOD}&condition=alert(1)`, 'condition'],
  ] as const) {
    test(`${what} opens the first case with a sentence`, async ({ rankscope, page }) => {
      await goTo(page, fragment);
      await rankscope.idle();
      await expect(page.getByRole('alert').getByTestId('notice')).toContainText(sentence);
      await expect(rankscope.verdict).toHaveText('✕ pass 2 raises on 4 of 4 ranks');
      await expect(page).toHaveURL(/#v4&implementation=deepspeed-6392&heads=8&sp=4/);
      await rankscope.fill('heads', '9');
      await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
      await expect(page.getByTestId('notice')).toHaveCount(0);
    });
  }

  test('typed over a good one leaves what is on the screen', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await rankscope.fill('heads', '9');
    await page.evaluate(() => {
      location.hash = '#v4&heads=many';
    });
    await expect(page.getByTestId('notice')).toContainText('cannot be opened');
    await rankscope.idle();
    await expect(rankscope.field('heads')).toHaveValue('9');
    await expect(page).toHaveURL(/heads=9/);
  });
});

test('what is said of a link is for everybody', async ({ rankscope, page }) => {
  await goTo(page, 'elsewhere');
  await rankscope.idle();
  await expect(page.getByTestId('notice')).toBeVisible();
  await isForEverybody(page);
});

test('a link of version 1, as programs write it', async ({ rankscope, page }) => {
  const { numKvHeadsBefore: _, ...wanted } = CASE;
  await goTo(page, `v1&case=${encodeURIComponent(JSON.stringify(wanted))}`);
  await rankscope.idle();
  await expect(rankscope.field('heads')).toHaveValue('12');
  await expect(page).toHaveURL(/#v4&implementation=deepspeed-6797&heads=12&kvHeads=6/);
});
