import type { Page } from '@playwright/test';
import { expect, type RankscopePage, test } from './rankscope-page.ts';

/**
 * Jobs that died, each from a cold page with what its owner has in hand, to the fix on the clipboard
 * as it would be pasted into an issue.
 */

/** Through the door for those whose job died, with the model and what it ran on. */
async function enter(
  rankscope: RankscopePage,
  page: Page,
  job: { model?: RegExp; release: string; sp: string },
): Promise<void> {
  await rankscope.load();
  await page.evaluate(() => localStorage.removeItem('rankscope.visited'));
  await rankscope.loadIdle();
  await page.getByTestId('door-job').click();
  if (job.model !== undefined) await rankscope.choose('model', job.model);
  await rankscope.field('implementation').click();
  await page.getByTestId('find-implementation').fill(job.release);
  await page.keyboard.press('Enter');
  await rankscope.idle();
  await rankscope.fill('sp', job.sp);
}

async function copied(rankscope: RankscopePage, page: Page, entry: string): Promise<string> {
  await page.getByTestId('copy').click();
  await page.getByTestId(`menu-${entry}`).click();
  await expect(page.getByTestId('notice')).toContainText('on the clipboard');
  await rankscope.idle();
  return page.evaluate(() => navigator.clipboard.readText());
}

test.describe('a job that died', () => {
  test('DeepSpeed 0.15.4, Llama 3.1 8B, SP 8: “Number of heads (4) must be larger …”', async ({
    rankscope,
    page,
  }) => {
    await enter(rankscope, page, { model: /Llama 3\.1 8B/, release: 'deepspeed==0.15.4', sp: '8' });
    await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'raises');
    await expect(page.getByTestId('exception')).toContainText(
      'Number of heads (4) must be larger than sequence parallel size (8)',
    );
    const advice = page.getByTestId('advice');
    await expect(advice.locator('[data-advice="fix"]')).toContainText('≥ 0.16.2 (#6797)');
    await expect(advice.locator('[data-advice="without"]')).toContainText('SP 2');
    await expect(advice.locator('[data-advice="not-enough"]')).toContainText(
      'SP 4 (raises in backward)',
    );
    const issue = await copied(rankscope, page, 'copy-issue');
    expect(issue.split('\n')).toHaveLength(8);
    for (const fact of [
      '0.15.4 – 0.16.1',
      '32 heads, 8 KV heads, SP 8',
      'Number of heads (4) must be larger than sequence parallel size (8)',
      '4 % 8 = 4',
      '**Fix:** upgrade to ≥ 0.16.2 (#6797).',
      '**Without upgrading:** SP 2.',
      '**Not enough:** SP 4 (raises in backward).',
      'http://',
    ]) {
      expect(issue).toContain(fact);
    }
    await page.getByTestId('compare-with-it').click();
    await rankscope.idle();
    await expect(page.getByTestId('verdict-right')).toHaveAttribute('data-verdict', 'fine');
  });

  test('verl, Qwen2.5 7B, SP 8: a hang', async ({ rankscope, page }) => {
    await enter(rankscope, page, { model: /Qwen2\.5 7B/, release: 'verl', sp: '8' });
    await expect(rankscope.verdict).not.toHaveAttribute('data-verdict', 'fine');
    const advice = page.getByTestId('advice');
    await expect(advice.locator('[data-advice="fix"]')).toContainText('0.7.0');
    await expect(advice.locator('[data-advice="without"]')).toContainText('SP 4 or 2');
    const issue = await copied(rankscope, page, 'copy-issue');
    expect(issue).toContain('28 heads, 4 KV heads, SP 8');
    expect(issue).toContain('**Without upgrading:** SP 4 or 2.');
  });

  test('DeepSpeed 0.16.3, models of 28 and of 16 heads, SP 8: NCCL’s time-out', async ({
    rankscope,
    page,
  }) => {
    await enter(rankscope, page, { release: 'deepspeed==0.16.3', sp: '8' });
    await rankscope.fill('heads', '28');
    await rankscope.choose('program', /two models/);
    await rankscope.fill('kvHeads', '16');
    await expect(rankscope.verdict).toHaveAttribute('data-verdict', /ranks disagree|raises/);
    const advice = page.getByTestId('advice');
    await expect(advice.locator('[data-advice="fix"]')).toContainText(
      '#8316 (merged, in no release up to 0.19.5)',
    );
    await expect(advice.locator('[data-advice="without"]')).toContainText(/SP .*\b4\b/);
    const sentence = await copied(rankscope, page, 'copy-advice');
    expect(sentence).toContain('a process for each model');
    expect(sentence).toContain('any release up to 0.19.5 (the code is the same)');
  });

  test('DeepSpeed 0.14.4, sequence first, batch 2, SP 2: another loss than with SP 1', async ({
    rankscope,
    page,
  }) => {
    await enter(rankscope, page, { release: 'deepspeed==0.14.4', sp: '2' });
    await page.getByTestId('layout-1').click();
    await rankscope.fill('batch', '2');
    await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'silently wrong');
    const advice = page.getByTestId('advice');
    await expect(advice.locator('[data-advice="fix"]')).toContainText('≥ 0.14.5 (#5823)');
    await expect(advice.locator('[data-advice="without"]')).toContainText('batch 1');
    const issue = await copied(rankscope, page, 'copy-issue');
    expect(issue).toContain('upgrade to ≥ 0.14.5 (#5823)');
    expect(issue).toContain('`[S, B, H, D]`');
  });
});

test('every copy carries the link back, or says why there is none', async ({ rankscope, page }) => {
  await rankscope.openIdle();
  const link = await page.evaluate(() => window.rankscope.link());
  for (const entry of ['copy-issue', 'copy-repro', 'copy-repro-deepspeed', 'copy-pytest']) {
    expect(await copied(rankscope, page, entry)).toContain(link);
    await page.getByTestId('dismiss').click();
  }
  await rankscope.choose('implementation', /^diffusers, unified/);
  await rankscope.fill('heads', '9');
  await page.getByTestId('copy').click();
  await page.getByTestId('menu-copy-pytest').click();
  await expect(page.getByTestId('notice')).toContainText('There is no pytest');
});
