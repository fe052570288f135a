import type { SequenceOrder } from './sequence.ts';

/** Pass 1 goes from sequence-sharded to head-sharded, pass 2 goes back. */
export type Pass = 1 | 2;

/** Where the batch stands: 0 for [B, S, H, D] (batch first), 1 for [S, B, H, D] (sequence first). */
export type BatchDimIdx = 0 | 1;

/**
 * One reshard that every rank performs. Pass 1 takes the rank's input shard of `tensor` and stores
 * the result under that name; pass 2 takes what is stored as `tensor` and stores it as `to`.
 */
export type Call =
  | { readonly tensor: string; readonly heads: number; readonly pass: 1 }
  | { readonly tensor: string; readonly heads: number; readonly pass: 2; readonly to: string };

/** The lists of calls that have a name. */
export const PROGRAMS = [
  'roundTrip',
  'layerForward',
  'layerForwardBackward',
  'twoModels',
  'twoLayers',
] as const;
export type ProgramName = (typeof PROGRAMS)[number];

/**
 * What a model's job runs, wherever nobody says otherwise: the page once a model is chosen, its map and
 * table, and the command line. KV heads and the backward decide most verdicts that matter.
 */
export const MODEL_PROGRAM: ProgramName = 'layerForwardBackward';

/** Up to this many ranks, each has a Worker of its own; beyond, several share one. */
export const MOST_OWN_WORKERS = 64;

/** What is run: the fields of a real run. Sizes are global; B, S, H, Hkv, D of the papers. */
export interface Case {
  readonly implementation: string;
  /** A name of `PROGRAMS`, or any label for a person's own list of calls. */
  readonly program: string;
  /** P, the sequence-parallel world size: the number of ranks. */
  readonly sp: number;
  readonly batch: number;
  readonly seq: number;
  readonly heads: number;
  /** Key/value heads; in `twoModels` the heads of the second model. */
  readonly kvHeads: number;
  readonly headDim: number;
  readonly batchDimIdx: BatchDimIdx;
  /** The process-wide head count set before the first call, or null. */
  readonly numKvHeadsBefore: number | null;
  readonly calls: readonly Call[];
  /**
   * The dimension that pass 1 gathers (and pass 2 scatters), where a caller names another than the
   * sequence's, as those do who leave DeepSpeed's default of 0.
   */
  readonly gatherIdx?: 0 | 1;
  /** How the caller repeats key/value heads before pass 1 where there are fewer than ranks. */
  readonly kvRepeat?: KvRepeat;
  /**
   * Takes the place of the published condition that decides for the uneven path, where there is
   * one: Python, in one line.
   */
  readonly condition?: string;
  /** Take the place of guards of the implementation, by their ids. */
  readonly guards?: Readonly<Record<string, string>>;
  /** How long the ranks' shares of the sequence are; nearly equal, where absent. `core/contract/sequence.ts` */
  readonly sequenceSplit?: string;
  /** In which order ranks take them, where it is not that which the code expects. */
  readonly sequenceOrder?: SequenceOrder;
  /** What goes wrong on one rank, in one call. */
  readonly fault?: Fault;
  /**
   * Whether the function runs as its published callers run it: with their guards, their repeat of
   * scarce key/value heads, and attention between the passes, which raises on a rank that holds no
   * head of keys. Absent: the function alone, as in the real runs. `core/published/caller.ts` has the rules.
   */
  readonly caller?: 'published';
}

/** What a case can say of its caller: that it runs as published, or that only the function runs. */
export const CALLERS = ['published', 'bypassed'] as const;
export type Caller = (typeof CALLERS)[number];

/** `in-place`: each head next to itself, the right way. `tile`: all heads behind all heads. */
export const KV_REPEATS = ['in-place', 'tile'] as const;
export type KvRepeat = (typeof KV_REPEATS)[number];

/** The ways in which a rank can be made to fail. */
export const FAULT_KINDS = [
  'raises-before',
  'raises-in',
  'raises-after',
  'sends-less',
  'other-collective',
  'terminates',
  'loops',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** The faults that end a rank's Worker, and with it the rank. */
export type WorkerEnd = Extract<FaultKind, 'terminates' | 'loops'>;

/** Whether a fault ends the Worker of its rank. */
export function endsWorker(kind: FaultKind): kind is WorkerEnd {
  return kind === 'terminates' || kind === 'loops';
}

/** A rank that fails: before, in or after its collective in `call`, or for good. */
export interface Fault {
  readonly kind: FaultKind;
  readonly rank: number;
  /** Index into `calls`. */
  readonly call: number;
}

/** The calls that a named program makes, in order. */
export function callsOf(program: ProgramName, heads: number, kvHeads: number): readonly Call[] {
  const there = (tensor: string, count: number): Call => ({ tensor, heads: count, pass: 1 });
  const back = (tensor: string, count: number, to: string): Call => ({
    tensor,
    heads: count,
    pass: 2,
    to,
  });
  switch (program) {
    case 'roundTrip':
      return [there('q', heads), back('q', heads, 'o')];
    case 'layerForward':
      return [there('q', heads), there('k', kvHeads), there('v', kvHeads), back('q', heads, 'o')];
    case 'layerForwardBackward':
      return [
        ...callsOf('layerForward', heads, kvHeads),
        there('do', heads),
        back('q', heads, 'dq'),
        back('k', kvHeads, 'dk'),
        back('v', kvHeads, 'dv'),
      ];
    case 'twoModels': {
      // They take turns, as a vision tower and a language model do: each meets what the other left.
      const turn = [
        there('q', heads),
        back('q', heads, 'o'),
        there('r', kvHeads),
        back('r', kvHeads, 'p'),
      ];
      return [...turn, ...turn];
    }
    case 'twoLayers':
      return [
        ...callsOf('layerForward', heads, kvHeads),
        there('q2', heads),
        there('k2', kvHeads),
        there('v2', kvHeads),
        back('q2', heads, 'o2'),
      ];
  }
}

/** A name of `PROGRAMS`, or null for any other label. */
export function programNamed(label: string): ProgramName | null {
  return PROGRAMS.find((name) => name === label) ?? null;
}

/** The program whose calls a case makes; null where it makes calls of its own, whatever their label. */
export function namedProgram({ program, heads, kvHeads, calls }: Case): ProgramName | null {
  const named = programNamed(program);
  if (named === null) return null;
  const own = callsOf(named, heads, kvHeads);
  return own.length === calls.length && own.every((call, index) => sameCall(call, calls[index]))
    ? named
    : null;
}

function sameCall(a: Call, b: Call | undefined): boolean {
  return (
    a.tensor === b?.tensor &&
    a.heads === b.heads &&
    a.pass === b.pass &&
    (a.pass === 1 || b.pass === 1 || a.to === b.to)
  );
}

/** Which of the layers in one process a tensor belongs to: "q" and "k" to 1, "q2" to 2, "r" to 2. */
export function layerOf(tensor: string): number {
  if (tensor === 'r') return 2;
  return Number(/\d+$/.exec(tensor)?.[0] ?? 1);
}

/** Whether a call moves a gradient: these are named after what they are of, "do" there, "dq" back. */
export function isBackward(call: Call): boolean {
  return /^d[a-z]/.test(call.pass === 2 ? call.to : call.tensor);
}

/** Whether a tensor holds keys or values. */
export function isKeyOrValue(tensor: string): boolean {
  return /^[kv]\d*$/.test(tensor);
}

/** The dimensions that a pass cuts (scatters) and puts together (gathers), as its caller names them. */
export function indicesOf(
  c: Pick<Case, 'batchDimIdx' | 'gatherIdx'>,
  pass: Pass,
): { readonly scatterIdx: number; readonly gatherIdx: number } {
  const sequence = c.gatherIdx ?? 1 - c.batchDimIdx;
  return pass === 1
    ? { scatterIdx: 2, gatherIdx: sequence }
    : { scatterIdx: sequence, gatherIdx: 2 };
}

/** How often the heads of a call's tensor are repeated before its ranks exchange them. */
export function kvTimes(c: Case, call: Call, repeats: boolean): number {
  if (!repeats || !isKeyOrValue(call.tensor)) return 1;
  return Math.max(1, Math.floor(c.sp / call.heads));
}

/** Where an element stands in the global tensor [B, S, H, D]. */
export interface Coordinates {
  readonly b: number;
  readonly s: number;
  readonly h: number;
  readonly d: number;
}

/** The sizes that turn an element id into coordinates and back. */
export interface GlobalSizes {
  readonly batch: number;
  readonly seq: number;
  readonly heads: number;
  readonly headDim: number;
}

/** `((b*S + s)*H + h)*D + d`. */
export function elementId(sizes: GlobalSizes, { b, s, h, d }: Coordinates): number {
  return ((b * sizes.seq + s) * sizes.heads + h) * sizes.headDim + d;
}

export function coordinates(sizes: GlobalSizes, id: number): Coordinates {
  const d = id % sizes.headDim;
  const token = Math.floor(id / sizes.headDim);
  const h = token % sizes.heads;
  const row = Math.floor(token / sizes.heads);
  return { b: Math.floor(row / sizes.seq), s: row % sizes.seq, h, d };
}

/** One coordinate of an element id. */
export function coordinate(sizes: GlobalSizes, id: number, name: keyof Coordinates): number {
  const token = Math.floor(id / sizes.headDim);
  const row = Math.floor(token / sizes.heads);
  switch (name) {
    case 'd':
      return id % sizes.headDim;
    case 'h':
      return token % sizes.heads;
    case 's':
      return row % sizes.seq;
    case 'b':
      return Math.floor(row / sizes.seq);
  }
}
