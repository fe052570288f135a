/** The all-to-all between Workers, beside a plain copy of the same bytes in the same page. */
import { atLeast, median } from './figures.mjs';

const MB = 1024 * 1024;
const TURNS = 5;
/** Megabytes a rank, and how many rounds of them make a turn. */
const SIZES = [
  [1, 600],
  [16, 40],
  [64, 8],
];

export async function measureMesh(tell, pages) {
  const page = await pages.open('src/bench/mesh.html', 'meshBytesPerSecond');
  for (const workers of [4, 8]) {
    for (const [megabytes, rounds] of SIZES) {
      const task = [workers, megabytes * MB, rounds];
      const ratios = [];
      const rates = [];
      for (let turn = 0; turn < TURNS; turn++) {
        const copy = await page.evaluate((all) => window.copyBytesPerSecond(...all), task);
        const mesh = await page.evaluate((all) => window.meshBytesPerSecond(...all), task);
        ratios.push(mesh / copy);
        rates.push(mesh / 1e9);
      }
      const name = `mesh, P = ${workers}, ${megabytes} MB a rank`;
      tell(name, median(rates), 'GB/s');
      tell(`${name}, beside a plain copy`, median(ratios), 'ratio', atLeast(0.5));
    }
  }
  await page.close();
}
