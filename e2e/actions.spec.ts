import { FINE } from './cases.ts';
import { expect, isForEverybody, test } from './rankscope-page.ts';

test.describe('the palette', () => {
  test('finds an action by typing, and does it', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type('every head count');
    await expect(page.getByTestId('palette-meanings')).toContainText('sequence parallel degree');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('go to the start');
    await expect(page.getByTestId('palette-meanings')).toBeEmpty();
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('palette')).toBeHidden();
    await rankscope.idle();
    expect(await rankscope.cursor()).toBe(0);
  });

  test('runs the case under another implementation', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await page.getByTestId('open-palette').click();
    await page.keyboard.type('0.16.2');
    await page.getByTestId('action-run-deepspeed-6797').click();
    await rankscope.idle();
    await expect(rankscope.verdict).toHaveAttribute('data-verdict', 'fine');
  });

  test('copies a script, and says what it needs, or why there is none', async ({
    rankscope,
    page,
  }) => {
    await rankscope.openIdle();
    const notice = page.getByTestId('notice');
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await page.keyboard.press('r');
    await expect(notice).toContainText('it needs torch alone, and prints the same verdict.');
    expect(await copied()).toContain('verdict: raises');
    const withDeepSpeed = async () => {
      await page.keyboard.press('ControlOrMeta+k');
      await page.getByTestId('action-copy-repro-deepspeed').click();
    };
    await withDeepSpeed();
    await expect(notice).toContainText('it needs torch and DeepSpeed, and prints');
    expect(await copied()).toContain('pip install deepspeed==0.15.4');
    await rankscope.show({ ...FINE, implementation: 'deepspeed-6392', condition: 'False' });
    await withDeepSpeed();
    await expect(notice).toContainText(
      'There is no script that calls DeepSpeed: the case has a condition of its own',
    );
    // Of another project's code it is not offered.
    await rankscope.choose('implementation', /^verl/);
    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByTestId('action-copy-repro')).toBeVisible();
    await expect(page.getByTestId('action-copy-repro-deepspeed')).toHaveCount(0);
    await page.keyboard.press('Escape');
  });

  test('says so when nothing is found, and Escape leaves', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type('make coffee');
    await expect(page.getByText('No matching actions')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('palette')).toBeHidden();
  });
});

test.describe('the sheet of keys', () => {
  test('opens on ? and lists what can be done by keys', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await page.keyboard.press('?');
    const chords = await page.getByTestId('key-sheet').locator('dd').allInnerTexts();
    expect(chords.length).toBeGreaterThan(8);
    await expect(page.getByTestId('key-sheet')).toContainText('PageDown');
  });
});

test('a presenter’s remote steps', async ({ rankscope, page }) => {
  await rankscope.openIdle();
  await page.keyboard.press('Home');
  for (const [key, tick] of [
    ['PageDown', 1],
    ['.', 2],
    ['PageUp', 1],
  ] as const) {
    await page.keyboard.press(key);
    await rankscope.idle();
    expect(await rankscope.cursor()).toBe(tick);
  }
});

test('the palette and the sheet of keys are for everybody', async ({ rankscope, page }) => {
  await rankscope.openIdle();
  for (const key of ['ControlOrMeta+k', '?']) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
    await isForEverybody(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
});
