import { range, sum } from '../../base/numbers.ts';

/**
 * How long the ranks' shares of the sequence are, where a case names it: `nearly-equal`, the first ones a
 * token longer (torch.tensor_split); `chunk`, as long as the longest while tokens last (torch.chunk);
 * `drop`, all as long as the shortest, and what is left over belongs to nobody; `pad`, all as long as
 * the longest, with padding behind the last token; `refuse`, equal or not at all.
 */
export const SEQUENCE_SPLITS = ['nearly-equal', 'chunk', 'drop', 'pad', 'refuse'] as const;
export type NamedSplit = (typeof SEQUENCE_SPLITS)[number];

/**
 * In which order ranks take their shares: `contiguous`, one piece a rank; `balanced`, the half-chunks r
 * and 2P-1-r of 2P, which share out a causal mask (zigzag); `strided`, the tokens r, r+P, r+2P …
 */
export const SEQUENCE_ORDERS = ['contiguous', 'balanced', 'strided'] as const;
export type SequenceOrder = (typeof SEQUENCE_ORDERS)[number];

/** What of a case says how its sequence is dealt to the ranks. */
export interface Sequence {
  readonly sp: number;
  readonly seq: number;
  /** One of `SEQUENCE_SPLITS`, or the length of each rank's share: "5,3,4". */
  readonly sequenceSplit?: string;
  readonly sequenceOrder?: SequenceOrder;
}

/** A sequence and how it is dealt, with nothing left to the code that deals it. */
export interface Dealing extends Sequence {
  readonly sequenceOrder: SequenceOrder;
}

/** How a case's sequence is dealt: in the order that it names, else in that which its code expects. */
export function dealingOf(c: Sequence, expected: SequenceOrder): Dealing {
  const { sp, seq, sequenceSplit, sequenceOrder = expected } = c;
  return { sp, seq, sequenceOrder, ...(sequenceSplit === undefined ? {} : { sequenceSplit }) };
}

/** How many equal shares the sequence is cut into, for the ranks or for halves of them. */
export function sharesOf(order: SequenceOrder, sp: number): number {
  return order === 'balanced' ? 2 * sp : sp;
}

/** S as the ranks have it: the tokens of the case, with its padding. */
export function paddedLength({ seq, sp, sequenceSplit, sequenceOrder }: Sequence): number {
  if (sequenceSplit !== 'pad') return seq;
  const shares = sharesOf(sequenceOrder ?? 'contiguous', sp);
  return Math.ceil(seq / shares) * shares;
}

/** The sequence positions that a rank holds before pass 1, in its order. */
export function positionsOf(dealing: Dealing, rank: number): readonly number[] {
  const { sp, sequenceOrder } = dealing;
  if (sequenceOrder === 'strided') {
    return range(shareLength(dealing, rank)).map((index) => rank + index * sp);
  }
  return piecesOf(dealing, rank).flatMap(({ start, length }) =>
    range(length).map((offset) => start + offset),
  );
}

/** How many positions a rank holds before pass 1. */
export function shareLength(dealing: Dealing, rank: number): number {
  const { sp, sequenceOrder } = dealing;
  return sequenceOrder === 'strided'
    ? Math.max(0, Math.ceil((dealtLength(dealing) - rank) / sp))
    : sum(piecesOf(dealing, rank).map(({ length }) => length));
}

/** How many positions, from the first on, some rank holds: less than there are where some are dropped. */
export function dealtLength(dealing: Dealing): number {
  const { sp, seq, sequenceSplit: split, sequenceOrder: order } = dealing;
  if (split === undefined) return seq;
  if (split === 'drop') return seq - (seq % sharesOf(order, sp));
  return lengthsOf(split) === null ? paddedLength(dealing) : sum(lengthsOf(split) ?? []);
}

/** The tokens of the case that no rank holds. */
export function lostTokens(dealing: Dealing): number {
  return Math.max(0, dealing.seq - dealtLength(dealing));
}

/** Positions that follow one another. */
interface Piece {
  readonly start: number;
  readonly length: number;
}

/** What a rank holds, in its order: one piece of the sequence, or two half-chunks. */
function piecesOf(dealing: Dealing, rank: number): readonly Piece[] {
  const { sp, sequenceOrder: order } = dealing;
  const count = sharesOf(order, sp);
  const shares = order === 'balanced' ? [rank, count - 1 - rank] : [rank];
  return shares.map((share) => pieceOf(dealing, count, share));
}

/** One of `count` shares of the sequence. */
function pieceOf(c: Sequence, count: number, index: number): Piece {
  const { seq, sequenceSplit: split = 'nearly-equal' } = c;
  const lengths = lengthsOf(split);
  if (lengths !== null) return { start: sum(lengths.slice(0, index)), length: lengths[index] ?? 0 };
  const [shortest, longest] = [Math.floor(seq / count), Math.ceil(seq / count)];
  switch (split) {
    case 'chunk': {
      const start = Math.min(seq, index * longest);
      return { start, length: Math.min(longest, seq - start) };
    }
    case 'drop':
      return { start: index * shortest, length: shortest };
    case 'pad':
      return { start: index * longest, length: longest };
    default: {
      const longer = seq % count;
      const start = index * shortest + Math.min(index, longer);
      return { start, length: index < longer ? longest : shortest };
    }
  }
}

/** The lengths of a list of them; null for what is none. */
export function lengthsOf(split: string): readonly number[] | null {
  if (!/^\d+(,\d+)*$/.test(split)) return null;
  return split.split(',').map(Number);
}

/** Whether a text names a way to split a sequence. */
export function isSequenceSplit(text: string): boolean {
  return SEQUENCE_SPLITS.some((one) => one === text) || lengthsOf(text) !== null;
}

/** Why a sequence cannot be dealt so, in a sentence; null where it can. */
export function sequenceProblem(c: Sequence): string | null {
  const { sp, seq, sequenceSplit: split, sequenceOrder: order } = c;
  const lengths = split === undefined ? null : lengthsOf(split);
  if (split === 'chunk' && order === 'strided') {
    return 'sequenceSplit is chunk; strided ranks take every P-th token, so their shares are nearly-equal, drop, pad or refuse';
  }
  if (lengths === null) return null;
  if (order !== undefined && order !== 'contiguous') {
    return `sequenceSplit is a list of lengths; it is dealt contiguous, not ${order}`;
  }
  if (lengths.length !== sp) {
    return `sequenceSplit lists ${lengths.length} lengths; it must list one for each of ${sp} ranks`;
  }
  if (sum(lengths) > seq) {
    return `sequenceSplit lists ${sum(lengths)} tokens; the sequence has ${seq}`;
  }
  return null;
}
