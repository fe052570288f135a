/** Elements of the block: more than most cases of a map hold, and little enough to stay near the CPU. */
const BLOCK = 1 << 20;

/**
 * Memory for runs whose recordings are read at once and thrown away, thousands one after the other:
 * making an array costs more than what a small case does with it. What one run wrote, the next writes
 * over; what does not fit the block is allocated as usual.
 */
export class Arena {
  private readonly block = new Int32Array(BLOCK);
  private used = 0;

  /** Gives all memory back: no recording made of it may be read any more. */
  clear(): void {
    this.used = 0;
  }

  /** Room for `size` elements, of undefined content. */
  allocate(size: number): Int32Array<ArrayBuffer> {
    const start = this.used;
    if (start + size > BLOCK) return new Int32Array(size);
    this.used += size;
    return this.block.subarray(start, this.used);
  }
}
