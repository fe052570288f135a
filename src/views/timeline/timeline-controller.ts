import { drag, pointer, select } from 'd3';
import type { Shown } from '../../store/shown.ts';
import type { RankscopeStore } from '../../store/state.ts';
import { operationText } from '../../trace/moment.ts';
import { layoutTimeline, MARGIN, type Mark, type TimelineLayout } from './timeline-layout.ts';

/**
 * Owns the timeline's SVG: a lane a rank, a mark an event, messages as lines in the collective, and
 * the cursor, which can be dragged. Marks are drawn when the trace or the size changes, the cursor
 * whenever it moves.
 */
export function createTimelineController(
  host: HTMLElement,
  store: RankscopeStore,
): { destroy(): void } {
  const slider = select(host);
  const svg = slider.append('svg').attr('aria-hidden', 'true');
  const drawing = svg.append('g');
  const needle = svg.append('g').attr('class', 'needle');
  needle.append('line').attr('y1', MARGIN.top - 4);
  needle
    .append('circle')
    .attr('r', 4.5)
    .attr('cy', MARGIN.top - 6);

  let size = { width: 0, height: 0 };
  let drawn: Shown | null = null;
  let layout: TimelineLayout | null = null;

  const update = () => {
    const { shown, cursor } = store.getState();
    if (shown === null || size.width === 0) return;
    if (layout === null || drawn !== shown) {
      layout = layoutTimeline(shown.trace, size);
      drawn = shown;
      drawStatic(drawing, layout, size);
      needle.select('line').attr('y2', size.height - MARGIN.bottom);
    }
    needle.attr('transform', `translate(${layout.xOf(cursor)}, 0)`);
    slider
      .attr('aria-valuemax', shown.trace.ticks - 1)
      .attr('aria-valuenow', Math.round(cursor))
      .attr('aria-valuetext', `step ${Math.round(cursor) + 1} of ${shown.trace.ticks}`);
  };
  const observer = new ResizeObserver(([entry]) => {
    if (entry === undefined) return;
    size = { width: entry.contentRect.width, height: entry.contentRect.height };
    layout = null;
    update();
  });
  observer.observe(host);
  const unsubscribe = store.subscribe(update);

  const seek = (event: unknown) => {
    const [x] = pointer(event, host);
    if (layout !== null) store.getState().seek(layout.cursorAt(x));
  };
  svg.call(
    drag<SVGSVGElement, unknown>()
      .on('start', seek)
      .on('drag', seek)
      .on('end', () => store.getState().seek(Math.round(store.getState().cursor))),
  );

  return {
    destroy() {
      unsubscribe();
      observer.disconnect();
      svg.on('.drag', null).remove();
    },
  };
}

type Group = ReturnType<typeof groupOf>;

function groupOf(svg: SVGSVGElement) {
  return select(svg).append('g');
}

function drawStatic(
  group: Group,
  layout: TimelineLayout,
  size: { readonly width: number; readonly height: number },
): void {
  group.selectAll('*').remove();
  group
    .selectAll('text.lane')
    .data(layout.lanes.filter(({ rank }) => rank % labelEvery(layout.laneHeight) === 0))
    .join('text')
    .attr('class', 'lane')
    .attr('x', 20)
    .attr('y', ({ y }) => y + 4)
    .text(({ rank }) => `rank ${rank}`);
  group
    .selectAll('line.lane')
    .data(layout.lanes)
    .join('line')
    .attr('class', 'lane')
    .attr('x1', MARGIN.left)
    .attr('x2', size.width - MARGIN.right)
    .attr('y1', ({ y }) => y)
    .attr('y2', ({ y }) => y);
  drawMessages(group, layout);
  drawMarks(group, layout);
  drawBrackets(group, layout);
}

/** Every how many lanes a label fits, in lanes of that height in CSS pixels. */
function labelEvery(laneHeight: number): number {
  return Math.ceil(13 / laneHeight);
}

/** Beyond this many lanes a mark is too small to be pointed at. */
const MOST_TITLED_LANES = 64;

function drawMarks(group: Group, layout: TimelineLayout): void {
  const height = Math.max(2, Math.min(14, layout.laneHeight * 0.62));
  group
    .selectAll('rect.mark')
    .data(layout.marks.filter((mark) => mark.form !== 'fault'))
    .join('rect')
    .attr('class', ({ form }) => `mark ${form}`)
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y - height / 2)
    .attr('width', ({ width }) => Math.max(1, width))
    .attr('height', height)
    .attr('rx', Math.min(3.5, height / 3))
    .filter(() => layout.lanes.length <= MOST_TITLED_LANES)
    .append('title')
    .text(title);
  const arm = Math.min(6, layout.laneHeight * 0.32);
  group
    .selectAll('path.fault')
    .data(layout.marks.filter((mark) => mark.form === 'fault'))
    .join('path')
    .attr('class', 'fault')
    .attr('d', `M${-arm} ${-arm}L${arm} ${arm}M${arm} ${-arm}L${-arm} ${arm}`)
    .attr('transform', ({ x, y, width }) => `translate(${x + width / 2}, ${y})`)
    .append('title')
    .text(title);
}

function title({ rank, event }: Mark): string {
  return `rank ${rank}: ${operationText(event)}`;
}

/** A line from each rank's offer to where it lands on every other rank. */
function drawMessages(group: Group, { marks, lanes }: TimelineLayout): void {
  const messages = lanes.length > MOST_MESSAGE_LANES ? [] : messagesOf(marks);
  group
    .selectAll('line.message')
    .data(messages)
    .join('line')
    .attr('class', 'message')
    .attr('x1', ({ sender }) => sender.x + sender.width / 2)
    .attr('y1', ({ sender }) => sender.y)
    .attr('x2', ({ landing }) => landing.x + landing.width / 2)
    .attr('y2', ({ landing }) => landing.y);
}

/** Beyond this many lanes the lines of P × P messages would be a grey block. */
const MOST_MESSAGE_LANES = 16;

function messagesOf(marks: readonly Mark[]): { sender: Mark; landing: Mark }[] {
  // A landing follows its offer at once on the same rank; ranks land in the same tick.
  const pairs = marks.flatMap((landing, index) => {
    const offer = marks[index - 1];
    return landing.event.kind === 'received' && offer !== undefined ? [{ offer, landing }] : [];
  });
  return pairs.flatMap(({ offer: sender, landing: own }) =>
    pairs
      .filter(({ landing }) => landing.x === own.x && landing.rank !== sender.rank)
      .map(({ landing }) => ({ sender, landing })),
  );
}

function drawBrackets(group: Group, { brackets }: TimelineLayout): void {
  const bracket = group
    .selectAll('g.bracket')
    .data(brackets)
    .join('g')
    .attr('class', ({ failed }) => (failed ? 'bracket failed' : 'bracket'));
  bracket.append('path').attr('d', ({ from, to }) => `M${from} ${MARGIN.top - 4}v-5H${to}v5`);
  bracket
    .append('text')
    .attr('x', ({ from, to }) => (from + to) / 2)
    .attr('y', MARGIN.top - 14)
    .text(({ title, failed }) => (failed ? `✕ ${title}` : title));
}
