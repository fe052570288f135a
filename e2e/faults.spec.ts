import type { Page } from '@playwright/test';
import type { FaultKind } from '../src/core/contract/case.ts';
import type { CheckId } from '../src/core/judge/finding.ts';
import { FINE } from './cases.ts';
import { expect, test } from './rankscope-page.ts';

/** Opens a case and counts the frames that the page paints before it is judged. */
function framesUntilJudged(page: Page, wanted: unknown): Promise<number> {
  return page.evaluate(async (one) => {
    let frames = 0;
    let judged = false;
    const count = () => {
      frames += 1;
      if (!judged) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    await window.rankscope.open(one);
    judged = true;
    return frames;
  }, wanted);
}

/** Unfolds the fields that few cases need. */
async function openRareFields(page: Page): Promise<void> {
  const fields = page.getByTestId('advanced');
  if ((await fields.getAttribute('open')) === null) {
    await fields.getByText('Advanced').click();
  }
}

/** A Worker that is ended is gone a moment later. */
async function workersAre(page: Page, count: number): Promise<void> {
  await expect.poll(() => page.workers().length).toBe(count);
}

test.describe('a rank that fails', () => {
  const STORIES: readonly [kind: FaultKind, headline: RegExp, check: CheckId, says: RegExp][] = [
    [
      'raises-before',
      /^Rank 2 raises in forward: pass 1 of q, and ranks 0, 1 and 3 wait forever/,
      'same-collectives',
      /ranks 0, 1 and 3 wait forever for rank 2.*NCCL waits until its watchdog.*gloo until/,
    ],
    [
      'raises-in',
      /^Rank 2 raises in forward: pass 1 of q, and ranks 0, 1 and 3 wait forever/,
      'same-collectives',
      /ranks 0, 1 and 3 wait forever for rank 2.*NCCL waits until its watchdog.*gloo until/,
    ],
    [
      'raises-after',
      /^Rank 2 raises “.*” in forward: pass 1 of q/,
      'no-exception',
      /RuntimeError on rank 2/,
    ],
    [
      'sends-less',
      /Rank 2 sends 7 elements to rank 3, which expects 8/,
      'splits-agree',
      /rank 2 sends 7 elements to rank 3, which expects 8/,
    ],
    [
      'other-collective',
      /^The ranks are in different collectives in forward: pass 1 of q/,
      'same-collectives',
      /a cycle: rank 0 in all_to_all_single waits for rank 2 in all_gather waits for rank 0.*NCCL.*gloo/,
    ],
    [
      'terminates',
      /^Rank 2 never comes back in forward: pass 1 of q, and ranks 0, 1 and 3 wait forever/,
      'same-collectives',
      /ranks 0, 1 and 3 wait forever for rank 2.*NCCL waits until its watchdog.*gloo until/,
    ],
    [
      'loops',
      /^Rank 2 never comes back in forward: pass 1 of q, and ranks 0, 1 and 3 wait forever/,
      'same-collectives',
      /ranks 0, 1 and 3 wait forever for rank 2.*NCCL waits until its watchdog.*gloo until/,
    ],
  ];

  for (const [kind, headline, check, says] of STORIES) {
    test(`${kind}: who waits for whom, and the next run is clean`, async ({ rankscope, page }) => {
      await rankscope.loadIdle();
      await framesUntilJudged(page, { ...FINE, fault: { kind, rank: 2, call: 0 } });
      await rankscope.idle();
      await expect(rankscope.headline).toHaveText(headline);
      await expect(page.getByTestId(`check-${check}`)).toHaveText(says);
      expect((await rankscope.show(FINE)).verdict).toBe('fine');
      await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
      await workersAre(page, 4);
    });
  }

  test('loops forever while the page goes on painting', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    const fault = { kind: 'loops', rank: 2, call: 0 };
    expect(await framesUntilJudged(page, { ...FINE, fault })).toBeGreaterThan(20);
  });

  test('is left to nobody when the case is changed while it loops', async ({ rankscope, page }) => {
    await rankscope.loadIdle();
    const fault = { kind: 'loops', rank: 2, call: 0 };
    const reports = await page.evaluate(
      async ([looping, healthy]) => {
        const first = window.rankscope.open(looping).catch((error: Error) => error.message);
        await new Promise(requestAnimationFrame);
        return [await window.rankscope.open(healthy), await first] as const;
      },
      [{ ...FINE, fault }, FINE] as const,
    );
    expect(reports[0].verdict).toBe('fine');
    expect(reports[1]).toBe('another case was opened before this one was done');
    await workersAre(page, 4);
  });
});

test.describe('the fields of a fault', () => {
  test.beforeEach(async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await openRareFields(page);
    await rankscope.choose('fault', /^raises during/);
  });

  test('say what fails where', async ({ rankscope, page }) => {
    await expect(rankscope.headline).toHaveText(/^Rank 0 raises in forward: pass 1 of q/);
    await page.getByTestId('fault-rank').fill('3');
    await rankscope.idle();
    await expect(rankscope.headline).toHaveText(/^Rank 3 raises in forward: pass 1 of q/);
    await rankscope.choose('implementation', /0\.16\.2/);
    await page.getByTestId('fault-call').fill('1');
    await rankscope.idle();
    await expect(rankscope.headline).toHaveText(/^Rank 3 raises in forward: pass 2 of o/);
    await rankscope.choose('fault', /^none/);
    await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
  });

  test('are answered where they are wrong', async ({ rankscope, page }) => {
    for (const [part, text, sentence] of [
      ['rank', '99', 'fault strikes rank 99; the ranks are 0 to 3'],
      ['rank', '', 'rank of the fault is missing; it must be a whole number'],
      ['rank', 'two', 'rank of the fault is "two"; it must be a whole number, 0 for the first'],
      ['call', '-1', 'call of the fault is -1; it must be a whole number, 0 for the first'],
      ['call', '7', 'fault strikes call 7; the calls are 0 to 1'],
      ['call', '0.5', 'call of the fault is "0.5"; it must be a whole number'],
    ] as const) {
      const field = page.getByTestId(`fault-${part}`);
      await field.fill(text);
      await rankscope.idle();
      await expect(page.getByTestId('problem').filter({ hasText: sentence })).toBeVisible();
      await expect(field).toHaveAttribute('aria-invalid', 'true');
      await expect(field).toHaveAccessibleDescription(/^✕ (fault|rank|call) /);
      await expect(field).toHaveValue(text);
      await expect(rankscope.headline).toHaveText(/^Rank 0 raises in forward: pass 1 of q/);
      await field.fill('0');
      await rankscope.idle();
      await expect(field).toHaveAttribute('aria-invalid', 'false');
    }
  });

  test('open by themselves where ranks without a Worker of their own cannot be lost', async ({
    rankscope,
    page,
  }) => {
    await rankscope.choose('fault', /^process dies/);
    // Folded and refused before the browser tells of the folding, which it does a moment later.
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('[data-testid="advanced"] summary')?.click();
      const ranks = document.querySelector<HTMLInputElement>('[data-testid="field-sp"]');
      ranks?.focus();
      ranks?.select();
      document.execCommand('insertText', false, '65');
    });
    await rankscope.idle();
    await expect(page.getByText('needs a Worker for each rank: at most 64 ranks')).toBeVisible();
    await page.getByTestId('advanced').getByText('Advanced').click();
    await expect(page.getByTestId('field-fault')).toBeHidden();
  });
});

test.describe('gather index and KV repeat', () => {
  test('are chosen apart from the layout', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await rankscope.choose('implementation', /0\.14\.4/);
    await rankscope.fill('sp', '2');
    await openRareFields(page);
    await rankscope.choose('gatherIdx', /^0 /);
    await expect(rankscope.ribbon.nth(1)).toContainText('should be [1, 8, 4, 2]');
    await expect(page.getByTestId('check-round-trip')).toHaveAttribute('data-status', 'pass');
    await expect(page.getByTestId('check-pass1-truth')).toHaveAttribute('data-status', 'fail');
    await rankscope.choose('gatherIdx', /^the sequence/);
    await rankscope.choose('implementation', /^verl/);
    await rankscope.choose('program', /^attention layer, forward q/);
    await rankscope.fill('sp', '4');
    await rankscope.fill('kvHeads', '2');
    // verl's caller repeats scarce KV heads; the function alone does not.
    await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
    await rankscope.choose('caller', /^bypassed/);
    await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'ranks disagree');
    await rankscope.choose('kvRepeat', /^by tiling/);
    await expect(page.getByTestId('check-gqa-groups')).toHaveText(/beside KV head 1 instead of 0/);
    await rankscope.choose('kvRepeat', /^in place/);
    await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
  });
});

test.describe('Workers', () => {
  test('none is left behind by 200 quick changes', async ({ rankscope, page }) => {
    test.slow();
    await rankscope.loadIdle();
    await page.evaluate(async () => {
      const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
      const type = (name: string, value: number) => {
        const field = document.querySelector(`[data-testid="field-${name}"]`);
        setValue?.call(field, String(value));
        field?.dispatchEvent(new Event('input', { bubbles: true }));
      };
      for (let change = 0; change < 200; change++) {
        if (change % 2 === 0) type('sp', 1 + ((change * 7) % 8));
        else type('heads', 1 + (change % 40));
        // Now and then a run gets under way before it is called off.
        if (change % 5 === 0) await new Promise(requestAnimationFrame);
      }
    });
    await rankscope.idle();
    await rankscope.fill('sp', '8');
    await workersAre(page, 8);
    await page.goto('about:blank');
    await workersAre(page, 0);
  });

  test('up to 64 ranks have one each, 1,024 share 64', async ({ rankscope, page }) => {
    test.slow();
    await rankscope.loadIdle();
    const run = (sp: number) =>
      page.evaluate(
        (one) =>
          window.rankscope.run(one).then(({ verdict, calls }) => [verdict, calls[1]?.ranks.length]),
        { ...FINE, sp, seq: sp, heads: sp, headDim: 1 },
      );
    expect(await run(64)).toEqual(['fine', 64]);
    await workersAre(page, 4 + 64);
    expect(await run(1024)).toEqual(['fine', 1024]);
    await workersAre(page, 4 + 64);
  });

  test('their number and memory are said beforehand', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await expect(page.getByTestId('case')).toContainText('one Worker per rank, up to 1 MB');
    await rankscope.fill('headDim', '512');
    await rankscope.fill('seq', '65536');
    await expect(page.getByTestId('case')).toContainText(/would hold about [\d,]+ MB on its ranks/);
  });
});
