import { finish } from '../../base/steps.ts';
import { entryOf } from '../../trace/entry.ts';
import { MARK_FORMS, type MarkForm } from '../../trace/mark-forms.ts';
import type { PlacedEvent, Trace } from '../../trace/trace.ts';
import { LINE_HEIGHT, linesIn, markHeight, markIn } from './mark-box.ts';
import { formAmong, formGridOf } from './mark-form.ts';
import { markWords } from './mark-words.ts';
import { eventsIn } from './pick.ts';
import type { Range, TimelineLayout } from './timeline-layout.ts';

/** A rectangle in CSS pixels of the timeline. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A mark for an operation, or for the one most worth seeing where several share a pixel. */
export interface Mark {
  readonly form: MarkForm;
  readonly ranks: Range;
  readonly ticks: Range;
  readonly box: Box;
}

/** A line of words in a mark, in the middle of which it stands. */
export interface MarkLine {
  readonly form: MarkForm;
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** The marks that are in sight as plain data, those that lie over others last. */
export interface MarkList {
  readonly marks: readonly Mark[];
  /** Whether marks have room for words. */
  readonly worded: boolean;
  readonly lines: readonly MarkLine[];
}

/** Lists the marks of a timeline; `letter` is the width of a letter of their words, in CSS pixels. */
export function markListOf(trace: Trace, layout: TimelineLayout, letter: number): MarkList {
  const { bundle, pitch, laneHeight } = layout;
  const lines = bundle.ranks === 1 ? linesIn(pitch, laneHeight) : 0;
  return {
    marks: marksIn(trace, layout, lines),
    worded: lines > 0,
    lines: lines > 0 ? linesOf(trace, layout, letter, lines) : [],
  };
}

function marksIn(trace: Trace, layout: TimelineLayout, lines: number): Mark[] {
  const grid = finish(formGridOf(trace));
  const { bundle, ticks, ranks, laneHeight } = layout;
  const height = markHeight(laneHeight * bundle.ranks, lines);
  const byForm = new Map<MarkForm, Mark[]>(MARK_FORMS.map((form) => [form, []]));
  for (const lanes of bundles(ranks, bundle.ranks)) {
    const y = layout.yOf((lanes.from + lanes.to - 1) / 2) - height / 2;
    for (const time of bundles(ticks, bundle.ticks)) {
      const form = formAmong(grid, lanes, time);
      if (form === null) continue;
      const start = layout.xOf(time.from);
      const { from, width } = markIn(form, layout.xOf(time.from + bundle.ticks) - start);
      const box = { x: start + from, y, width, height };
      byForm.get(form)?.push({ form, ranks: lanes, ticks: time, box });
    }
  }
  return [...byForm.values()].flat();
}

/** A range in bundles, which begin at multiples of their size, so that panning makes none flicker. */
function bundles({ from, to }: Range, size: number): Range[] {
  const all: Range[] = [];
  for (let first = Math.floor(from / size) * size; first < to; first += size) {
    all.push({ from: first, to: Math.min(to, first + size) });
  }
  return all;
}

/** Operations in words, inside of their marks: the more the nearer one comes. */
function linesOf(trace: Trace, layout: TimelineLayout, letter: number, most: number): MarkLine[] {
  const all: MarkLine[] = [];
  for (let rank = layout.ranks.from; rank < layout.ranks.to; rank++) {
    for (const placed of eventsIn(trace, rank, layout.ticks)) {
      all.push(...linesOfEvent(trace, layout, rank, placed, letter, most));
    }
  }
  return all;
}

function linesOfEvent(
  trace: Trace,
  layout: TimelineLayout,
  rank: number,
  placed: PlacedEvent,
  letter: number,
  most: number,
): MarkLine[] {
  const { tick, event, index } = placed;
  const form = formAt(trace, rank, tick);
  if (form === null) return [];
  const mark = markIn(form, layout.widthOf(tick));
  const x = layout.xOf(tick) + mark.from;
  // Words stay in the part that is seen.
  const from = Math.max(layout.plot.left, x) + PADDING;
  const to = Math.min(layout.plot.right, x + mark.width) - PADDING;
  const letters = Math.floor((to - from + 1) / letter);
  if (letters < 1) return [];
  const fails = form === 'fault' || form === 'follows';
  const texts = markWords(entryOf(trace, rank, index), event, letters - (fails ? 2 : 0), most);
  if (fails && texts.length === 0) texts.push('');
  const top = layout.yOf(rank) - ((texts.length - 1) * LINE_HEIGHT) / 2;
  return texts.map((text, line) => ({
    form,
    text: ((fails && line === 0 ? '✕ ' : '') + text).trim(),
    x: (from + to) / 2,
    y: top + line * LINE_HEIGHT + 0.5,
  }));
}

const PADDING = 4;

function formAt(trace: Trace, rank: number, tick: number): MarkForm | null {
  const grid = finish(formGridOf(trace));
  return formAmong(grid, { from: rank, to: rank + 1 }, { from: tick, to: tick + 1 });
}
