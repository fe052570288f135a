/** The map: how soon two Workers fill it, and what the page does meanwhile. */
import { atLeast, atMost, median } from './figures.mjs';
import { keepScriptTimes } from './script-times.mjs';
import { withThreadTimes } from './thread-times.mjs';

export async function measureMap(tell, pages) {
  await measureWorkers(tell, pages);
  await measurePage(tell, pages);
}

/** Maps filled by two Workers, nearest field first, while nothing is drawn. */
async function measureWorkers(tell, pages) {
  const page = await pages.open('tools/bench/measured/map.html', 'millisecondsToFill');
  const secondsFor = async (implementation, program, heads) => {
    const fill = ([id, name, most]) => window.millisecondsToFill(id, name, { heads: most, sp: 64 });
    return (await page.evaluate(fill, [implementation, program, heads])) / 1000;
  };
  for (const implementation of ['deepspeed-6392', 'deepspeed-6797', 'verl']) {
    const times = [];
    while (times.length < 3) times.push(await secondsFor(implementation, 'roundTrip', 64));
    const name = `map, 64 × 64 round trips, ${implementation}`;
    tell(`${name}, first`, times[0], 's', atMost(2));
    tell(`${name}, median of ${times.length}`, median(times), 's', atMost(2));
    const layers = await secondsFor(implementation, 'layerForwardBackward', 128);
    tell(`map, 128 × 64 whole layers, ${implementation}`, layers, 's', atMost(10));
  }
  await page.close();
}

/** The map of whole layers as somebody sees it fill, and what the page does in each frame meanwhile. */
async function measurePage(tell, pages) {
  const page = await pages.open('index.html', 'rankscope', keepScriptTimes);
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
  const fill = () =>
    page.evaluate(async () => {
      window.scriptTimes.clear();
      const began = performance.now();
      document.querySelector('[data-testid="place-map"]').click();
      const filled = () => document.body.textContent.includes('8,192 fields, each run.');
      const painted = [];
      while (!filled()) painted.push(await new Promise(requestAnimationFrame));
      return {
        seconds: (performance.now() - began) / 1000,
        frames: [...window.scriptTimes.values()],
        intervals: painted.slice(1).map((time, index) => time - painted[index]),
      };
    });
  const { result, times } = await withThreadTimes(page, fill);
  const { seconds, frames, intervals } = result;
  await page.close();
  const name = 'map on the page, 128 × 64 whole layers, deepspeed-6392';
  const script = `${name}, script time a frame`;
  tell(name, seconds, 's', atMost(10));
  const late = intervals.filter((interval) => interval > LATE).length;
  tell(`${name}, frames on time`, 1 - late / intervals.length, 'of all', atLeast(0.98));
  tell(`${script}, median of ${times.length}, CPU time`, median(times), 'ms', atMost(4));
  tell(`${script}, 99 of 100, CPU time`, nearlyWorst(times), 'ms', atMost(8));
  tell(`${script}, worst, CPU time`, Math.max(...times), 'ms', atMost(16));
  // By the clock a frame is long too where the two Workers have the cores.
  tell(`${script}, 99 of 100, by the clock`, nearlyWorst(frames), 'ms');
  tell(`${script}, worst, by the clock`, Math.max(...frames), 'ms');
}

/** From here on, in milliseconds, a screen of 60 Hz has shown the frame before it once more. */
const LATE = 25;

/** What 99 of 100 values do not exceed. */
function nearlyWorst(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)];
}
