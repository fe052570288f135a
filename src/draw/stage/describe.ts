import { at } from '../../base/assert.ts';
import { memoizedByAll } from '../../base/memo.ts';
import { type Call, coordinates } from '../../core/contract/case.ts';
import { type Contract, sizesOf } from '../../core/contract/contract.ts';
import type { RankState } from '../../trace/state.ts';
import type { Arrangement } from './cells.ts';
import type { RankFrame } from './frame.ts';

/** What a rank holds, in at most `room` letters: "tokens 0–1, all heads", or the heads alone. */
export function describeHolding(card: RankFrame, c: Contract, room: number): string {
  const { arrangement } = card.held;
  if (arrangement.width === 0) {
    return fitting([card.state.latest === null ? 'not started' : 'holds nothing'], room);
  }
  const call = at(c.calls, card.state.latest?.call ?? 0);
  return fitting(holdingTexts(arrangement, c, call), room);
}

/** The first text that has at most `room` letters; empty where none has. */
export function fitting(texts: readonly string[], room: number): string {
  return texts.find((text) => text.length <= room) ?? '';
}

/** From the longest on. */
const holdingTexts = memoizedByAll(({ tensors }: Arrangement, c: Contract, call: Call) => {
  const sizes = sizesOf(c, call);
  const tokens = new Set<number>();
  const heads = new Set<number>();
  for (const { ids } of tensors) {
    for (const id of ids) {
      const { s, h } = coordinates(sizes, id);
      tokens.add(s);
      heads.add(h);
    }
  }
  const heldHeads = listed('head', heads, sizes.heads);
  return [`${listed('token', tokens, sizes.seq)}, ${heldHeads}`, heldHeads];
});

/** How a rank's tensor looks into its storage, in at most `room` letters. */
export function describeMemory({ holding }: RankState, room: number): string {
  const [first] = holding;
  if (first === undefined) return '';
  const list = (numbers: readonly number[]) => `[${numbers.join(', ')}]`;
  const many = holding.length > 1 ? `${holding.length} × ` : '';
  const shape = `${many}${list(first.shape)}`;
  const strides = `strides ${list(first.strides)}`;
  const offset = first.offset > 0 && many === '' ? ` offset ${first.offset}` : '';
  return fitting(
    [`${shape} ${strides}${offset}`, strides, `strides ${first.strides.join(' ')}`],
    room,
  );
}

/** "heads 2–3", "token 4", "all heads", "8 tokens" where they do not follow on one another. */
function listed(noun: string, members: ReadonlySet<number>, total: number): string {
  if (members.size === total && total > 1) return `all ${noun}s`;
  const sorted = [...members].sort((a, b) => a - b);
  const first = at(sorted, 0);
  const last = at(sorted, sorted.length - 1);
  if (sorted.length === 1) return `${noun} ${first}`;
  if (last - first + 1 === sorted.length) return `${noun}s ${first}–${last}`;
  if (sorted.length <= 4) return `${noun}s ${sorted.join(', ')}`;
  return `${sorted.length} ${noun}s`;
}

/** What the rank's process remembers: "head count 7". */
export function describeState({ state: { numKvHeads } }: RankFrame): string {
  return numKvHeads === null ? '' : `head count ${numKvHeads}`;
}
