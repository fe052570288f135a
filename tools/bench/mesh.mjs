/**
 * The all-to-all between Workers, beside a plain copy of the same bytes in the same page.
 *
 * At 1 MB a rank there is little to be had between what is reached (0.25 to 0.4) and the floor.
 * Microseconds a round, on two cores, each a median of nine turns:
 *
 *                                                          P = 4      P = 8
 *   plain copy, in one thread                            290–350    570–710
 *   this mesh                                           720–1310  1870–2690
 *   all-to-all with nothing around it                    590–890  1500–2570
 *     its messages alone: P (P - 1), empty               210–255    850
 *     its messages with buffers, and no copies               190    860
 *     copied into buffers, never out of them                 390   1170
 *     buffers that are not sent back and used again         1870   7170
 *
 * Every byte that goes to another rank is copied twice, since a tensor is kept by who sends it and
 * lies in one piece with who receives it: 1.75 or 1.88 copies a byte, half of them on each core. With
 * the messages that makes 0.6 (P = 4) and 0.4 (P = 8), if no rank ever waits for a core. Sending all
 * buffers in one burst, in another order or from whole cache lines changed nothing that two runs
 * agree on. Past that leads only memory that is shared, which a page on a plain static host has not.
 */
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
  const page = await pages.open('tools/bench/measured/mesh.html', 'meshBytesPerSecond');
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
