import type { Rank } from './event.ts';

/** "rank 2", "ranks 0, 1 and 3", "ranks 4–7", "all 4 ranks". */
export function rankList(ranks: readonly Rank[], worldSize: number): string {
  if (ranks.length === worldSize && worldSize > 1) return `all ${worldSize} ranks`;
  if (ranks.length === 1) return `rank ${ranks[0]}`;
  const [first, last] = [ranks[0] ?? 0, ranks.at(-1) ?? 0];
  // Ranks that follow one another, in order.
  if (ranks.length >= 4 && last - first === ranks.length - 1) return `ranks ${first}–${last}`;
  if (ranks.length > 6) return `${ranks.length} of ${worldSize} ranks`;
  return `ranks ${ranks.slice(0, -1).join(', ')} and ${ranks.at(-1)}`;
}
