/** What an element is worth in memory and on its way: ranks here hold and send 32-bit ids. */
const BYTES = Int32Array.BYTES_PER_ELEMENT;

/** "[4, 1, 2]" */
export function sizesText(sizes: readonly number[]): string {
  return `[${sizes.join(', ')}]`;
}

/** "48 elements, 192 B" */
export function amountText(elements: number): string {
  return `${elements} element${elements === 1 ? '' : 's'}, ${bytesText(elements * BYTES)}`;
}

/** "192 B", "1.5 KiB" */
function bytesText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let left = bytes;
  let unit = 0;
  while (left >= 1024 && unit < units.length - 1) {
    left /= 1024;
    unit += 1;
  }
  return `${Number(left.toFixed(1))} ${units[unit]}`;
}
