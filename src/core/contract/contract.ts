import type { Call, GlobalSizes } from './case.ts';
import { dealingOn, type Layout, type Placed, sizesByAxis } from './layout.ts';
import type { Dealing } from './sequence.ts';

/**
 * What ranks are asked for: which tensors there are, their named axes, and where each axis is to be
 * before pass 1, between the passes and after pass 2. A recording carries it, so that whoever reads
 * one need know neither the case nor the catalogue that it was made from.
 */
export interface Contract {
  /** What ran: "DeepSpeed 0.15.4". */
  readonly title: string;
  /** How many heads, in words: "8 heads, 2 KV heads". */
  readonly counts: string;
  /** What a verdict is reached over: "q only, forward only". */
  readonly scope: string;
  /** P, the ranks of the group. */
  readonly sp: number;
  readonly batch: number;
  /** S, the tokens of the sequence. */
  readonly seq: number;
  /** The positions of the sequence: its tokens and, behind them, its padding. */
  readonly positions: number;
  readonly headDim: number;
  readonly calls: readonly ContractCall[];
  /** What several tensors of one name belong to. */
  readonly noun: 'layer' | 'model';
  /** Where tensors are before pass 1. */
  readonly before: Layout;
  /** Where they are between the passes. */
  readonly between: Layout;
  /** What keeps a head count: the whole process, each layer, nothing. */
  readonly headCount: 'process' | 'layer' | null;
  /** Whether a condition decides for one of several paths. */
  readonly decides: boolean;
}

/** A call, and how often its heads are repeated before the ranks exchange them. */
export type ContractCall = Call & { readonly times: number };

/** How the tokens of a contract's sequence are dealt to its ranks. */
export function sequenceOf({ sp, seq, before }: Contract): Dealing {
  const spread = before.spread.S;
  return spread?.kind === 'split'
    ? dealingOn(spread, seq, sp)
    : { sp, seq, sequenceOrder: 'contiguous' };
}

/** Where the batch stands: 0 for [B, S, H, D], 1 for [S, B, H, D]. */
export function batchDimOf({ before }: Contract): 0 | 1 {
  return before.axes[0] === 'S' ? 1 : 0;
}

/** Whether tensors are [T, H, D], documents packed one behind another. */
export function isPacked({ before }: Contract): boolean {
  return before.axes.includes('T');
}

/** How many positions of the sequence any rank holds, and all should hold between the passes. */
export function tokensBetween({ between, seq }: Contract): number {
  const spread = between.spread.S;
  return spread?.kind === 'whole' ? spread.length : seq;
}

/** The global sizes of the tensor that a call moves. */
export function sizesOf(
  { batch, positions, headDim }: Contract,
  { heads }: Pick<Call, 'heads'>,
): GlobalSizes {
  return { batch, seq: positions, heads, headDim };
}

/** A call's tensor as the ranks hold it before pass 1. */
export function placedBefore(contract: Contract, { heads }: Pick<Call, 'heads'>): Placed {
  const { before: layout, batch, positions, headDim, sp } = contract;
  return { layout, sizes: sizesByAxis(batch, positions, heads, headDim), sp };
}

/** As they should hold it after pass 2: as before, with heads that were repeated. */
export function placedAfter(
  contract: Contract,
  call: Pick<ContractCall, 'heads' | 'times'>,
): Placed {
  const placed = placedBefore(contract, call);
  if (call.times === 1) return placed;
  const { axes, spread } = placed.layout;
  const H = { kind: 'whole', length: call.heads, times: call.times } as const;
  return { ...placed, layout: { axes, spread: { ...spread, H } } };
}

/** As they should hold it between the passes, where each rank holds so many heads. */
export function placedBetween(
  contract: Contract,
  call: Pick<ContractCall, 'heads' | 'times'>,
  counts: readonly (number | null)[],
): Placed {
  const { axes, spread } = contract.between;
  const held = spread.H?.kind === 'held' ? { ...spread.H, times: call.times } : spread.H;
  const layout = held === undefined ? contract.between : { axes, spread: { ...spread, H: held } };
  return { ...placedBefore(contract, call), layout, counts };
}
