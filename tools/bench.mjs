/** `npm run bench`: speed, as JSON, one line a figure; medians, and ratios where possible. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './browser.mjs';
import { ensureInstalled, root, run } from './install.mjs';

ensureInstalled();
const executablePath = await ensureChromium();
const { build, preview } = await import('vite');
const { chromium } = await import('@playwright/test');

const MB = 1024 * 1024;
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];

function tell(figure, value, unit, target) {
  console.log(JSON.stringify({ figure, value: Number(value.toPrecision(3)), unit, target }));
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Builds one of the pages apart from the product's own `dist`, and opens it. */
async function openPage(browser, name, input) {
  const outDir = join(root, 'test-results', `bench-${name}`);
  await build({
    root,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, rollupOptions: { input } },
  });
  const server = await preview({
    root,
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0 },
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  const path = input.slice(root.length + 1);
  await page.goto(new URL(path, server.resolvedUrls.local[0]).href);
  return { page, close: () => server.close().then(() => rmSync(outDir, { recursive: true })) };
}

async function benchMesh(browser) {
  const { page, close } = await openPage(browser, 'mesh', join(root, 'src/bench/index.html'));
  await page.waitForFunction(() => window.copyBytesPerSecond !== undefined);
  for (const workers of [4, 8]) {
    for (const [megabytes, rounds] of [
      [1, 60],
      [16, 12],
      [64, 4],
    ]) {
      const bytes = megabytes * MB;
      const ratios = [];
      const rates = [];
      for (let turn = 0; turn < 5; turn++) {
        const copy = await page.evaluate(
          ([b, r]) => window.copyBytesPerSecond(b, r),
          [bytes, rounds],
        );
        const mesh = await page.evaluate(
          ([w, b, r]) => window.meshBytesPerSecond(w, b, r),
          [workers, bytes, rounds],
        );
        ratios.push(mesh / copy);
        rates.push(mesh / 1e9);
      }
      const name = `mesh, P = ${workers}, ${megabytes} MB a rank`;
      tell(name, median(rates), 'GB/s', null);
      tell(`${name}, beside a plain copy`, median(ratios), 'ratio', 0.5);
    }
  }
  await close();
}

async function benchPage(browser) {
  const { page, close } = await openPage(browser, 'page', join(root, 'index.html'));
  await page.waitForFunction(() => window.rankscope !== undefined);
  const fields = {
    implementation: 'deepspeed-6797',
    program: 'roundTrip',
    sp: 8,
    batch: 1,
    seq: 32,
    heads: 64,
    headDim: 2,
    batchDimIdx: 0,
  };
  await page.evaluate((one) => window.rankscope.open(one), fields);
  // From the keystroke in a field to the frame that shows the verdict of the case it makes.
  const times = await page.evaluate(async () => {
    const field = document.querySelector('[data-testid="field-heads"]');
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const ribbon = () => document.querySelector('[data-testid="ribbon"] li')?.textContent ?? '';
    const taken = [];
    for (let turn = 0; turn < 50; turn++) {
      const heads = turn % 2 === 0 ? '56' : '64';
      const began = performance.now();
      setValue.call(field, heads);
      field.dispatchEvent(new Event('input', { bubbles: true }));
      while (!ribbon().includes(`, ${heads}, `)) await new Promise(requestAnimationFrame);
      // That frame is being made; a message behind it comes when it has been painted.
      await new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(null);
      });
      taken.push(performance.now() - began);
      await window.rankscope.whenIdle();
    }
    return taken.sort((a, b) => a - b);
  });
  tell('field to verdict, P = 8, 64 heads, median', times[25], 'ms', 60);
  tell('field to verdict, P = 8, 64 heads, worst of 50', times[49], 'ms', 150);
  await close();
}

/** Script time a frame on the way through an all-to-all, beside the same cells as SVG. */
async function benchStage(browser) {
  const { page, close } = await openPage(browser, 'stage', join(root, 'src/bench/stage.html'));
  await page.waitForFunction(() => window.stageFrames !== undefined);
  for (const [positions, target] of [
    [64, 4],
    [512, 10],
  ]) {
    const frames = await page.evaluate((seq) => window.stageFrames(64, 128, seq), positions);
    const name = `stage, 64 ranks × 128 heads × ${positions}, ${frames.cells} cells`;
    tell(`${name}, a frame, median`, median(frames.flying), 'ms', target);
    tell(`${name}, a frame, worst`, Math.max(...frames.flying), 'ms', null);
    tell(`${name}, at rest, median`, median(frames.resting), 'ms', target);
    tell(`${name}, first frame of a tick, median`, median(frames.first), 'ms', null);
    const svg = await page.evaluate((seq) => window.svgFrames(64, 128, seq), positions);
    tell(`${name}, the same as SVG, median`, median(svg), 'ms', null);
  }
  await close();
}

run('npx', ['tsx', 'src/bench/engine.ts']);
const browser = await chromium.launch({ executablePath, args: ARGS });
try {
  await benchMesh(browser);
  await benchPage(browser);
  await benchStage(browser);
} finally {
  await browser.close();
}
