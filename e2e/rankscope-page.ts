import { test as base, type ConsoleMessage, expect, type Page } from '@playwright/test';
import type { Report } from '../src/engine/report.ts';

/** The page as a user meets it. Every story ends with a silent console. */
export class RankscopePage {
  readonly complaints: string[] = [];

  constructor(readonly page: Page) {
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.complaints.push(`${message.type()}: ${message.text()}`);
      }
    });
    page.on('pageerror', (error) => this.complaints.push(`uncaught: ${error.message}`));
  }

  async open(): Promise<void> {
    await this.page.goto('/');
    await this.page.waitForFunction(() => window.rankscope !== undefined);
  }

  /** Until nothing runs, nothing plays, and everything is painted. */
  async idle(): Promise<void> {
    await this.page.evaluate(() => window.rankscope.whenIdle());
  }

  async openIdle(): Promise<void> {
    await this.open();
    await this.idle();
  }

  /** Opens a case on the screen. */
  async show(wanted: unknown): Promise<Report> {
    const report = await this.page.evaluate((one) => window.rankscope.open(one), wanted);
    await this.idle();
    return report;
  }

  get verdict() {
    return this.page.getByTestId('verdict');
  }
  get headline() {
    return this.page.getByTestId('headline');
  }
  get now() {
    return this.page.getByTestId('now');
  }
  get ribbon() {
    return this.page.getByTestId('ribbon').getByRole('listitem');
  }
  field(name: string) {
    return this.page.getByTestId(`field-${name}`);
  }

  /** Types a value into a field of the case. */
  async fill(name: string, value: string): Promise<void> {
    await this.field(name).fill(value);
    await this.idle();
  }

  /** Chooses from a list of the case. */
  async choose(name: string, option: string | RegExp): Promise<void> {
    await this.field(name).click();
    await this.page.getByRole('option', { name: option }).click();
    await this.idle();
  }

  /** Drags a slider of the case with the mouse to a share of its length, in many small moves. */
  async drag(label: string, share: number): Promise<void> {
    const thumb = this.page.getByTestId('case').getByRole('slider', { name: label }).locator('..');
    const from = await thumb.boundingBox();
    const track = await thumb.locator('..').boundingBox();
    if (from === null || track === null) throw new Error(`there is a slider ${label}`);
    const y = from.y + from.height / 2;
    await this.page.mouse.move(from.x + from.width / 2, y);
    await this.page.mouse.down();
    await this.page.mouse.move(track.x + track.width * share, y, { steps: 12 });
    await this.page.mouse.up();
    await this.idle();
  }

  /** Which tick the cursor is at, by the slider of the playback. */
  async cursor(): Promise<number> {
    return Number(await this.page.getByTestId('timeline').getAttribute('aria-valuenow'));
  }
}

export const test = base.extend<{ rankscope: RankscopePage }>({
  rankscope: async ({ page }, use) => {
    const rankscope = new RankscopePage(page);
    await use(rankscope);
    expect(rankscope.complaints).toEqual([]);
  },
});
export { expect };
