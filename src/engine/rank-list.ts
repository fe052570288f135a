import type { Rank } from './event.ts';

/** "rank 2", "ranks 0, 1 and 3", "all 4 ranks". */
export function rankList(ranks: readonly Rank[], worldSize: number): string {
  if (ranks.length === worldSize && worldSize > 1) return `all ${worldSize} ranks`;
  if (ranks.length === 1) return `rank ${ranks[0]}`;
  if (ranks.length > 6) return `${ranks.length} of ${worldSize} ranks`;
  return `ranks ${ranks.slice(0, -1).join(', ')} and ${ranks.at(-1)}`;
}
