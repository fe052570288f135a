import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, isForEverybody, test } from './rankscope-page.ts';

const MERGED =
  'if get_num_kv_heads() is not None or (num_heads % seq_world_size != 0 and not scatter_idx < 2):';

/** As from the clipboard, in the place of all that is there. */
async function pasteInto(editor: Locator, text: string): Promise<void> {
  await editor.press('ControlOrMeta+a');
  await editor.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const options = { clipboardData, bubbles: true, cancelable: true, composed: true };
    element.dispatchEvent(new ClipboardEvent('paste', options));
  }, text);
}

test('a maintainer pastes a condition: both passes answer, the stage follows, the map says what changes', async ({
  rankscope,
  page,
}) => {
  await rankscope.openIdle();
  await page.getByTestId('place-map').click();
  const trial = page.getByTestId('trial').getByRole('listitem');
  await expect(trial.nth(1)).toContainText('uneven path');
  const editor = page.getByTestId('rule-editor');
  await pasteInto(editor, MERGED);
  await expect(trial.nth(1)).toContainText('even path');
  await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
  await expect(page.getByTestId('notice')).toBeHidden();
  // Compared with the published rule, though nobody asked for that.
  const difference = page.getByTestId('map-difference');
  await expect(difference).toHaveAttribute('data-broken', '0', { timeout: 30_000 });
  await expect(difference).toHaveAttribute('data-repaired', /^[1-9]\d+$/);
  await expect(difference).toHaveAttribute('data-failing', /^[1-9]\d+$/);
  const copy = page.getByTestId('copy-map');
  await copy.click();
  await expect(copy).toHaveText('Copied');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(
    /^\*\*Against the published rule, .* repairs [\d,]+, breaks 0, still failing/,
  );
  expect(copied).toMatch(/\[Open in Rankscope\]\(http.*#v\d+&.*condition=.*place=map\)$/);
  // The same rule, with a space behind it.
  await editor.press('End');
  await page.keyboard.type(' ');
  await expect(trial.nth(1)).toContainText('even path');
  // Letter by letter: none of them is a key of the page here.
  await editor.press('ControlOrMeta+a');
  await page.keyboard.type('open("x") > 1');
  await expect(page.getByTestId('rule-problem')).toContainText(
    'a call of "open" is not allowed here',
  );
  await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
});

test('a pasted hunk is both sides of a rule, also in the link', async ({ rankscope, page }) => {
  await rankscope.openIdle();
  await page.getByTestId('place-map').click();
  const before = 'num_heads > 3';
  await pasteInto(
    page.getByTestId('rule-editor'),
    `@@ -210,3 +210,3 @@
     num_heads = input.shape[2]
-    if ${before}:
+${MERGED.replace(/^/, '    ')}
         return uneven(input)`,
  );
  await expect(page.getByTestId('rule-before')).toContainText(before);
  await expect(page.getByTestId('trial').getByRole('listitem').nth(1)).toContainText('even path');
  await expect(page.getByTestId('map-against')).toContainText('the rule before');
  const link = () => page.evaluate(() => window.rankscope.link());
  await expect.poll(link).toContain('before.condition=');
});

test('a rule stays as it is written; undo takes back what was written, then what was chosen', async ({
  rankscope,
  page,
}) => {
  const PUBLISHED = 'get_num_kv_heads() is not None or num_heads % seq_world_size != 0';
  await rankscope.openIdle();
  await page.getByTestId('place-map').click();
  const editor = page.getByTestId('rule-editor');
  const outcome = page.getByTestId('trial').getByRole('listitem').nth(1);
  const undo = async () => {
    await page.keyboard.press('ControlOrMeta+z');
  };
  await editor.press('ControlOrMeta+a');
  await page.keyboard.type('if not (num_heads % 4 == 0) or False:  # as in my fork');
  await expect(editor).toHaveText('if not (num_heads % 4 == 0) or False:  # as in my fork');
  await expect(outcome).toContainText('uneven path');
  // Over what has the colour of a keyword: the browser would keep that in a style attribute.
  await editor.press('Home');
  await editor.press('Shift+End');
  await page.keyboard.type('(num_heads < 3) and');
  await expect(page.getByTestId('rule-problem')).toContainText('something is missing here');
  await page.getByTestId('rule-names').getByRole('button', { name: 'scatter_idx' }).click();
  await expect(editor).toBeFocused();
  await page.keyboard.type(' > 1');
  await expect(editor).toHaveText('(num_heads < 3) and scatter_idx > 1');
  await expect(outcome).toContainText('even path');

  // One that stands there already is shown again, too.
  await page.getByTestId('preset-deepspeed-6797').click();
  await editor.press('ControlOrMeta+a');
  await page.keyboard.type('nothing');
  await page.getByTestId('preset-deepspeed-6797').click();
  await expect(editor).toContainText('and not scatter_idx < 2');
  await undo();
  await expect(editor).toHaveText('(num_heads < 3) and scatter_idx > 1');
  // The editor was left for the name: what was written before is a step of its own.
  await undo();
  await expect(editor).toHaveText('num_heads < 3');
  await undo();
  await expect(editor).toHaveText(PUBLISHED);

  // The band over the place has all of its lines: nothing moves under the pointer.
  await expect(page.getByTestId('advice')).toContainText('#6797');
  const name = page.getByTestId('rule-names').getByRole('button', { name: 'get_num_kv_heads()' });
  await name.hover();
  await expect(page.getByTestId('term-tip')).toContainText('None while it keeps none');
  await page.getByTestId('rule-target').click();
  await page.getByRole('option', { name: 'guard: more heads than ranks' }).click();
  await expect(outcome).toContainText('raises');
  await editor.press('ControlOrMeta+a');
  await page.keyboard.type('num_heads > 1');
  await expect(outcome).toContainText('holds');
  await page.keyboard.type('2');
  await expect(editor).toHaveText('num_heads > 12');
  await expect(outcome).toContainText('raises');
  await page.getByTestId('preset-more-heads-than-ranks').click();
  await expect(editor).toHaveText('num_heads > seq_world_size');
});

test('words are dragged within a rule; a configuration that is brought to it is taken as one', async ({
  rankscope,
  page,
  context,
}, info) => {
  await rankscope.openIdle();
  await page.getByTestId('place-map').click();
  await rankscope.idle();
  const editor = page.getByTestId('rule-editor');
  const rule = await editor.textContent();
  const box = await editor.boundingBox();
  if (box === null) throw new Error('the editor is there');
  const config = (heads: number) => `{"num_attention_heads": ${heads}}`;

  const path = info.outputPath('config.json');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, config(64));
  const tools = await context.newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await tools.send('Input.dispatchDragEvent', { type, x: box.x + 100, y: box.y + 18, data });
  }
  await tools.detach();
  await expect(rankscope.field('heads')).toHaveValue('64');
  await page.evaluate((text) => navigator.clipboard.writeText(text), config(32));
  await editor.press('ControlOrMeta+v');
  await expect(rankscope.field('heads')).toHaveValue('32');
  await expect(editor).toHaveText(rule ?? '');

  // What is said over the place may have more lines now.
  await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
  const now = await editor.boundingBox();
  if (now === null) throw new Error('the editor is there');
  const y = now.y + 18;
  await editor.press('Home');
  for (let letter = 0; letter < 4; letter += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.mouse.move(box.x + 20, y);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, y, { steps: 5 });
  await expect(page.getByTestId('drop-overlay')).toHaveCount(0);
  await page.mouse.up();
  await expect(editor).not.toHaveText(rule ?? '');
  await expect(page.getByTestId('notice')).toHaveCount(0);
});

test('the map fills from the case outwards; a field is told, and opens on the stage', async ({
  rankscope,
  page,
}) => {
  await rankscope.openIdle();
  await page.getByTestId('place-map').click();
  await expect(page.getByTestId('map-counts')).toContainText('raises');
  await rankscope.idle();
  await expect(page.getByTestId('map-pattern')).toBeVisible();
  await page.getByTestId('zoom-in').click();
  await rankscope.idle();
  expect(await page.evaluate(() => window.rankscope.link())).toContain('mapNearness=');
  await page.getByTestId('zoom-out').click();
  await page.getByTestId('map').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('map-told')).toContainText('9 heads, SP 4');
  await page.keyboard.press('Enter');
  await rankscope.idle();
  await expect(rankscope.field('heads')).toHaveValue('9');
  await expect(page.getByTestId('stage')).toBeVisible();
});

test('nearer, the field under the pointer stays there, also in a corner; walked to, one comes into sight', async ({
  rankscope,
  page,
}) => {
  await rankscope.openIdle();
  await page.getByTestId('place-map').click();
  await rankscope.idle();
  const told = page.getByTestId('map-told');
  const box = await page.getByTestId('map').boundingBox();
  if (box === null) throw new Error('the map is there');
  const corner = { x: box.x + box.width - 17, y: box.y + box.height - 17 };
  await page.mouse.move(corner.x, corner.y);
  await expect(told).toContainText('128 heads, SP 64');
  for (let turn = 0; turn < 12; turn += 1) await page.mouse.wheel(0, -300);
  await rankscope.idle();
  expect(await page.evaluate(() => window.rankscope.link())).toContain('mapNearness=24:');
  await page.mouse.move(corner.x + 1, corner.y + 1);
  await expect(told).toContainText('128 heads, SP 64');
  await page.mouse.move(corner.x - 140, corner.y);
  await expect(told).toContainText('127 heads, SP 64');

  await page.mouse.move(0, 0);
  await page.getByTestId('map').focus();
  await page.keyboard.press('ArrowLeft');
  await rankscope.idle();
  await expect(told).toContainText('7 heads, SP 4: fine');
  const [, nearness] = (await page.evaluate(() => window.rankscope.link())).split(
    'mapNearness=24:',
  );
  expect(Number(nearness?.split(':')[0])).toBeLessThan(0.1);

  await page.getByTestId('map-against').click();
  await page.getByRole('option', { name: 'verl as published' }).click();
  await rankscope.idle();
  await expect(page.getByTestId('map-difference')).toHaveAttribute('data-broken', /^\d+$/);
  await page.keyboard.press('Escape');
  await page.getByTestId('map').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('map-told-against')).toContainText('verl:');

  // The field is told anew when the case becomes another one.
  await expect(told).toContainText('8 heads, SP 4: raises');
  await rankscope.choose('implementation', /0\.16\.2/);
  await expect(told).toContainText('8 heads, SP 4: fine');
});

test('the legal degrees of a model, every implementation', async ({ rankscope, page }) => {
  await rankscope.openIdle();
  await rankscope.choose('model', /Llama 3\.1 8B/);
  await page.getByTestId('place-map').click();
  await page.getByTestId('tab-degrees').click();
  const degrees = page.getByTestId('degrees');
  await expect(degrees).toHaveAttribute('data-scope', 'q, k, v, forward and backward', {
    timeout: 30_000,
  });
  // The implementation of the case comes first; 8 KV heads on 4 ranks raise in its backward.
  const own = page.getByTestId('degrees-own');
  await expect(own.getByRole('rowheader')).toHaveText('DeepSpeed 0.15.4');
  await expect(own.locator('[data-sp="2"]')).toHaveAttribute('data-legal', 'true');
  await expect(own.locator('[data-sp="4"]')).toHaveAttribute('data-verdict', 'raises');
  await expect(own.locator('[data-sp="12"]')).toHaveCount(0);
  const implementations = await page.evaluate(() => window.rankscope.implementations());
  for (const { title } of implementations) {
    await expect(degrees.getByRole('rowheader', { name: title, exact: true })).toHaveCount(1);
  }
  // The table is of what was published: no rule stands over it, and signs are told beside it.
  await expect(page.getByTestId('rule')).toHaveCount(0);
  await expect(page.getByTestId('degrees-signs')).toContainText('silently wrong');
  const copy = page.getByTestId('copy-degrees');
  await copy.click();
  await expect(copy).toHaveText('Copied');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('q, k, v, forward and backward');
  expect(copied.match(/SP \d+ \|/g)?.join('')).toBe(
    'SP 1 |SP 2 |SP 4 |SP 8 |SP 16 |SP 32 |SP 64 |',
  );
  expect(copied).toMatch(/\| DeepSpeed 0\.15\.4 \|( [✓✕] \|){7} 1, 2 \|/);
  // Another model is another table.
  await rankscope.fill('heads', '12');
  await expect(degrees).toContainText('12 heads');
  await expect(copy).toHaveText('Copy as Markdown');
});

for (const [model, implementation, sp] of [
  [/Llama 3\.1 8B/, 'deepspeed-6392', '12'],
  [/Llama 3\.1 8B/, 'deepspeed-6392', '4'],
  [/Qwen2\.5 7B/, 'deepspeed-6797', '8'],
] as const) {
  test(`stage, table, map and interface say the same of ${implementation} at SP ${sp}, ${model.source}`, async ({
    rankscope,
    page,
  }) => {
    await rankscope.loadIdle();
    await rankscope.show({
      implementation,
      sp: 4,
      batch: 1,
      seq: 8,
      heads: 8,
      headDim: 2,
      batchDimIdx: 0,
    });
    await rankscope.choose('model', model);
    await rankscope.fill('sp', sp);
    const verdict = await rankscope.verdict.getAttribute('data-verdict');
    expect(verdict).not.toBe('fine');
    const { heads, kvHeads } = await page.evaluate(async () => ({
      heads: Number(document.querySelector<HTMLInputElement>('[data-testid="field-heads"]')?.value),
      kvHeads: Number(
        document.querySelector<HTMLInputElement>('[data-testid="field-kvHeads"]')?.value,
      ),
    }));
    const ran = await page.evaluate((wanted) => window.rankscope.run(wanted), {
      implementation,
      program: 'layerForwardBackward',
      sp: Number(sp),
      batch: 1,
      seq: 2 * Number(sp),
      heads,
      kvHeads,
      headDim: 2,
      batchDimIdx: 0,
    });
    expect(ran.verdict).toBe(verdict);
    expect(ran.scope).toBe('q, k, v, forward and backward');
    await page.getByTestId('place-map').click();
    await page.getByTestId('tab-degrees').click();
    await page.getByTestId('all-degrees').click({ timeout: 30_000 });
    const cell = page.getByTestId('degrees-own').locator(`[data-sp="${sp}"]`);
    await expect(cell).toHaveAttribute('data-verdict', verdict ?? '');
  });
}

test('the map is for everybody', async ({ rankscope, page }) => {
  await rankscope.openIdle();
  await page.getByTestId('place-map').click();
  await expect(page.getByTestId('map-counts')).toContainText('raises');
  await isForEverybody(page);
});
