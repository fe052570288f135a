import { at } from '../../base/assert.ts';
import { range, sameNumbers } from '../../base/numbers.ts';
import { coordinates, type GlobalSizes } from '../../core/contract/case.ts';
import { sizesOf } from '../../core/contract/contract.ts';
import type { Rank, RankEvent } from '../../core/recording/event.ts';
import { elementsOf } from '../../core/recording/recorded-tensor.ts';
import { DIFFERENCE_KINDS, type DifferenceKind, type Fact, type Facts } from '../event-kind.ts';
import { kindOf } from '../event-kinds.ts';
import { momentsOf } from '../moment.ts';
import type { PlacedEvent, Tick, Trace } from '../trace.ts';

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
      note('operation', rank, () => [one && does(one.event), other && does(other.event)]);
      continue;
    }
    const facts = { a: differs(one.event), b: differs(other.event) };
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
function does(event: RankEvent): string {
  return kindOf(event).does(event);
}

/** What can differ between two events that are the same operation. */
function differs(event: RankEvent): Facts {
  return kindOf(event).differs(event);
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
