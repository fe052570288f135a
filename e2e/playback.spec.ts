import type { Locator } from '@playwright/test';
import { countFrames, expect, RankscopePage, test } from './rankscope-page.ts';

/**
 * All that the page draws: its words and lines, and every pixel of its canvases. What the browser makes
 * of a rounded corner differs by a shade with how much around it is painted anew.
 */
function drawn(stage: Locator) {
  return stage.evaluate((element) => ({
    lines: element.innerHTML,
    pixels: [...element.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL()),
  }));
}

test.describe('time runs both ways', () => {
  test('arrows step, Home and End go to the ends', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    await page.keyboard.press('Home');
    await rankscope.idle();
    expect(await rankscope.cursor()).toBe(0);
    for (let step = 1; step <= 3; step++) {
      await page.keyboard.press('ArrowRight');
      await rankscope.idle();
      expect(await rankscope.cursor()).toBe(step);
    }
    await page.keyboard.press('ArrowLeft');
    await rankscope.idle();
    expect(await rankscope.cursor()).toBe(2);
    await page.keyboard.press('End');
    await rankscope.idle();
    await expect(rankscope.now).toContainText('AssertionError');
  });

  test('asks for no frame while nothing plays', async ({ context }) => {
    const page = await context.newPage();
    const rankscope = new RankscopePage(page);
    const framesAsked = await countFrames(page);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await rankscope.loadIdle();
    expect(await framesAsked()).toBe(0);
    await page.getByTestId('speed').selectOption('0.25');
    await page.keyboard.press('Shift+Space');
    expect(await framesAsked()).toBeGreaterThan(0);
  });

  test('Space plays and pauses, Shift+Space plays backwards', async ({ rankscope, page }) => {
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await rankscope.openIdle();
    await page.getByTestId('speed').selectOption('4');
    const end = await rankscope.cursor();
    await page.keyboard.press('Shift+Space');
    await rankscope.idle();
    expect(await rankscope.cursor()).toBe(0);
    await page.keyboard.press('Space');
    await expect(page.getByRole('button', { name: 'Pause (Space)' })).toBeVisible();
    await page.keyboard.press('Space');
    await expect(page.getByRole('button', { name: 'Play (Space)' })).toBeVisible();
    await page.keyboard.press('Space');
    await rankscope.idle();
    expect(await rankscope.cursor()).toBe(end);
  });

  test('a picture is the same whichever way one comes to it', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    const stage = page.getByTestId('stage');
    await page.keyboard.press('Home');
    for (let step = 0; step < 8; step++) {
      await page.keyboard.press('ArrowRight');
      await rankscope.idle();
    }
    const forwards = await drawn(stage);
    await page.keyboard.press('End');
    await rankscope.idle();
    while ((await rankscope.cursor()) > 8) {
      await page.keyboard.press('ArrowLeft');
      await rankscope.idle();
    }
    expect(await drawn(stage)).toEqual(forwards);
  });

  test('the timeline is scrubbed with the mouse', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    const box = await page.getByTestId('timeline').boundingBox();
    if (box === null) throw new Error('the timeline is there');
    await page.mouse.move(box.x + 80, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
    await page.mouse.up();
    await rankscope.idle();
    const middle = await rankscope.cursor();
    expect(middle).toBeGreaterThan(3);
    expect(middle).toBeLessThan(12);
  });

  test('hue and hatch are swapped at will', async ({ rankscope, page }) => {
    await rankscope.openIdle();
    const stage = page.getByTestId('stage');
    const before = await stage.screenshot();
    await page.getByTestId('colour-by').click();
    await rankscope.idle();
    await expect(page.getByTestId('colour-by')).toHaveAttribute('aria-pressed', 'true');
    expect(Buffer.compare(before, await stage.screenshot())).not.toBe(0);
  });
});
