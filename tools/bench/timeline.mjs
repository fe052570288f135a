/** Script time a frame while a whole layer with backward is zoomed and panned, a notch a frame. */
import { atMost, median } from './figures.mjs';
import { keepScriptTimes } from './script-times.mjs';

export async function measureTimeline(tell, pages) {
  const page = await pages.open('index.html', 'rankscope', keepScriptTimes);
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
    // The plain way: a rectangle a mark in an SVG, each moved in every frame. About as many as on
    // the canvas: a dozen a rank in each call.
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
    return { moved, plain, marks };
  });
  await page.close();
  const name = `timeline zoomed and panned, P = 64, ${marks} marks`;
  tell(`${name}, script time a frame`, median(moved), 'ms', atMost(4));
  tell(`${name}, beside plain SVG`, median(moved) / median(plain), 'ratio', atMost(1));
}
