import { expect, RankscopePage, test } from './rankscope-page.ts';

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
  await expect(verdict).toContainText('✓ every element comes home.');
  const frame = page.frameLocator('#rankscope');
  await expect(frame.getByTestId('stage')).toBeVisible();
  await expect(frame.getByTestId('case')).toHaveCount(0);
  await expect(frame.getByTestId('open-in-rankscope')).toHaveAttribute(
    'href',
    /#v3&implementation=deepspeed-6797&/,
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
  await expect(verdict).toContainText('✓ every element comes home.');
  expect(complaints).toEqual([]);
});
