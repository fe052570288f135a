import { FINE } from './cases.ts';
import { expect, test } from './rankscope-page.ts';

test.describe('window.rankscope', () => {
  test('has a version and names its implementations', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    expect(await page.evaluate(() => window.rankscope.version)).toMatch(/^\d+\.\d+\.\d+$/);
    const ids = await page.evaluate(() => window.rankscope.implementations().map(({ id }) => id));
    expect(ids).toContain('deepspeed-6392');
  });

  test('runs a case and leaves the screen alone', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    const report = await page.evaluate((one) => window.rankscope.run(one), FINE);
    expect(report.verdict).toBe('fine');
    expect(report.findings.map(({ check, status }) => `${check} ${status}`)).toContain(
      'round-trip pass',
    );
    expect(report.calls).toHaveLength(2);
    await expect(rankscope.verdict).toHaveText('✕ pass 2 raises on 4 of 4 ranks');
    expect(await page.evaluate(() => window.rankscope.report()?.verdict)).toBe('raises');
  });

  test('opens a case on the screen', async ({ rankscope }) => {
    await rankscope.openIdle();
    const report = await rankscope.show({ ...FINE, heads: 16, sp: 8, seq: 16 });
    expect(report.verdict).toBe('fine');
    await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
    await expect(rankscope.field('heads')).toHaveValue('16');
  });

  test('runs many at once, one after another', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    const verdicts = await page.evaluate(async (one) => {
      const ids = window.rankscope.implementations().map(({ id }) => id);
      const reports = await Promise.all(
        ids.map((implementation) => window.rankscope.run({ ...one, implementation })),
      );
      return Object.fromEntries(ids.map((id, index) => [id, reports[index]?.verdict]));
    }, FINE);
    expect(verdicts['deepspeed-6392']).toBe('raises');
    expect(verdicts['deepspeed-6797']).toBe('fine');
  });

  test('rejects a bad field with its name and what is allowed', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    for (const [field, value, allowed] of [
      ['sp', 0, 'a whole number from 1 to 1024'],
      ['implementation', 'nobody', 'allowed are deepspeed-4198'],
      ['batchDimIdx', 3, '0 for [B, S, H, D]'],
      ['program', 'dance', 'allowed are roundTrip, layerForward'],
      ['calls', [{ tensor: 'q' }], 'a list of 1 to 64 calls'],
    ] as const) {
      const message = await page.evaluate(
        (one) =>
          window.rankscope.run(one).then(
            () => 'resolved',
            (error: unknown) => (error instanceof Error ? error.message : 'no Error'),
          ),
        { ...FINE, [field]: value },
      );
      expect(message).toContain(field);
      expect(message).toContain(allowed);
    }
  });
});
