/** From a keystroke in a field to the frame that shows the verdict of the case it makes. */
import { atMost, median } from './figures.mjs';

export async function measureVerdict(tell, pages) {
  const page = await pages.open('index.html', 'rankscope');
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
    return taken;
  });
  await page.close();
  const name = 'field to verdict, P = 8, 64 heads';
  tell(`${name}, median`, median(times), 'ms', atMost(60));
  tell(`${name}, worst of ${times.length}`, Math.max(...times), 'ms', atMost(150));
}
