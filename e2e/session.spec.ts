import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, type RankscopePage, test } from './rankscope-page.ts';

/** Drops a file anywhere on the page. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page.evaluate(
    ({ fileName, base64 }) => {
      const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], fileName));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
    },
    { fileName: name, base64: bytes.toString('base64') },
  );
}

/** Saves the session on the screen. */
async function save(rankscope: RankscopePage): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    rankscope.page.waitForEvent('download'),
    rankscope.fromFileMenu('save-session'),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test.describe('an engineer keeps a session', () => {
  test('and opens it later, as it was, without running it', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await page.getByTestId('colour-by').click();
    await page.keyboard.press('ArrowLeft');
    await rankscope.idle();
    const cursor = await rankscope.cursor();
    const now = await rankscope.now.textContent();
    const { name, bytes } = await save(rankscope);
    expect(name).toBe('rankscope-deepspeed-6392-8-heads-sp-4.json.gz');

    await rankscope.loadIdle();
    await rankscope.fill('heads', '9');
    await page.evaluate(() => {
      // Whoever is asked to run something from now on never answers.
      Worker.prototype.postMessage = () => {};
    });
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.keyboard.press('ControlOrMeta+o'),
    ]);
    await chooser.setFiles({ name, mimeType: 'application/gzip', buffer: bytes });
    await expect(page.getByTestId('notice')).toContainText(`Opened ${name}`);
    await rankscope.idle();
    await expect(rankscope.field('heads')).toHaveValue('8');
    await expect(rankscope.verdict).toHaveText('✕ pass 2 raises on 4 of 4 ranks');
    await expect(rankscope.now).toHaveText(now ?? '');
    expect(await rankscope.cursor()).toBe(cursor);
    await expect(page.getByTestId('colour-by')).toHaveAttribute('aria-pressed', 'true');
    await page.getByTestId('timeline').press('Home');
    await rankscope.idle();
    expect(await rankscope.cursor()).toBe(0);
    await page.goto('about:blank');
  });

  test('by dropping it anywhere; one step back is what was there', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    const { name, bytes } = await save(rankscope);
    await rankscope.fill('heads', '9');
    await page.evaluate(() =>
      document.body.dispatchEvent(new DragEvent('dragover', { bubbles: true })),
    );
    await expect(page.getByTestId('drop-overlay')).toBeVisible();
    await drop(page, name, bytes);
    await expect(page.getByTestId('notice')).toBeVisible();
    await expect(page.getByTestId('drop-overlay')).toHaveCount(0);
    await expect(rankscope.field('heads')).toHaveValue('8');
    await page.keyboard.press('ControlOrMeta+z');
    await rankscope.idle();
    await expect(rankscope.field('heads')).toHaveValue('9');
    await expect(page.getByTestId('notice')).toHaveCount(0);
  });
});

test.describe('a file that is no session', () => {
  for (const [what, damage, sentence] of [
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2), 'cut off or damaged'],
    [
      'altered',
      (bytes: Buffer) =>
        Buffer.concat([bytes.subarray(0, 400), Buffer.from('?!'), bytes.subarray(402)]),
      'cut off or damaged',
    ],
    [
      'another program’s',
      () => Buffer.from('{"format": "rankscope-drawing"}'),
      'Not a Rankscope recording: format is "rankscope-drawing"',
    ],
    [
      'without its ranks',
      () => Buffer.from('{"format": "rankscope-recording", "version": 1, "case": {}, "ranks": []}'),
      'The case of this recording: implementation is missing',
    ],
  ] as const) {
    test(`${what} says so and leaves the screen`, async ({ rankscope, page }) => {
      await rankscope.openIdle();
      const { name, bytes } = await save(rankscope);
      await rankscope.fill('heads', '9');
      await drop(page, name, damage(bytes));
      await expect(page.getByRole('alert').getByTestId('notice')).toContainText(sentence);
      await expect(page.getByTestId('notice')).toContainText(name);
      await expect(rankscope.field('heads')).toHaveValue('9');
      await rankscope.fill('heads', '12');
      await expect(rankscope.verdict).toContainText('✕');
      await expect(page.getByTestId('notice')).toHaveCount(0);
    });
  }

  test('chosen as one says so', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      rankscope.fromFileMenu('open-session'),
    ]);
    await chooser.setFiles({
      name: 'notes.json',
      mimeType: 'application/json',
      buffer: Buffer.from('rank 2 hangs'),
    });
    await expect(page.getByTestId('notice')).toContainText(
      'notes.json cannot be opened. Truncated recording',
    );
  });
});
