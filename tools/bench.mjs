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

/** Builds one of the pages apart from the product's own `dist`, and opens it; `before` runs in it first. */
async function openPage(browser, name, input, before = () => {}) {
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
  await page.addInitScript(before);
  const path = input.slice(root.length + 1);
  await page.goto(new URL(path, server.resolvedUrls.local[0]).href);
  const close = async () => {
    // What a page has under way would slow the next one.
    await page.close();
    await server.close();
    rmSync(outDir, { recursive: true });
  };
  return { page, close };
}

async function benchMesh(browser) {
  const { page, close } = await openPage(browser, 'mesh', join(root, 'src/bench/index.html'));
  await page.waitForFunction(() => window.copyBytesPerSecond !== undefined);
  for (const workers of [4, 8]) {
    for (const [megabytes, rounds] of [
      [1, 600],
      [16, 40],
      [64, 8],
    ]) {
      const bytes = megabytes * MB;
      const ratios = [];
      const rates = [];
      for (let turn = 0; turn < 5; turn++) {
        const task = [workers, bytes, rounds];
        const copy = await page.evaluate((all) => window.copyBytesPerSecond(...all), task);
        const mesh = await page.evaluate((all) => window.meshBytesPerSecond(...all), task);
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

/**
 * Keeps what the callbacks of each frame take together, in milliseconds, and what the messages of
 * Workers do since the frame before.
 */
function countFrames() {
  const request = window.requestAnimationFrame.bind(window);
  let sinceFrame = 0;
  window.scriptTimes = new Map();
  window.requestAnimationFrame = (callback) =>
    request((frame) => {
      const began = performance.now();
      callback(frame);
      const before = window.scriptTimes.get(frame) ?? sinceFrame;
      sinceFrame = 0;
      window.scriptTimes.set(frame, before + performance.now() - began);
    });
  const { get, set } = Object.getOwnPropertyDescriptor(Worker.prototype, 'onmessage');
  Object.defineProperty(Worker.prototype, 'onmessage', {
    get,
    set(hear) {
      set.call(this, (event) => {
        const began = performance.now();
        hear(event);
        // What it has React do is done in a microtask that stands in line before this one.
        queueMicrotask(() => {
          sinceFrame += performance.now() - began;
        });
      });
    },
  });
}

/** Maps filled by the two Workers of the page, nearest field first. */
async function benchMapWorkers(browser) {
  const { page, close } = await openPage(browser, 'map', join(root, 'src/bench/map.html'));
  await page.waitForFunction(() => window.millisecondsToFill !== undefined);
  const secondsFor = async (implementation, program, heads) => {
    const fill = ([id, name, most]) => window.millisecondsToFill(id, name, { heads: most, sp: 64 });
    return (await page.evaluate(fill, [implementation, program, heads])) / 1000;
  };
  for (const implementation of ['deepspeed-6392', 'deepspeed-6797', 'verl']) {
    const times = [];
    while (times.length < 3) times.push(await secondsFor(implementation, 'roundTrip', 64));
    const name = `map, 64 × 64 round trips, ${implementation}`;
    tell(`${name}, first`, times[0], 's', 2);
    tell(`${name}, median of ${times.length}`, median(times), 's', 2);
    const layers = await secondsFor(implementation, 'layerForwardBackward', 128);
    tell(`map, 128 × 64 whole layers, ${implementation}`, layers, 's', 10);
  }
  await close();
}

/** The map of whole layers on the page itself, and the legal degrees of a model that is brought. */
async function benchMap(page) {
  const layer = {
    implementation: 'deepspeed-6392',
    program: 'layerForwardBackward',
    sp: 4,
    batch: 2,
    seq: 8,
    heads: 8,
    headDim: 1,
    batchDimIdx: 1,
  };
  await page.evaluate((one) => window.rankscope.open(one), layer);
  await page.evaluate(() => window.rankscope.whenIdle());
  const { seconds, frames } = await page.evaluate(async () => {
    window.scriptTimes.clear();
    const began = performance.now();
    document.querySelector('[data-testid="place-map"]').click();
    const filled = () => document.body.textContent.includes('8,192 fields, each run.');
    while (!filled()) await new Promise(requestAnimationFrame);
    return {
      seconds: (performance.now() - began) / 1000,
      frames: [...window.scriptTimes.values()],
    };
  });
  const name = 'map, 128 × 64 whole layers forward and backward, deepspeed-6392';
  tell(name, seconds, 's', 10);
  tell(`${name}, script time a frame, median of ${frames.length}`, median(frames), 'ms', 4);
  const long = frames.toSorted((a, b) => a - b)[Math.floor(frames.length * 0.99)];
  tell(`${name}, script time a frame, 99 of 100`, long, 'ms', 8);
  tell(`${name}, script time a frame, worst`, Math.max(...frames), 'ms', 16);

  await page.click('[data-testid="tab-degrees"]');
  await page.waitForSelector('[data-testid="degrees"]');
  const config = { model_type: 'llama', num_hidden_layers: 80, hidden_size: 8192 };
  const counts = { num_attention_heads: 64, num_key_value_heads: 8 };
  const taken = await page.evaluate(
    async (text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'config.json', { type: 'application/json' }));
      const began = performance.now();
      document
        .querySelector('[data-testid="config-drop"]')
        .dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      const told = () => document.querySelector('[data-testid="degrees"]').textContent;
      while (!told().includes('64 heads, 8 KV heads')) await new Promise(requestAnimationFrame);
      return performance.now() - began;
    },
    JSON.stringify({ ...config, ...counts }),
  );
  tell('config.json dropped to legal degrees, 64 heads, 8 KV heads', taken / 1000, 's', 1);
}

async function benchPage(browser) {
  const { page, close } = await openPage(browser, 'page', join(root, 'index.html'), countFrames);
  await page.waitForFunction(() => window.rankscope !== undefined);
  await benchVerdict(page);
  await benchTimeline(page);
  await benchMap(page);
  await close();
}

/** Script time a frame while a whole layer with backward is zoomed and panned, a notch a frame. */
async function benchTimeline(page) {
  const layer = {
    implementation: 'deepspeed-6797',
    program: 'layerForwardBackward',
    sp: 64,
    batch: 1,
    seq: 128,
    heads: 128,
    headDim: 1,
    batchDimIdx: 0,
  };
  const { verdict } = await page.evaluate((one) => window.rankscope.open(one), layer);
  if (verdict !== 'fine') throw new Error(`a machine too busy for 64 ranks: ${verdict}`);
  await page.evaluate(() => window.rankscope.whenIdle());
  const { moved, plain, marks } = await page.evaluate(async () => {
    const FRAMES = 120;
    const timeline = document.querySelector('[data-testid="timeline"]');
    const { left, top, width, height } = timeline.getBoundingClientRect();
    const notch = (turn) =>
      new WheelEvent('wheel', {
        clientX: left + width * 0.6,
        clientY: top + height * 0.7,
        deltaY: turn % 40 < 20 ? -160 : 160,
        shiftKey: turn % 3 === 2,
        cancelable: true,
      });
    const measure = async (step) => {
      const taken = [];
      for (let turn = 0; turn < FRAMES; turn++) {
        const began = performance.now();
        step(turn);
        const handled = performance.now() - began;
        const frame = await new Promise(requestAnimationFrame);
        await new Promise((resolve) => setTimeout(resolve));
        taken.push(handled + window.scriptTimes.get(frame));
      }
      return taken;
    };
    const moved = await measure((turn) => timeline.dispatchEvent(notch(turn)));
    // The plain way: a rectangle a mark in an SVG, each moved in every frame.
    const calls = window.rankscope.report().calls.length;
    const marks = 64 * calls * 12;
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const rects = Array.from({ length: marks }, () =>
      svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'rect')),
    );
    timeline.append(svg);
    const plain = await measure((turn) => {
      rects.forEach((rect, index) => {
        rect.setAttribute('x', String((index % 96) * (6 + (turn % 40))));
        rect.setAttribute('y', String(Math.floor(index / 96) * 2));
        rect.setAttribute('width', '5');
        rect.setAttribute('height', '1');
      });
    });
    svg.remove();
    return { moved, plain, marks };
  });
  const name = `timeline zoomed and panned, P = 64, ${marks} marks`;
  tell(`${name}, script time a frame`, median(moved), 'ms', 4);
  tell(`${name}, beside plain SVG`, median(moved) / median(plain), 'ratio', 1);
}

async function benchVerdict(page) {
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
    tell(`${name}, first frame of the way`, frames.leaving, 'ms', null);
    const svg = await page.evaluate((seq) => window.svgFrames(64, 128, seq), positions);
    tell(`${name}, the same as SVG, median`, median(svg), 'ms', null);
  }
  await close();
}

run('node', ['tools/in-node.mjs', 'src/bench/engine.ts']);
const browser = await chromium.launch({ executablePath, args: ARGS });
try {
  await benchMesh(browser);
  await benchMapWorkers(browser);
  await benchPage(browser);
  await benchStage(browser);
} finally {
  await browser.close();
}
