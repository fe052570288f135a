import { defineConfig } from '@playwright/test';

/** Where `tools/test.mjs` found a browser; Playwright's own where the tests are run by hand. */
const executablePath = process.env.RANKSCOPE_CHROMIUM;

/** Another port lets two checkouts be tested side by side. */
const address = `http://localhost:${process.env.E2E_PORT ?? '4174'}/`;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  reporter: 'line',
  // One picture for every machine: fonts are ours, but each smooths its letters in its own way.
  snapshotPathTemplate: 'e2e/looks/{arg}{ext}',
  expect: { toHaveScreenshot: { maxDiffPixels: 40 } },
  use: {
    baseURL: address,
    viewport: { width: 1280, height: 720 },
    // A browser that has been here before; the story of a first visit asks for another.
    storageState: {
      cookies: [],
      origins: [
        {
          origin: new URL(address).origin,
          localStorage: [{ name: 'rankscope.visited', value: 'yes' }],
        },
      ],
    },
    // A story that is about motion asks for it; all others see where things end up.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    // Each story would keep the whole page for when there is no network; one is about that.
    serviceWorkers: 'block',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-lcd-text',
        '--font-render-hinting=none',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `npx vite preview --port ${new URL(address).port} --strictPort --host localhost`,
    url: address,
    reuseExistingServer: false,
  },
});
