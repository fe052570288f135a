import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FINE } from './cases.ts';
import { expect, test } from './rankscope-page.ts';

const LLAMA = {
  architectures: ['LlamaForCausalLM'],
  hidden_size: 4096,
  model_type: 'llama',
  num_attention_heads: 32,
  num_hidden_layers: 32,
  num_key_value_heads: 8,
};

test.describe('an engineer brings a model', () => {
  test('Llama 3.1 8B’s config.json at SP 8 on 0.15.4', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await page.getByTestId('config-file').setInputFiles({
      name: 'config.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(LLAMA)),
    });
    await rankscope.idle();
    await expect(rankscope.field('heads')).toHaveValue('32');
    await expect(rankscope.field('kvHeads')).toHaveValue('8');
    await expect(rankscope.field('headDim')).toHaveValue('128');
    await rankscope.fill('sp', '8');
    await expect(page.getByTestId('exception')).toContainText(
      'Number of heads (4) must be larger than sequence parallel size (8)',
    );
  });

  test('a model from the list', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await rankscope.choose('model', /Qwen2\.5 7B/);
    await expect(rankscope.field('heads')).toHaveValue('28');
    await expect(rankscope.field('kvHeads')).toHaveValue('4');
    await expect(page.getByTestId('exception')).toHaveCount(0);
    await expect(rankscope.verdict).toContainText('ranks disagree');
  });

  test('a configuration whose text part is nested, pasted', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await page.evaluate(
      (text) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text', text);
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
      },
      JSON.stringify({ vision_config: { num_heads: 16 }, text_config: LLAMA }),
    );
    await rankscope.idle();
    await expect(rankscope.field('heads')).toHaveValue('32');
  });

  test('a configuration dropped on the page', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await page.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'config.json', { type: 'application/json' }));
      const target = document.querySelector('[data-testid="config-drop"]');
      target?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
    }, JSON.stringify(LLAMA));
    await expect(rankscope.field('heads')).toHaveValue('32');
  });
});

test.describe('an implementation', () => {
  test('is found by its release and by its pull request', async ({ rankscope, page }) => {
    await rankscope.loadIdle();
    for (const [query, id, releases] of [
      ['0.14.4', 'deepspeed-5664', '0.14.4'],
      ['6392', 'deepspeed-6392', '0.15.4 – 0.16.1'],
      ['deepspeed==0.16.2', 'deepspeed-6797', '0.16.2'],
    ] as const) {
      await rankscope.field('implementation').click();
      await page.getByTestId('find-implementation').fill(query);
      await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(1);
      await expect(page.getByTestId(`implementation-${id}`)).toContainText(releases);
      await page.keyboard.press('Enter');
      await rankscope.idle();
      await expect(page.getByTestId('published')).toContainText(releases);
      await expect(page.getByTestId('published')).toHaveAttribute(
        'href',
        /^https:\/\/github\.com\/deepspeedai\/DeepSpeed\/blob\/[0-9a-f]{40}\/deepspeed\/sequence\/layer\.py$/,
      );
    }
  });

  test('that no release has says what is known of it', async ({ rankscope, page }) => {
    await rankscope.loadIdle();
    await rankscope.choose('implementation', /8316/);
    await expect(page.getByTestId('published')).toHaveAttribute('data-status', 'merged');
    await expect(page.getByTestId('published')).toHaveAttribute('href', /8316$/);
  });
});

test.describe('every field of the case', () => {
  test('re-runs at once', async ({ rankscope, page }) => {
    await rankscope.loadIdle();
    await rankscope.fill('heads', '9');
    await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
    await rankscope.fill('heads', '20');
    await expect(rankscope.verdict).toContainText('ranks disagree');
    await rankscope.fill('sp', '5');
    await expect(rankscope.field('seq')).toHaveValue('10');
    await rankscope.fill('sp', '2');
    await rankscope.fill('seq', '6');
    await rankscope.fill('batch', '2');
    await rankscope.fill('headDim', '3');
    await expect(rankscope.ribbon.first()).toContainText('[2, 3, 20, 3]');
    await page.getByTestId('layout-1').click();
    await rankscope.idle();
    await expect(rankscope.ribbon.first()).toContainText('[3, 2, 20, 3]');
    await rankscope.choose('implementation', /0\.14\.5/);
    await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
    await rankscope.choose('program', /^attention layer, forward q/);
    await rankscope.fill('kvHeads', '3');
    await expect(rankscope.verdict).toContainText('forward: pass 1 of k raises');
    await rankscope.choose('program', /two models/);
    await expect(rankscope.verdict).toContainText('forward: pass 1 of r raises');
  });

  test('a head count left behind decides', async ({ rankscope }) => {
    await rankscope.openIdle();
    await rankscope.choose('implementation', /0\.16\.2/);
    await rankscope.fill('heads', '12');
    await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
    await rankscope.fill('numKvHeadsBefore', '3');
    await expect(rankscope.verdict).not.toHaveAttribute('data-verdict', 'fine');
    await rankscope.fill('numKvHeadsBefore', '');
    await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
  });

  test('may change faster than ranks can run: the last one counts', async ({ rankscope, page }) => {
    await rankscope.loadIdle();
    for (const heads of ['12', '16', '20', '24', '28', '9']) {
      await rankscope.field('heads').fill(heads);
    }
    await rankscope.idle();
    await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
    await expect(rankscope.ribbon.first()).toContainText('[1, 2, 9, 2]');
    expect(page.workers().length).toBe(4);
  });
});

test.describe('bad input', () => {
  test('is answered at the field', async ({ rankscope, page }) => {
    for (const [field, value, sentence] of [
      ['heads', '0', 'heads is 0; it must be a whole number from 1 to 1024'],
      ['heads', '-3', 'heads is -3; it must be a whole number from 1 to 1024'],
      ['sp', '2.5', 'sp is 2.5; it must be a whole number from 1 to 1024'],
      ['seq', '1e300', 'seq is 1e+300; it must be a whole number from 1 to 65536'],
      ['batch', 'many', 'batch is'],
      ['headDim', '', 'headDim is missing'],
      ['numKvHeadsBefore', '0', 'numKvHeadsBefore is 0; it must be a whole number from 1 to 1024'],
    ] as const) {
      await rankscope.openIdle();
      await rankscope.fill(field, value);
      await expect(page.getByTestId('problem').filter({ hasText: sentence })).toBeVisible();
      await expect(rankscope.field(field)).toHaveAttribute('aria-invalid', 'true');
      await expect(rankscope.field(field)).toHaveValue(value);
      await expect(rankscope.verdict).toHaveText('✕ pass 2 raises on 4 of 4 ranks');
    }
  });

  test('a case too large says how large it would be', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await rankscope.fill('headDim', '512');
    await rankscope.fill('seq', '65536');
    await expect(
      page
        .getByTestId('problem')
        .filter({ hasText: /would hold about [\d,]+ MB .* the limit is 256 MB/ }),
    ).toBeVisible();
    await expect(rankscope.ribbon.first()).toContainText('[1, 2, 8, 512]');
    // It is said at the field that was changed, whichever is the largest.
    await expect(rankscope.field('seq')).toHaveAttribute('aria-invalid', 'true');
    await rankscope.openIdle();
    await rankscope.fill('seq', '65536');
    await rankscope.fill('headDim', '512');
    await expect(rankscope.field('headDim')).toHaveAttribute('aria-invalid', 'true');
    await expect(rankscope.field('seq')).toHaveAttribute('aria-invalid', 'false');
    await expect(rankscope.ribbon.first()).toContainText('[1, 16384, 8, 2]');
  });

  test('lists on many ranks say how many ranks fit', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await rankscope.show({ ...FINE, implementation: 'verl' });
    await rankscope.fill('sp', '640');
    const problem = page.getByTestId('problem').filter({ hasText: /sp is 640; .* 256 MB/ });
    await expect(problem).toContainText(/At most \d+ ranks fit/);
    await expect(rankscope.field('sp')).toHaveAttribute('aria-invalid', 'true');
  });

  test('many ranks are judged in turns, between which the page answers', async ({
    rankscope,
    page,
  }) => {
    await rankscope.openIdle();
    const turns = await page.evaluate(
      async (large) => {
        const band = document.querySelector('[data-testid="verdict-band"]');
        let count = 0;
        const turn = new MessageChannel();
        // Whatever else waits for a turn gets its own while the run is being judged.
        turn.port1.onmessage = () => {
          if (band?.getAttribute('data-judging') === 'true') count += 1;
          turn.port2.postMessage(null);
        };
        turn.port2.postMessage(null);
        await window.rankscope.open(large);
        turn.port1.close();
        return count;
      },
      { ...FINE, implementation: 'verl', sp: 96, seq: 96, heads: 96, headDim: 1 },
    );
    expect(turns).toBeGreaterThan(0);
    await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
  });

  test('a config.json that has 50 MB', async ({ rankscope, page }, info) => {
    await rankscope.openIdle();
    const path = info.outputPath('config.json');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, ' '.repeat(50 * 1024 * 1024));
    await page.getByTestId('config-file').setInputFiles(path);
    const notice = page.getByTestId('notice');
    await expect(notice).toContainText('config.json cannot be used. This file has 50.0 MB');
    await expect(notice).toBeInViewport();
    await expect(rankscope.field('heads')).toHaveValue('8');
  });

  test('a folder, and several files at once', async ({ rankscope, page, context }, info) => {
    const folder = info.outputPath('model');
    const files = ['a.json', 'b.json'].map((name) => info.outputPath(name));
    await mkdir(folder, { recursive: true });
    for (const path of files) await writeFile(path, '{"num_attention_heads": 64}');
    await rankscope.openIdle();
    const tools = await context.newCDPSession(page);
    const notice = page.getByTestId('notice');
    // Only what is dragged in from outside of the page is a folder, or files of a disk.
    const drop = async (paths: string[]) => {
      const data = { items: [], files: paths, dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
        await tools.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
      }
    };
    await drop([folder]);
    await expect(notice).toContainText('model cannot be read: it is a folder, or it is no longer');
    await drop(files);
    await expect(notice).toContainText('2 files were dropped: a.json, b.json. Drop one at a time');
    await expect(rankscope.field('heads')).toHaveValue('8');
    await drop(files.slice(1));
    await expect(rankscope.field('heads')).toHaveValue('64');
    await tools.detach();
  });

  for (const [what, text, sentence] of [
    ['no JSON', 'num_attention_heads = 8', 'This is not JSON'],
    ['no heads', '{"hidden_size": 64}', 'This JSON says nothing of attention heads'],
  ] as const) {
    test(`a config.json that has ${what}`, async ({ rankscope, page }) => {
      await rankscope.openIdle();
      await page.getByTestId('config-file').setInputFiles({
        name: 'config.json',
        mimeType: 'application/json',
        buffer: Buffer.from(text),
      });
      const notice = page.getByTestId('notice');
      await expect(notice).toContainText(`config.json cannot be used. ${sentence}`);
      await expect(notice).toBeInViewport();
      await expect(rankscope.field('heads')).toHaveValue('8');
    });
  }
});

test('the sequence is dealt as a person says, apart from the code', async ({ rankscope, page }) => {
  await rankscope.openIdle();
  await rankscope.show({ ...FINE, seq: 18 });
  await page.getByTestId('advanced').evaluate((fields) => fields.setAttribute('open', ''));
  await rankscope.choose('sequenceSplit', /leftover dropped/);
  await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'silently wrong');
  await expect(rankscope.verdict).toContainText('2 tokens belong to nobody');
  await expect(page.getByTestId('stray')).toHaveAttribute('data-lost', 'true');
  await rankscope.choose('sequenceSplit', /padded/);
  await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
  await expect(page).toHaveURL(/sequenceSplit=pad/);
  await expect(page.getByTestId('stray')).toHaveAttribute('data-lost', 'false');
  await rankscope.choose('sequenceSplit', /by lengths/);
  await page.getByTestId('field-sequenceLengths').fill('5,5,5');
  await expect(page.getByTestId('case').getByRole('alert')).toContainText(
    'sequenceSplit lists 3 lengths; it must list one for each of 4 ranks',
  );
  await page.getByTestId('field-sequenceLengths').fill('9,5,3,1');
  await rankscope.idle();
  await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'ranks disagree');
  await rankscope.choose('sequenceSplit', /nearly equal/);
  await rankscope.fill('seq', '16');
  await rankscope.choose('sequenceOrder', /^balanced/);
  await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'silently wrong');
  await page.getByTestId('same-case-sequence-order').click();
  await rankscope.idle();
  await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
});
