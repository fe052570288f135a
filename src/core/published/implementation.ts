import type { BatchDimIdx, Pass } from '../contract/case.ts';
import type { SequenceOrder } from '../contract/sequence.ts';
import type { ConditionName } from '../python/condition/names.ts';
import type { PythonErrorName } from '../python/python-error.ts';
import type { Tensor, TensorListener } from '../tensor/tensor.ts';
import type { Publication } from './publication.ts';

/**
 * What a program yields: a collective that it waits for. It is sent the received tensors, the
 * buffers that it handed over itself.
 */
export type Collective =
  | {
      readonly kind: 'all_to_all_single';
      readonly input: Tensor;
      readonly output: Tensor;
      /** Rows of dim 0 for each peer; null = dim 0 cut equally. */
      readonly inputSplits: readonly number[] | null;
      readonly outputSplits: readonly number[] | null;
    }
  | {
      readonly kind: 'all_to_all';
      readonly inputs: readonly Tensor[];
      readonly outputs: readonly Tensor[];
    }
  /** Every rank gets every rank's number: sizes that the tensors do not tell. */
  | { readonly kind: 'all_gather'; readonly value: number; readonly gathered: number[] };

/** A rank's program: local operations are ordinary calls, a collective is yielded. */
export type Program = Generator<Collective, Tensor, undefined>;

/** What the published function has in scope on its rank. */
export interface RankContext {
  /** Its number. Code that asks for nothing but `own` does the same on ranks that get the same. */
  readonly rank: number;
  /** P */
  readonly worldSize: number;
  readonly pass: Pass;
  /** The dimension that is cut: heads (2) in pass 1, the sequence in pass 2. */
  readonly scatterIdx: number;
  /** The dimension that is put together: the sequence in pass 1, heads (2) in pass 2. */
  readonly gatherIdx: number;
  readonly batchDimIdx: BatchDimIdx;
  /** The name under which the result is stored: "q", "o", "dq". */
  readonly target: string;
  /** What is moved: query-like tensors, or keys and values (and their gradients). */
  readonly role: 'query' | 'key-value';
  /** H and Hkv of the whole layer, whatever this tensor has. */
  readonly queryHeads: number;
  readonly kvHeads: number;
  /** What the layer of this call is called with, and what it was built for. */
  readonly handedOver: LayerHeads;
  readonly builtFor: LayerHeads;
  /** The length of this rank's own sequence chunk. */
  readonly localSequence: number;
  /** Where new tensors are allocated and heard. */
  readonly listener: TensorListener;
  /** The process-wide head count, null while unset. */
  readonly numKvHeads: number | null;
  /** This rank's entry of a list with one an entry a rank. */
  own<T>(list: readonly T[]): T;
  rememberNumKvHeads(heads: number): void;
  /**
   * Asks the condition that chooses the path, that of the release or of the case, and records the
   * answer with its operands.
   * @throws PythonError what the condition raises
   */
  choosesUneven(numHeads: number): boolean;
  /** The sizes that steps ask of their release. */
  readonly release: Release;
  /**
   * Asks a guard, the published one or that of the case, over the usual names and the values of its
   * own, and records it.
   * @throws PythonError AssertionError with the published message unless it holds; what it raises
   */
  guard(
    guard: Guard,
    numHeads: number,
    message: string,
    more?: Readonly<Record<string, number | boolean>>,
  ): void;
}

/** The heads of the queries and of the keys of a layer; null where it has none. */
export interface LayerHeads {
  readonly query: number | null;
  readonly keyValue: number | null;
}

/** A condition that the published code asserts. */
export interface Guard {
  /** Under which a case replaces it. */
  readonly id: string;
  /** What must hold, in the Python of the source. */
  readonly condition: string;
  /** What it asks, in one sentence. */
  readonly about: string;
  /** What it has in scope besides the usual names. */
  readonly names?: readonly ConditionName[];
}

/** What a caller's guard asks of: the model at hand, and this rank's part of it. */
export interface CallerScope {
  /** H and Hkv of the model, before anything is repeated. */
  readonly heads: number;
  readonly kvHeads: number;
  /** P */
  readonly worldSize: number;
  /** S, the length of the whole sequence. */
  readonly sequence: number;
  /** The length of this rank's own sequence chunk. */
  readonly localSequence: number;
}

/** A condition that the caller of the published function asks before it calls it. */
export interface CallerGuard extends Guard {
  /** What is raised where it does not hold. */
  readonly error: PythonErrorName;
  /** The values of its own names. */
  values(asked: CallerScope): Readonly<Record<string, number>>;
  message(asked: CallerScope): string;
}

/** What the published callers of a function do before they call it. */
export interface CallerPart {
  /** Where it was published: file, function. */
  readonly source: string;
  /** What it is, in one sentence. */
  readonly about: string;
  /** In the order in which they are asked, once for each model or layer. */
  readonly guards: readonly CallerGuard[];
  /** Whether key/value heads are repeated P // Hkv times, each next to itself, before pass 1. */
  readonly repeatsKv?: true;
}

/** What releases with the same steps differ in, besides their condition: sizes that follow from others. */
export interface Release {
  /** How many of `total` things each of P ranks gets, where the remembered head count does not say. */
  fallbackSizes(total: number, worldSize: number): readonly number[];
  /** The shape that the last reshape of a sequence-first, even pass 2 asks for. */
  backShape(
    input: readonly [S: number, B: number, h: number, D: number],
    worldSize: number,
  ): readonly number[];
}

/** All guards that a case can replace: those of the callers, then the function's own. */
export function guardsOf({
  caller,
  guards = [],
}: Pick<Implementation, 'caller' | 'guards'>): readonly Guard[] {
  return [...(caller?.guards ?? []), ...guards];
}

/** One published all-to-all. */
export interface Implementation {
  readonly id: string;
  /** As people know it: the project and the first release that has it. */
  readonly title: string;
  /** What it is, in one sentence. */
  readonly about: string;
  /** Where it was published: pull request, file. */
  readonly source: string;
  /** The same as data: whose it is, in which releases, at which address. */
  readonly publication: Publication;
  /** The layouts that it is written for. */
  readonly layouts: readonly BatchDimIdx[];
  /** The order in which it expects ranks to hold the sequence. */
  readonly order: SequenceOrder;
  /** The condition, in the Python of the source, that decides for the uneven path. */
  readonly condition: string | null;
  /** What it asserts. */
  readonly guards?: readonly Guard[];
  /** What its callers do before it is called; absent where nothing is known to be done. */
  readonly caller?: CallerPart;
  /** What its project's code that deals the sequence raises where the ranks do not divide it. */
  readonly refusal?: Pick<CallerGuard, 'error' | 'message'>;
  /** Whether it keeps a process-wide head count. */
  readonly remembersHeads: boolean;
  /** Whether each layer brings its own head count, read off its keys, instead of the process's. */
  readonly countsByLayer?: true;
  /** Whether it repeats key/value heads P // Hkv times by itself. */
  readonly repeatsKv?: true;
  /** Whether rank r owns the heads r, r+P, r+2P … between the passes. */
  readonly strided?: true;
  /** Whether tensors are [tokens, heads, D], documents packed one behind another. */
  readonly packed?: true;
  /** Whether its collective takes a list with a tensor for each peer, instead of one tensor for all. */
  readonly lists?: true;
  /** How often a call of so many heads exchanges, where that grows with them. */
  exchanges?(heads: number, worldSize: number): number;
  /**
   * The steps that `reshard` takes, and nothing else, where other releases take them too; each answers
   * in its own way what they ask of it.
   */
  readonly steps?: (rank: RankContext, input: Tensor) => Program;
  /** What it answers to steps that ask sizes of it. */
  readonly release?: Release;
  /**
   * One reshard on one rank: pass 1 takes [B, s, H, D] to [B, S, h, D], pass 2 goes back
   * (sequence first: [s, B, H, D] to [S, B, h, D]).
   * @throws PythonError what the published code raises
   */
  reshard(rank: RankContext, input: Tensor): Program;
}
