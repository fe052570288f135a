import { at } from '../../../base/assert.ts';
import { range } from '../../../base/numbers.ts';
import type { Case } from '../../../core/contract/case.ts';
import { dealingOf, positionsOf, type SequenceOrder } from '../../../core/contract/sequence.ts';
import type { Implementation } from '../../../core/published/implementation.ts';

/** The global tensors, what ranks hold before pass 1, and what they should get. */
export function tensorsText(c: Case, implementation: Implementation, repeats: boolean): string[] {
  return [whole(c, implementation), chunk(c, implementation), right(implementation, repeats)];
}

function whole(c: Case, { packed }: Implementation): string {
  const [layout, shaped] = packed
    ? ['[B * S, heads, D]', 'ids.reshape(B * S, heads, D)']
    : c.batchDimIdx === 0
      ? ['[B, S, heads, D]', 'ids.reshape(B, S, heads, D)']
      : ['[S, B, heads, D]', 'ids.reshape(B, S, heads, D).transpose(0, 1)'];
  return `
def whole(heads):
    """${layout}: every element is its own index in the global [B, S, heads, D]."""
    ids = torch.arange(B * S * heads * D, dtype=torch.int32)
    return ${shaped}
`;
}

function chunk(c: Case, { order, packed }: Implementation): string {
  const dim = packed || c.batchDimIdx === 1 ? 0 : 1;
  if (c.sequenceSplit !== undefined || c.sequenceOrder !== undefined) return dealt(c, order, dim);
  if (order === 'balanced') {
    return `
def chunk(rank, heads):
    """What a rank holds before pass 1: half-chunks rank and 2 * P - 1 - rank of 2 * P."""
    halves = whole(heads).tensor_split(2 * P, dim=${dim})
    return torch.cat([halves[rank], halves[2 * P - 1 - rank]], dim=${dim})
`;
  }
  return `
def chunk(rank, heads):
    """What a rank holds before pass 1: its piece of the sequence, all heads."""
    return whole(heads).tensor_split(P, dim=${dim})[rank].contiguous()
`;
}

/** What ranks hold where a case deals its sequence in a way of its own: position by position. */
function dealt(c: Case, order: SequenceOrder, dim: number): string {
  const held = range(c.sp).map(
    (rank) => `    [${runsText(positionsOf(dealingOf(c, order), rank))}],`,
  );
  return `
#: The positions of the sequence that each rank holds, in its order.
DEALT = [
${held.join('\n')}
]


def chunk(rank, heads):
    """What a rank holds before pass 1: its share of the sequence, all heads."""
    return whole(heads).index_select(${dim}, torch.tensor(DEALT[rank], dtype=torch.long))
`;
}

/** "*range(0, 4), *range(12, 16)", or "*range(1, 16, 4)" */
function runsText(positions: readonly number[]): string {
  const step = positions.length < 2 ? 1 : at(positions, 1) - at(positions, 0);
  const runs: { first: number; last: number }[] = [];
  for (const position of positions) {
    const run = runs.at(-1);
    if (run !== undefined && position === run.last + step) run.last = position;
    else runs.push({ first: position, last: position });
  }
  const by = step === 1 ? '' : `, ${step}`;
  return runs.map(({ first, last }) => `*range(${first}, ${last + 1}${by})`).join(', ');
}

function right({ strided }: Implementation, repeats: boolean): string {
  const times = repeats ? '.repeat_interleave(call.times)' : '';
  const home = repeats ? '.repeat_interleave(call.times, dim=-2)' : '';
  const own = strided
    ? `own = torch.arange(call.heads)${times}[rank::P]  # strided`
    : `first = sum(count or 0 for count in counts[:rank])
    own = torch.arange(call.heads)${times}[first : first + (counts[rank] or 0)]`;
  return `
def right(rank, call, counts):
    """What a rank should get: all tokens of its own heads, its own chunk back."""
    if call.number == 2:
        return chunk(rank, call.heads)${home}
    ${own}
    return whole(call.heads).index_select(-2, own)
`;
}
