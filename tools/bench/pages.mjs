/** The pages that are measured, of builds apart from the product's own `dist`. */
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { ensureChromium } from '../browser.mjs';
import { root } from '../install.mjs';

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];

/** `{ open, close }`: pages in one browser, which is started, as each is built, when first wanted. */
export function createPages() {
  const served = new Map();
  let started = null;

  const start = async () => chromium.launch({ executablePath: await ensureChromium(), args: ARGS });

  const serve = async (file) => {
    const outDir = join(root, 'test-results', `bench-${basename(file, '.html')}`);
    const options = { outDir, emptyOutDir: true, rolldownOptions: { input: join(root, file) } };
    await build({ root, logLevel: 'error', build: options });
    const server = await preview({
      root,
      logLevel: 'error',
      build: { outDir },
      preview: { port: 0 },
    });
    return { server, outDir, address: new URL(file, server.resolvedUrls.local[0]).href };
  };

  /**
   * Opens a page of `root` and waits until `window[name]` is there to be asked; `before` runs in it
   * first. Whoever opens it closes it: what a page has under way would slow the next one.
   */
  const open = async (file, name, before = () => {}) => {
    if (!served.has(file)) served.set(file, await serve(file));
    started ??= start();
    const browser = await started;
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.addInitScript(before);
    await page.goto(served.get(file).address);
    await page.waitForFunction((all) => window[all] !== undefined, name);
    return page;
  };

  const close = async () => {
    await (await started)?.close();
    for (const { server, outDir } of served.values()) {
      await server.close();
      rmSync(outDir, { recursive: true });
    }
  };

  return { open, close };
}
