import { at } from '../../base/assert.ts';
import { range, sameNumbers } from '../../base/numbers.ts';
import { coordinates, type GlobalSizes } from '../../engine/case.ts';
import { sizesOf } from '../../engine/contract.ts';
import { operandsOf } from '../../engine/decision.ts';
import type { Rank, RankEvent, TensorRef } from '../../engine/event.ts';
import { elementsOf } from '../../engine/recorded-tensor.ts';
import { momentsOf, operationText } from '../moment.ts';
import type { PlacedEvent, Tick, Trace } from '../trace.ts';

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

/** One thing that differs, with what each side does on the first of the ranks concerned. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly ranks: readonly Rank[];
  /** "takes the uneven path (2 % 4 = 2)"; null where that side does nothing. */
  readonly a: string | null;
  readonly b: string | null;
}

/** A side of a step: a tick of a trace, or null while that side rests. */
interface Side {
  readonly trace: Trace;
  readonly tick: Tick | null;
}

/** What an event says of each kind of difference; what it does not speak of is left out. */
type Facts = Partial<Record<DifferenceKind, Fact>>;

/** What is compared, and how it is told where it differs. */
interface Fact {
  readonly compared: readonly (number | string | boolean | null)[];
  told(): string;
}

/** What differs between two sides of a step, over the ranks that both traces have. */
export function differencesBetween(a: Side, b: Side): readonly Difference[] {
  const lanes = Math.min(a.trace.lanes.length, b.trace.lanes.length);
  const eventsA = eventsOf(a, lanes);
  const eventsB = eventsOf(b, lanes);
  const found = new Map<DifferenceKind, { ranks: Rank[]; a: string | null; b: string | null }>();
  const note = (kind: DifferenceKind, rank: Rank, texts: () => [string | null, string | null]) => {
    const known = found.get(kind);
    if (known !== undefined) known.ranks.push(rank);
    else {
      const [textA, textB] = texts();
      found.set(kind, { ranks: [rank], a: textA, b: textB });
    }
  };
  for (const rank of range(lanes)) {
    const one = at(eventsA, rank);
    const other = at(eventsB, rank);
    if (one === null && other === null) continue;
    if (one === null || other === null || !sameOperation(one.event, other.event)) {
      note('operation', rank, () => [one && doing(one.event), other && doing(other.event)]);
      continue;
    }
    const facts = { a: factsOf(one.event), b: factsOf(other.event) };
    for (const kind of DIFFERENCE_KINDS) {
      const left = facts.a[kind];
      const right = facts.b[kind];
      if (left === undefined || right === undefined || sameFacts(left, right)) continue;
      note(kind, rank, () => [left.told(), right.told()]);
    }
    const results = differingResults(a.trace, b.trace, rank, one, other);
    if (results !== null) note('elements', rank, () => results);
  }
  return DIFFERENCE_KINDS.flatMap((kind) => {
    const difference = found.get(kind);
    return difference === undefined ? [] : [{ kind, ...difference }];
  });
}

/** Each rank's event in a tick: the first, where it does the same to one tensor after another. */
function eventsOf({ trace, tick }: Side, lanes: number): readonly (PlacedEvent | null)[] {
  const events: (PlacedEvent | null)[] = range(lanes).map(() => null);
  if (tick === null) return events;
  for (const { rank, placed } of at(momentsOf(trace), tick).events) {
    if (rank < lanes) events[rank] ??= placed;
  }
  return events;
}

function sameFacts({ compared: a }: Fact, { compared: b }: Fact): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

function sameOperation(a: RankEvent, b: RankEvent): boolean {
  if (a.kind === 'local' && b.kind === 'local') return a.name === b.name;
  if (a.kind === 'offered' && b.kind === 'offered') return a.collective.kind === b.collective.kind;
  return a.kind === b.kind;
}

/** "does permute(2, 0, 1, 3, 4)", "raises AssertionError" */
function doing(event: RankEvent): string {
  switch (event.kind) {
    case 'called':
      return 'begins the call';
    case 'local':
    case 'attended':
      return `does ${operationText(event)}`;
    case 'decided':
      return `asks whether ${event.condition}`;
    case 'guarded':
      return `asserts ${event.condition}`;
    case 'remembered':
      return `sets the head count to ${event.after}`;
    case 'offered':
      return `calls ${event.collective.kind}`;
    case 'received':
      return 'receives its pieces';
    case 'mismatched':
      return 'meets peers that expect other sizes';
    case 'abandoned':
      return `${operationText(event)} forever`;
    case 'astray':
      return 'waits in another collective than its peers';
    case 'lost':
      return 'never comes back';
    case 'raised':
      return `raises ${event.error}`;
    case 'returned':
      return `returns [${event.output.shape.join(', ')}]`;
  }
}

/** What can differ between two events that are the same operation. */
function factsOf(event: RankEvent): Facts {
  switch (event.kind) {
    case 'called':
      return {
        shape: shapeFact('is given', [event.input]),
        'head count': {
          compared: [event.numKvHeads],
          told: () =>
            event.numKvHeads === null
              ? 'meets no head count'
              : `meets a head count of ${event.numKvHeads}`,
        },
      };
    case 'local':
      return {
        shape: shapeFact('makes', event.outputs),
        arguments: { compared: event.args, told: () => doing(event) },
        memory: {
          compared: [event.moved],
          told: () => (event.moved ? 'copies the elements' : 'leaves the elements where they are'),
        },
      };
    case 'decided':
      return {
        decision: {
          compared: [event.branch],
          told: () => `decides ${event.branch} (${operandsOf({ decided: event })})`,
        },
      };
    case 'guarded':
      return {
        decision: {
          compared: [event.held],
          told: () => `finds its assertion ${event.held ? 'true' : 'false'}`,
        },
      };
    case 'remembered':
      return { 'head count': { compared: [event.after], told: () => doing(event) } };
    case 'offered':
      return {
        sizes: {
          compared: [...event.sends, ...event.expects],
          told: () =>
            event.sends.length === 0
              ? 'cannot cut its tensors for its peers'
              : `sends ${countsText(event.sends)} and expects ${countsText(event.expects)}`,
        },
      };
    case 'received':
      return { shape: shapeFact('receives', event.outputs) };
    case 'mismatched': {
      const { source, destination, sent, expected } = at(event.pairs, 0);
      return {
        error: {
          compared: [source, destination, sent, expected],
          told: () =>
            `disagrees: rank ${source} sends ${sent} to rank ${destination}, which expects ${expected}`,
        },
      };
    }
    case 'attended':
      return {
        error: {
          compared: [event.problem],
          told: () => (event.problem === null ? 'can attend' : `cannot attend: ${event.problem}`),
        },
      };
    case 'abandoned':
      return { error: { compared: event.by, told: () => doing(event) } };
    case 'astray':
      return { error: { compared: event.collectives, told: () => doing(event) } };
    case 'lost':
      return { error: { compared: [event.how], told: () => doing(event) } };
    case 'raised':
      return {
        error: {
          compared: [event.error, event.message],
          told: () => `raises ${event.error}: ${event.message}`,
        },
      };
    case 'returned':
      return { shape: shapeFact('returns', [event.output]) };
  }
}

function shapeFact(verb: string, tensors: readonly TensorRef[]): Fact {
  return {
    compared: tensors.flatMap(({ shape }) => [...shape, '|']),
    told: () =>
      `${verb} ${tensors.map(({ shape }) => `[${shape.join(', ')}]`).join(' ') || 'nothing'}`,
  };
}

/** "4 elements a peer", "8 · 8 · 4 · 0 elements" */
function countsText(counts: readonly number[]): string {
  const [first] = counts;
  const even = counts.every((count) => count === first);
  return even ? `${first} elements a peer` : `${counts.join(' · ')} elements`;
}

/** The first place at which two results differ, as each side has it; null where they do not. */
function differingResults(
  a: Trace,
  b: Trace,
  rank: Rank,
  one: PlacedEvent,
  other: PlacedEvent,
): [string, string] | null {
  if (one.event.kind === 'attended' && other.event.kind === 'attended') {
    return differingAttention(one.event.full, other.event.full);
  }
  if (one.event.kind !== 'returned' || other.event.kind !== 'returned') return null;
  const sizes = { a: sizesIn(a, one), b: sizesIn(b, other) };
  if (!sameNumbers(one.event.output.shape, other.event.output.shape)) return null;
  if (!sameNumbers(Object.values(sizes.a), Object.values(sizes.b))) return null;
  const left = elementsOf(at(a.recording.ranks, rank), one.event.output);
  const right = elementsOf(at(b.recording.ranks, rank), other.event.output);
  const place = left.findIndex((id, index) => id !== right[index]);
  if (place < 0) return null;
  const holding = (ids: Int32Array) => `holds ${elementText(sizes.a, at(ids, place))} at ${place}`;
  return [holding(left), holding(right)];
}

function sizesIn({ recording }: Trace, { call }: PlacedEvent): GlobalSizes {
  return sizesOf(recording.contract, at(recording.contract.calls, call));
}

function elementText(sizes: GlobalSizes, id: number): string {
  const { b, s, h, d } = coordinates(sizes, id);
  return `(b ${b}, s ${s}, h ${h}, d ${d})`;
}

/** How much the same sum may differ by the order of its terms. */
const ROUNDING = 1e-9;

function differingAttention(left: Float64Array, right: Float64Array): [string, string] | null {
  if (left.length !== right.length) return null;
  const place = left.findIndex((value, index) => Math.abs(value - at(right, index)) > ROUNDING);
  if (place < 0) return null;
  const giving = (values: Float64Array) => `gives ${at(values, place).toFixed(3)} at ${place}`;
  return [giving(left), giving(right)];
}
