import AxeBuilder from '@axe-core/playwright';
import {
  type BrowserContext,
  test as base,
  type ConsoleMessage,
  expect,
  type Page,
} from '@playwright/test';
import type { Report } from '../src/core/judge/checks/report.ts';

/** The link to the page's first case, as it is first looked at. */
const FIRST = '#v4&implementation=deepspeed-6392&heads=8&sp=4&seq=8&headDim=2';

/** Playwright's own word on a worker that it was told to block. */
const BLOCKED = 'Service Worker registration blocked by Playwright';

/** The page as a user meets it. Every story ends with a silent console. */
export class RankscopePage {
  readonly complaints: string[] = [];

  constructor(readonly page: Page) {
    page.on('console', (message: ConsoleMessage) => {
      const warns = message.type() === 'error' || message.type() === 'warning';
      if (warns && message.text() !== BLOCKED) {
        this.complaints.push(`${message.type()}: ${message.text()}`);
      }
    });
    // Heard always: to begin to listen takes a moment, in which a chooser would go unheard.
    page.on('filechooser', () => {});
    page.on('pageerror', (error) => this.complaints.push(`uncaught: ${error.message}`));
  }

  /** Loads the page anew: nothing is left of what was there, but what the browser keeps. */
  async load(): Promise<void> {
    await this.page.goto('about:blank');
    await this.page.goto('/');
    await this.page.waitForFunction(() => window.rankscope !== undefined);
  }

  async loadIdle(): Promise<void> {
    await this.load();
    await this.idle();
  }

  /** The first case, by its link, on the page that is there: as when a link is opened in its tab. */
  async openIdle(): Promise<void> {
    if (this.page.url() === 'about:blank') await this.load();
    await this.page.evaluate(async (first) => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      history.replaceState(null, '', '#');
      await new Promise((resolve) => {
        window.addEventListener('hashchange', resolve, { once: true });
        location.hash = first;
      });
    }, FIRST);
    await this.idle();
  }

  /** Until nothing runs, nothing plays, and everything is painted. */
  async idle(): Promise<void> {
    await this.page.evaluate(() => window.rankscope.whenIdle());
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
    // It may be among those that are folded away.
    await this.field(name).evaluate((field) => field.closest('details')?.setAttribute('open', ''));
    await this.field(name).fill(value);
    await this.idle();
  }

  /** Chooses from a list of the case. */
  async choose(name: string, option: string | RegExp): Promise<void> {
    await this.field(name).click();
    await this.page.getByRole('option', { name: option }).click();
    await this.idle();
  }

  /** Chooses an action from the menu "File". */
  async fromFileMenu(id: string): Promise<void> {
    await this.page.getByTestId('file').click();
    await this.page.getByTestId(`menu-${id}`).click();
  }

  /** Drags a slider of the case with the mouse to a share of its length, in many small moves. */
  async drag(label: string, share: number): Promise<void> {
    const slider = this.page.getByTestId('case').getByRole('slider', { name: label });
    const box = await slider.boundingBox();
    if (box === null) throw new Error(`there is a slider ${label}`);
    // Its thumb is as wide as it is high.
    const length = box.width - box.height;
    const y = box.y + box.height / 2;
    const x = (of: number) => box.x + box.height / 2 + length * of;
    const now = await slider.evaluate(({ value, min, max }: HTMLInputElement) => {
      return (Number(value) - Number(min)) / (Number(max) - Number(min));
    });
    await this.page.mouse.move(x(now), y);
    await this.page.mouse.down();
    await this.page.mouse.move(x(share), y, { steps: 12 });
    await this.page.mouse.up();
    await this.idle();
  }

  async timelineBox() {
    const box = await this.page.getByTestId('timeline').boundingBox();
    if (box === null) throw new Error('the timeline is there');
    return box;
  }

  /** A point in the lane of a rank, in the middle of a call. */
  async pointOnTimeline(rank: number, call: number) {
    const slider = this.page.getByTestId('timeline');
    const name = slider.locator('[data-drawn="name"]', { hasText: `rank ${rank}` });
    const lane = await name.boundingBox();
    const bracket = await slider.locator('[data-drawn="bracket"]').nth(call).boundingBox();
    if (lane === null || bracket === null) throw new Error('both are on the timeline');
    return { x: bracket.x + bracket.width / 2, y: lane.y + lane.height / 2 };
  }

  /** Points along the lane of a rank until the timeline says that something is there, and gives where. */
  async findOnTimeline(rank: number, words: string) {
    const tooltip = this.page.getByTestId('timeline').locator('[data-drawn="tooltip"]');
    const { y } = await this.pointOnTimeline(rank, 0);
    const timeline = await this.timelineBox();
    for (let x = timeline.x; x < timeline.x + timeline.width; x += NARROWEST) {
      await this.page.mouse.move(x, y);
      // A hidden one still has what it said last.
      if ((await tooltip.filter({ hasText: words, visible: true }).count()) > 0) return { x, y };
    }
    throw new Error(`the lane of rank ${rank} has ${words}`);
  }

  /** Which tick the cursor is at, by the slider of the playback. */
  async cursor(): Promise<number> {
    return Number(await this.page.getByTestId('timeline').getAttribute('aria-valuenow'));
  }
}

/** No mark of a small case is narrower, in CSS pixels. */
const NARROWEST = 6;

/** The widths and heights that the page is looked at in. */
export const SIZES = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
] as const;

/** What is on the screen is seen whole and by everybody: axe finds nothing serious, in both schemes. */
export async function isForEverybody(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page });
    // The dark scheme changes colours and nothing else.
    if (colorScheme === 'dark') axe.withRules(['color-contrast']);
    else axe.options({ rules: { 'label-content-name-mismatch': { enabled: true } } });
    const { violations } = await axe.analyze();
    const serious = violations.filter(
      ({ impact }) => impact === 'serious' || impact === 'critical',
    );
    expect(serious.map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
}

/** Nothing reaches out of the window, at any size. */
export async function isSeenWhole(page: Page, sizes: readonly Size[] = SIZES): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    await page.evaluate(() => window.rankscope.whenIdle());
    const overflow = await page.evaluate(() => ({
      x: document.documentElement.scrollWidth - window.innerWidth,
      y: document.documentElement.scrollHeight - window.innerHeight,
    }));
    expect(overflow, `${size.width} × ${size.height}`).toEqual({ x: 0, y: 0 });
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Before a page is loaded: how to ask how many frames it asks for while ten go by. */
export async function countFrames(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const ask = window.requestAnimationFrame.bind(window);
    let asked = 0;
    window.requestAnimationFrame = (callback) => {
      asked += 1;
      return ask(callback);
    };
    Object.assign(window, {
      async framesAsked() {
        const before = asked;
        for (let left = 10; left > 0; left--) await new Promise(ask);
        return asked - before;
      },
    });
  });
  return () =>
    page.evaluate(() => (window as unknown as { framesAsked(): Promise<number> }).framesAsked());
}

/**
 * All stories of a test process share one page, as a user's tab is shared by what a day brings: to
 * load it costs more than most stories. One that needs it as new says `load`; after one that failed
 * the process is a new one, and so is the page.
 */
export const test = base.extend<{ rankscope: RankscopePage }, { tab: RankscopePage }>({
  tab: [
    async ({ browser }, use, { project }) => {
      const { viewport, baseURL, storageState, serviceWorkers } = project.use;
      const context = await browser.newContext({
        viewport: viewport ?? SIZES[0],
        serviceWorkers: serviceWorkers ?? 'allow',
        ...(baseURL === undefined ? {} : { baseURL }),
        ...(storageState === undefined ? {} : { storageState }),
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      await use(new RankscopePage(await context.newPage()));
      await context.close();
    },
    { scope: 'worker' },
  ],
  context: async ({ tab }, use) => {
    const context: BrowserContext = tab.page.context();
    await use(context);
    for (const other of context.pages()) if (other !== tab.page) await other.close();
  },
  page: async ({ tab }, use) => {
    await tab.page.emulateMedia({
      colorScheme: 'light',
      reducedMotion: 'reduce',
      contrast: 'no-preference',
    });
    await tab.page.setViewportSize(SIZES[0]);
    await tab.page.mouse.move(0, 0);
    await use(tab.page);
  },
  rankscope: async ({ tab, page: _ }, use) => {
    tab.complaints.length = 0;
    await use(tab);
    expect(tab.complaints).toEqual([]);
  },
});
export { expect };
