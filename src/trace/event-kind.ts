import type { Span } from '../core/python/condition/syntax.ts';
import type { Rank, RankEvent, TensorRef } from '../core/recording/event.ts';
import type { MarkForm } from './mark-forms.ts';
import type { PlacedEvent, Trace } from './trace.ts';

/** The event of one kind. */
export type EventOf<K extends RankEvent['kind']> = Extract<RankEvent, { kind: K }>;

/**
 * All that is known of one kind of event: `event-kinds.ts` has them all. What views show of it is told
 * here as data, how it is drawn they know themselves.
 */
export interface EventKind<E extends RankEvent = RankEvent> {
  /** In a word or two; kinds may share it. The log can be filtered by it. */
  readonly title: string;
  /** Where a rank stands when it happens; and then, where that is elsewhere. */
  readonly order: { readonly from: readonly Standing[]; readonly to?: Standing };
  /** Whether it fits what the rank did before it, in a recording that comes from outside. */
  check?(event: E, lane: LaneSoFar): void;

  /** The tensors that it takes; those that it makes where it does not hand on what it takes. */
  before?(event: E): readonly TensorRef[];
  after?(event: E): readonly TensorRef[];
  /** It takes and makes the same tensors. */
  readonly handsOn?: true;
  /** What it looks at and leaves where it is. */
  looksAt?(event: E): readonly TensorRef[];
  /** Whether elements come to another place in memory by it. */
  moves?(event: E): boolean;
  /** What becomes of the rank; as it was, where nothing is said. */
  readonly effect: Effect;
  /** The head count that it leaves with the process. */
  headCount?(event: E): number | null;

  /** What outranks what where ranks do different things in one tick. */
  readonly weight: number;
  /** What is told of it where something fails with it, whatever it says. */
  readonly failure?: Failure<E>;
  /** Whether it is wrong, where that depends. */
  isWrong?(event: E, where: Where): boolean;
  /** Milliseconds that reaching it takes at speed 1; `moved`: some rank moves elements then. */
  pace(moved: boolean): Pace;

  /** "permute(2, 0, 1, 3, 4)": as the Python would read. */
  operation(event: E): string;
  /** "does permute(2, 0, 1, 3, 4)", behind the rank. */
  does(event: E): string;
  /** What it says beside its tensors. */
  says?(event: E, where: Where): Said;
  /** What it is called in its mark, from the name that is wished for to shorter ones. */
  names(event: E): readonly string[];
  /** The letters for which its mark has room, where they are not those of its name. */
  readonly letters?: number;
  /** What people call it; the glossary may know it. */
  term?(event: E): string;
  /** The form of its mark, where it is not wrong. */
  mark(event: E): MarkForm;
  /** What its rank's card says; null for its operation with the shapes. */
  strip?(event: E, cards: Cards): Strip | null;
  /** What the Inspector tells of it, in this order. */
  readonly facts: readonly FactsOf[];
  /** What becomes of memory; `amount` is of what it makes. */
  memory?(event: E, amount: string): string;

  /** Its kind and name, where there are more by which it finds its like in another trace. */
  signature?(event: E): string;
  /** What outweighs what there: nothing local is worth tearing a collective from its counterpart. */
  readonly worth?: number;
  /** In what it can differ from another that is the same operation. */
  differs(event: E): Facts;
}

/** What is known of each kind. */
export type EventKindTable = {
  readonly [K in RankEvent['kind']]: EventKind<EventOf<K>>;
};

/** Where a rank stands in its program. */
export type Standing = 'between calls' | 'in a call' | 'at a collective' | 'at its end';

/** What a rank did up to an event, and what may be required of the event then. They throw `Damage`. */
export interface LaneSoFar {
  /** A call begins: the next one, on the rank's shard or on what an earlier call left. */
  begins(event: EventOf<'called'>): void;
  /** An operation makes what it makes of what it takes. */
  performs(event: EventOf<'local'>): void;
  /** A call leaves a tensor to those after it. */
  leaves(output: TensorRef): void;
  /** The case asks for it that this rank is lost here. */
  isLost(event: EventOf<'lost'>): void;
  /** Tensors that are taken were made before. `field` is where they stand. */
  made(tensors: readonly TensorRef[], field: string): void;
  /** Every element of a tensor lies in its storage. */
  inside(tensors: readonly TensorRef[], field: string): void;
  /** No tensor is named twice. */
  distinct(tensors: readonly TensorRef[], field: string): void;
  /** From here on these tensors are there to be taken. */
  makes(tensors: readonly TensorRef[]): void;
  /** What is said of a condition's parts is said of letters that it has. */
  spans(condition: string, parts: readonly Span[]): void;
  /** @throws Damage with `otherwise` */
  holds(holds: boolean, otherwise: string): void;
}

/** What becomes of a rank. */
export interface Effect {
  /** Instead of which tensors it holds what is made, of those that it has no more use for. */
  readonly replaces?: 'everything' | 'what it takes' | 'what was offered';
  /** Only what is exchanged is held then. */
  readonly exchanges?: true;
  readonly status?: RankStatus;
}

export type RankStatus = 'working' | 'waiting' | 'returned' | 'raised' | 'stuck' | 'lost';

/** Where an event stands. */
export interface Where {
  readonly trace: Trace;
  readonly rank: Rank;
  readonly placed: PlacedEvent;
}

/** What is said of an event. */
export interface Said {
  readonly note?: string;
  /** Elements that leave with it, or land with it. */
  readonly sent?: number;
  readonly received?: number;
  readonly fails?: boolean;
}

/** A failure on a rank, as the Inspector tells it. */
export interface Failure<E extends RankEvent = RankEvent> {
  readonly title: string;
  /** Not where it has words of its own. */
  sentence?(event: E, rank: Rank, worldSize: number): string;
  /** What real backends make of it. */
  readonly backends: string;
}

/** A moment's motion, and then a rest, in milliseconds. */
export interface Pace {
  readonly motion: number;
  readonly rest: number;
}

/** How a strip is seen: red is for what is wrong, amber for what decides, grey for waiting. */
type StripTone = 'note' | 'decision' | 'holds' | 'waits' | 'fault';

/** What a card says of its rank at a moment. */
export interface Strip {
  readonly tone: StripTone;
  /** From the longest on. */
  readonly texts: readonly string[];
}

/** The cards beside one another in that moment. */
export interface Cards {
  readonly count: number;
  /** Whether this one waits, and any other does not. */
  readonly waits: boolean;
}

/** Of what the Inspector can tell facts; together: of all that the rank does in the moment. */
export type FactsOf =
  | 'tensors'
  | 'tensors together'
  | 'exchange'
  | 'decision'
  | 'head count'
  | 'failure';

/** In what two steps differ, what weighs most first. */
export const DIFFERENCE_KINDS = [
  'decision',
  'error',
  'operation',
  'sizes',
  'head count',
  'shape',
  'arguments',
  'memory',
  'elements',
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** What an event says of each kind of difference; what it does not speak of is left out. */
export type Facts = Partial<Record<DifferenceKind, Fact>>;

/** What is compared, and how it is told where it differs. */
export interface Fact {
  readonly compared: readonly (number | string | boolean | null)[];
  told(): string;
}

/** The shapes of some tensors as what can differ. */
export function shapeFact(verb: string, tensors: readonly TensorRef[]): Fact {
  return {
    compared: tensors.flatMap(({ shape }) => [...shape, '|']),
    told: () =>
      `${verb} ${tensors.map(({ shape }) => `[${shape.join(', ')}]`).join(' ') || 'nothing'}`,
  };
}
