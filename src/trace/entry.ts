import { assert, at } from '../base/assert.ts';
import { product, sameNumbers, sum } from '../base/numbers.ts';
import { callTitle } from '../engine/call-title.ts';
import { departures } from '../engine/checks/compare-with-truth.ts';
import { operandsIn } from '../engine/decision.ts';
import type { CollectiveInfo, RankEvent, TensorRef } from '../engine/event.ts';
import { rankList } from '../engine/rank-list.ts';
import { operationText } from './moment.ts';
import type { PlacedEvent, Trace } from './trace.ts';

/** The facts of one event, in the words in which they are read. */
export interface Entry {
  /** Counted from 1, as steps are on the page: tick + 1. */
  readonly step: number;
  readonly rank: number;
  /** "forward: pass 2 of o" */
  readonly call: string;
  readonly kind: EntryKind;
  /** "permute(2, 0, 1, 3, 4)", "all_to_all_single" */
  readonly operation: string;
  /** Shapes: "[4, 2]", "4 × [1, 2]"; empty where the event has none. */
  readonly before: string;
  readonly after: string;
  /** Elements that leave with this event, or land with it; null where none could. */
  readonly sent: number | null;
  readonly received: number | null;
  readonly note: string;
  readonly fails: boolean;
}

/** What an event is, in a word or two. */
export const ENTRY_KINDS = [
  'input',
  'local',
  'decision',
  'assertion',
  'head count',
  'offer',
  'landing',
  'attention',
  'return',
  'exception',
  'sizes disagree',
  'hang',
  'lost',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

const KINDS: Record<RankEvent['kind'], EntryKind> = {
  called: 'input',
  local: 'local',
  decided: 'decision',
  guarded: 'assertion',
  remembered: 'head count',
  offered: 'offer',
  received: 'landing',
  attended: 'attention',
  returned: 'return',
  raised: 'exception',
  mismatched: 'sizes disagree',
  abandoned: 'hang',
  astray: 'hang',
  lost: 'lost',
};

export function kindOf(event: RankEvent): EntryKind {
  return KINDS[event.kind];
}

/** What is to be said of the event at `index` on the lane of `rank`. */
export function entryOf(trace: Trace, rank: number, index: number): Entry {
  const placed = at(at(trace.lanes, rank), index);
  const { event, tick, call } = placed;
  return {
    step: tick + 1,
    rank,
    call: callTitle(trace.recording.contract.calls, call),
    kind: kindOf(event),
    operation: operationText(event),
    before: '',
    after: '',
    sent: null,
    received: null,
    note: '',
    fails: false,
    ...particulars(trace, rank, placed),
  };
}

function particulars(
  trace: Trace,
  rank: number,
  { event, index, call }: PlacedEvent,
): Partial<Entry> {
  switch (event.kind) {
    case 'called':
      return {
        after: shapesText([event.input]),
        note: event.numKvHeads === null ? '' : `meets a head count of ${event.numKvHeads}`,
      };
    case 'local':
      return {
        before: shapesText(event.inputs),
        after: shapesText(event.outputs),
        note: localNote(event),
      };
    case 'decided':
      return {
        note: `${operandsIn(event.condition, event.evaluation.parts)}: ${event.branch} path`,
      };
    case 'guarded':
      return event.held ? { note: 'holds' } : { note: 'does not hold', fails: true };
    case 'remembered':
      return { note: event.before === null ? 'was unset' : `was ${event.before}` };
    case 'offered':
      return {
        before: shapesText(event.inputs),
        sent: sum(event.sends),
        note: collectiveText(event.collective),
      };
    case 'received': {
      const offer = trace.lanes[rank]?.[index - 1]?.event;
      assert(offer?.kind === 'offered', 'a landing follows its offer');
      return { after: shapesText(event.outputs), received: sum(offer.expects) };
    }
    case 'mismatched': {
      const [first] = event.pairs;
      const more = event.count > 1 ? ` (and ${event.count - 1} other pairs)` : '';
      const text =
        first &&
        `rank ${first.source} sends ${first.sent} elements to rank ${first.destination}, which expects ${first.expected}${more}`;
      return { note: text ?? '', fails: true };
    }
    case 'abandoned':
      return {
        note:
          event.by.length === 1
            ? 'forever: it never reaches this collective'
            : `forever: ${rankList(event.by, trace.lanes.length)} never reach this collective`,
        fails: true,
      };
    case 'astray':
      return { note: event.collectives.join(', '), fails: true };
    case 'lost':
      return { note: LOST[event.how], fails: true };
    case 'attended':
      return event.problem === null ? {} : { note: event.problem, fails: true };
    case 'raised':
      return { note: event.message, fails: true };
    case 'returned':
      return { after: shapesText([event.output]), ...departureNote(trace, rank, call) };
  }
}

const LOST = {
  terminates: 'its process ends',
  loops: 'it loops without end',
  unknown: 'why is not known',
} as const;

function localNote({ outputs, moved }: Extract<RankEvent, { kind: 'local' }>): string {
  const elements = sum(outputs.map(({ shape }) => product(shape)));
  return moved ? `copies ${elements} elements` : 'nothing moves in memory';
}

function departureNote(trace: Trace, rank: number, call: number): Partial<Entry> {
  const one = departures(trace.recording, call).find((departure) => departure.rank === rank);
  if (one === undefined) return {};
  if (one.wrongElements > 0) {
    return { note: `${one.wrongElements} of ${one.elements} elements are wrong`, fails: true };
  }
  if (!one.shapeWrong) return {};
  return {
    note: `should be ${one.should === null ? 'whole heads' : `[${one.should.join(', ')}]`}`,
    fails: true,
  };
}

/** "input [8, 2], output [6, 2], input splits [4, 4], output splits [3, 3]" */
function collectiveText(info: CollectiveInfo): string {
  switch (info.kind) {
    case 'all_to_all_single': {
      const splits = (name: string, sizes: readonly number[] | null) =>
        sizes === null ? '' : `, ${name} splits ${sizesText(sizes)}`;
      return `input [${info.input.join(', ')}], output [${info.output.join(', ')}]${splits('input', info.inputSplits)}${splits('output', info.outputSplits)}`;
    }
    case 'all_to_all':
      return `inputs ${listText(info.inputs)}, outputs ${listText(info.outputs)}`;
    case 'all_gather':
      return `of ${info.value}`;
  }
}

/** A list of split sizes; a long one has its end left out. */
function sizesText(sizes: readonly number[]): string {
  if (sizes.length <= MOST_SIZES) return `[${sizes.join(', ')}]`;
  return `[${sizes.slice(0, MOST_SIZES).join(', ')}, … ${sizes.length} in all]`;
}

const MOST_SIZES = 16;

function shapesText(tensors: readonly TensorRef[]): string {
  return listText(tensors.map(({ shape }) => shape));
}

/** "[4, 2]", "4 × [1, 2]", "[5, 2] [3, 2]", "[5, 2] … [3, 2] (64)" */
function listText(shapes: readonly (readonly number[])[]): string {
  const [first] = shapes;
  if (first === undefined) return '';
  const text = (shape: readonly number[]) => `[${shape.join(', ')}]`;
  if (shapes.length === 1) return text(first);
  if (shapes.every((shape) => sameNumbers(shape, first)))
    return `${shapes.length} × ${text(first)}`;
  if (shapes.length <= 4) return shapes.map(text).join(' ');
  return `${text(first)} … ${text(at(shapes, shapes.length - 1))} (${shapes.length})`;
}

/** "[4, 2] → [2, 4]"; one side alone where there is no other. */
export function changeText({ before, after }: Entry): string {
  return [before, after].filter((text) => text !== '').join(' → ');
}

/** An entry as an issue would quote it: "rank 2 · forward: pass 2 of o · step 17: permute(1, 0) [2, 4] → [4, 2]". */
export function quoteText(entry: Entry): string {
  const { rank, call, step, operation, sent, received, note } = entry;
  const parts = [
    operation,
    changeText(entry),
    sent === null ? '' : `sends ${sent} elements`,
    received === null ? '' : `receives ${received} elements`,
    note === '' ? '' : `(${note})`,
  ];
  return `rank ${rank} · ${call} · step ${step}: ${parts.filter((part) => part !== '').join(' ')}`;
}
