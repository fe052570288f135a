/** Script time a frame on the way through an all-to-all, beside the same cells as SVG. */
import { atMost, median } from './figures.mjs';

/** Tokens, and the milliseconds that a frame of them may take. */
const SIZES = [
  [64, 4],
  [512, 10],
];

export async function measureStage(tell, pages) {
  const page = await pages.open('tools/bench/measured/stage.html', 'stageFrames');
  for (const [tokens, most] of SIZES) {
    const frames = await page.evaluate((seq) => window.stageFrames(64, 128, seq), tokens);
    const name = `stage, 64 ranks × 128 heads × ${tokens} tokens, ${frames.cells} cells`;
    tell(`${name}, a frame, median`, median(frames.flying), 'ms', atMost(most));
    tell(`${name}, a frame, worst`, Math.max(...frames.flying), 'ms');
    tell(`${name}, at rest, median`, median(frames.resting), 'ms', atMost(most));
    tell(`${name}, first frame of a tick, median`, median(frames.first), 'ms');
    tell(`${name}, first frame of the way`, frames.leaving, 'ms');
    const svg = await page.evaluate((seq) => window.svgFrames(64, 128, seq), tokens);
    tell(`${name}, the same as SVG, median`, median(svg), 'ms');
  }
  await page.close();
}
