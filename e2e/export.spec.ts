import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { zippedContent } from '../src/share/export/page-content.ts';
import { WRONG } from '../src/trace/testing.ts';
import { countFrames, expect, RankscopePage, test } from './rankscope-page.ts';

/** Presses what saves a file, and what the file holds. */
async function saved(page: Page, testId: string, path?: string): Promise<{ bytes: Buffer }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId(testId).click(),
  ]);
  if (path !== undefined) await file.saveAs(path);
  return { bytes: await readFile(path ?? (await file.path())) };
}

const VERDICT = '✕ pass 2 raises on 4 of 4 ranks';

test('a picture of a difference says what differs', async ({ rankscope, page }) => {
  await rankscope.openIdle();
  await page.getByTestId('place-map').click();
  await rankscope.idle();
  const words = async () => {
    await page.keyboard.press('e');
    const { bytes } = await saved(page, 'save-map-svg');
    await page.keyboard.press('Escape');
    return bytes.toString();
  };
  expect(await words()).toContain(
    'The verdict of every head count and SP degree: DeepSpeed 0.15.4',
  );
  await page.getByTestId('map-against').click();
  await page.getByRole('option', { name: /^DeepSpeed 0\.16\.2/ }).click();
  await rankscope.idle();
  const difference = page.getByTestId('map-difference');
  await expect(difference).toHaveAttribute('data-repaired', '0');
  await expect(difference).toHaveAttribute('data-broken', '384');
  expect(await words()).toContain((await difference.textContent()) ?? 'no sentence');
});

test('pictures say what they show, and a film says how large it will be', async ({
  rankscope,
  page,
}) => {
  await rankscope.openIdle();
  await page.keyboard.press('e');
  await expect(page.getByTestId('save-map-svg')).toBeDisabled();
  const { bytes: svg } = await saved(page, 'save-stage-svg');
  const drawn = await page.evaluate((text) => {
    const { documentElement: root } = new DOMParser().parseFromString(text, 'image/svg+xml');
    const words = [...root.querySelectorAll('text')].map((node) => node.textContent);
    return { root: root.localName, words, cells: root.querySelectorAll('rect').length };
  }, svg.toString());
  expect(drawn.root).toBe('svg');
  expect(drawn.words).toEqual(expect.arrayContaining(['rank 3', '✕ AssertionError', VERDICT]));
  expect(drawn.words.join('')).toContain('#v4&implementation=deepspeed-6392&heads=8&sp=4');
  // Four ranks of 8 tokens and 2 heads.
  expect(drawn.cells).toBeGreaterThanOrEqual(64);
  const { bytes: png } = await saved(page, 'save-timeline-png');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.length).toBeGreaterThan(10_000);

  await page.getByTestId('film-from').fill('9');
  await page.getByTestId('film-to').fill('40');
  await expect(page.getByTestId('film-told')).toContainText('Steps go from 1 to 17');
  await expect(page.getByTestId('make-film')).toBeDisabled();
  await page.getByTestId('film-to').fill('17');
  await expect(page.getByTestId('film-told')).toContainText('at most about');
  await page.getByTestId('make-film').click();
  await expect(page.getByTestId('film-progress')).toBeVisible();
  await page.getByTestId('cancel-film').click();
  await expect(page.getByTestId('film-told')).toContainText('Nothing was saved');
  await page.getByTestId('film-to').fill('9');
  const { bytes: film } = await saved(page, 'make-film');
  expect(film.subarray(0, 4).toString('hex')).toBe('1a45dfa3');
  expect(film.includes('webm')).toBe(true);
  expect(film.length).toBeGreaterThan(2_000);
});

test('one file plays the recording from a disk, with no network and no Worker', async ({
  rankscope,
  page,
  browser,
}, testInfo) => {
  await rankscope.openIdle();
  await page.keyboard.press('e');
  await expect(page.getByTestId('page-words')).toContainText('small enough for an issue');
  const path = testInfo.outputPath('page.html');
  const { bytes } = await saved(page, 'save-page', path);
  expect(bytes.length).toBeLessThan(242_000);

  const alone = await browser.newContext({ offline: true, reducedMotion: 'reduce' });
  const player = await alone.newPage();
  const { complaints } = new RankscopePage(player);
  const asked: string[] = [];
  player.on('request', (request) => asked.push(request.url()));
  player.on('worker', (worker) => asked.push(worker.url()));
  const framesAsked = await countFrames(player);
  await player.goto(`file://${path}`);
  await expect(player.getByTestId('verdict')).toHaveText(VERDICT);
  await expect(player.getByTestId('headline')).toHaveText(
    (await rankscope.headline.textContent()) ?? '',
  );
  await expect(player.getByTestId('now')).toContainText('step 17 of 17');
  await expect.poll(framesAsked).toBe(0);
  await expect(player.locator('[data-rank="3"][data-status="raised"]')).toBeVisible();
  await player.keyboard.press('Home');
  await expect(player.getByTestId('now')).toContainText('step 1 of 17');
  await expect(player.locator('[data-status="raised"]')).toHaveCount(0);
  await player.keyboard.press('ArrowRight');
  await expect(player.getByTestId('now')).toContainText('step 2 of 17');
  await player.getByTestId('play').click();
  await expect(player.getByTestId('play')).toHaveText('Pause');
  await player.getByTestId('moment').press('End');
  await expect(player.getByTestId('timeline')).toHaveAttribute('aria-valuenow', '16');
  expect(asked).toEqual([`file://${path}`]);
  expect(complaints).toEqual([]);
  await alone.close();
});

test('a page file plays a recording that no program of ours made', async ({
  rankscope,
  page,
  browser,
}, testInfo) => {
  await rankscope.openIdle();
  await page.keyboard.press('e');
  const path = testInfo.outputPath('page.html');
  const { bytes } = await saved(page, 'save-page', path);
  const content = await zippedContent({
    run: {
      recording: WRONG,
      verdict: 'silently wrong',
      told: {
        short: 'pass 1 is wrong',
        headline: 'Two pieces stand in each other’s place.',
        detail: '',
      },
    },
    beside: null,
    cursor: 0,
    colourBy: 'head',
    picture: 'heads',
    selection: null,
    nearness: null,
    span: null,
  });
  const held = Buffer.from((await content?.arrayBuffer()) ?? new ArrayBuffer(0)).toString('base64');
  const template = /(<template id="recording">)[^<]*/;
  writeFileSync(path, bytes.toString('utf8').replace(template, `$1${held}`));

  const player = await browser.newPage();
  const { complaints } = new RankscopePage(player);
  await player.goto(`file://${path}`);
  await expect(player.getByRole('heading', { level: 1 })).toContainText('by hand · 2 heads · SP 2');
  await expect(player.getByTestId('verdict')).toHaveText('✕ pass 1 is wrong');
  await player.getByTestId('moment').press('End');
  await expect(player.getByTestId('now')).toContainText('pass 1 of x');
  await expect(player.locator('[data-rank="1"]').first()).toBeVisible();
  expect(complaints).toEqual([]);
  await player.close();
});

test('the page runs what lies beside it, and nothing else', async ({ context }) => {
  const page = await context.newPage();
  await page.goto('/');
  const broken = await page.evaluate(async () => {
    const directives: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      directives.push(effectiveDirective),
    );
    const script = document.createElement('script');
    script.textContent = 'document.title = "inline"';
    const style = document.createElement('style');
    style.textContent = 'body { display: none }';
    document.head.append(script, style);
    setTimeout('document.title = "evaluated"');
    await fetch('https://example.org/').catch(() => {});
    await new Promise((resolve) => setTimeout(resolve));
    return { directives, title: document.title };
  });
  expect(broken.title).toBe('Rankscope');
  for (const directive of ['script-src-elem', 'style-src-elem', 'script-src', 'connect-src']) {
    expect(broken.directives).toContain(directive);
  }
});
