import { select, type Timer, timer } from 'd3';
import { at } from '../../base/assert.ts';
import { positionsOf, sizesOf } from '../../engine/case.ts';
import { findImplementation } from '../../engine/implementations/index.ts';
import { motionShare } from '../../store/playback.ts';
import { momentsOf } from '../../trace/moment.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { describeHolding, describeState, describeStatus } from './describe.ts';
import { type Brush, drawFrame, drawJourney } from './draw-cells.ts';
import { drawLabels } from './draw-labels.ts';
import { type Frame, frameAt } from './frame.ts';
import { hatchFills } from './hatch.ts';
import { journeyTo } from './journey.ts';
import { layoutStage, SMALL_CARD, type StageLayout } from './layout.ts';
import { type Palette, paletteOf, rankColour, type Scheme } from './palette.ts';
import type { StageSource, StageView } from './source.ts';
import { wrongCells } from './wrong-cells.ts';

/**
 * Owns the stage's pixels. An SVG carries the cards and their words, a canvas above it the cells.
 * React gives it the two elements and, in the end, calls `destroy`; in between it listens to its
 * source and paints at most once a frame, and only what the cursor says.
 */
export interface StageController {
  destroy(): void;
}

export function createStageController(
  host: HTMLElement,
  svg: SVGSVGElement,
  canvas: HTMLCanvasElement,
  source: StageSource,
): StageController {
  const context = canvas.getContext('2d');
  if (context === null) return { destroy() {} };
  const scheme = window.matchMedia('(prefers-color-scheme: dark)');
  let size = { width: 0, height: 0 };
  let scene: Scene | null = null;
  let dirty = true;

  const repaint = () => {
    dirty = true;
  };
  const restyle = () => {
    scene = null;
    dirty = true;
  };
  const observer = new ResizeObserver(([entry]) => {
    if (entry === undefined) return;
    const { width, height } = entry.contentRect;
    const ratio = window.devicePixelRatio;
    size = { width, height };
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    select(svg).attr('viewBox', `0 0 ${width} ${height}`);
    restyle();
  });
  observer.observe(host);
  scheme.addEventListener('change', restyle);
  const unsubscribe = source.subscribe(repaint);
  const clock: Timer = timer(() => {
    if (!dirty || size.width === 0) return;
    dirty = false;
    const view = source.read();
    if (view === null) return;
    scene = sceneFor(scene, view, size, scheme.matches ? 'dark' : 'light', context);
    paint(context, svg, scene, view, size);
  });

  return {
    destroy() {
      clock.stop();
      unsubscribe();
      observer.disconnect();
      scheme.removeEventListener('change', restyle);
    },
  };
}

/** What stays the same from frame to frame: until another call, case, size or colour is shown. */
interface Scene {
  readonly trace: Trace;
  readonly call: number;
  readonly colourBy: StageView['colourBy'];
  readonly scheme: Scheme;
  readonly layout: StageLayout;
  readonly palette: Palette;
  readonly brush: Omit<Brush, 'pitch'>;
}

function sceneFor(
  known: Scene | null,
  { shown: { trace }, colourBy, cursor }: StageView,
  size: { width: number; height: number },
  scheme: Scheme,
  context: CanvasRenderingContext2D,
): Scene {
  const { call } = at(momentsOf(trace), Math.ceil(cursor));
  if (known?.trace === trace && known.call === call && known.colourBy === colourBy) return known;
  const { case: shown } = trace.recording;
  const sharding = findImplementation(shown.implementation)?.sharding ?? 'pieces';
  const sizes = sizesOf(shown, at(shown.calls, call));
  const layout = known?.trace === trace ? known.layout : layoutStage(trace, size);
  const positions = trace.lanes.map((_, rank) => positionsOf(sharding, shown.seq, shown.sp, rank));
  const palette = paletteOf(sizes, shown.sp, positions, scheme, colourBy);
  const style = getComputedStyle(context.canvas);
  const hatches =
    known?.scheme === scheme
      ? known.brush.hatches
      : hatchFills(context, style.getPropertyValue('--hatch'), window.devicePixelRatio);
  const colours = {
    faint: style.getPropertyValue('--line-strong'),
    label: style.getPropertyValue('--faint'),
    bad: style.getPropertyValue('--bad'),
    edge: style.getPropertyValue('--panel'),
    shadow: style.getPropertyValue('--shadow'),
  };
  const brush = { context, insides: layout.insides, palette, hatches, colours };
  return { trace, call, colourBy, scheme, layout, palette, brush };
}

function paint(
  context: CanvasRenderingContext2D,
  svg: SVGSVGElement,
  scene: Scene,
  { cursor, motion }: StageView,
  size: { width: number; height: number },
): void {
  const ratio = window.devicePixelRatio;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  const { trace } = scene;
  const seen = motion ? cursor : Math.round(cursor);
  const settled = Math.floor(seen);
  const next = settled + 1;
  const share = seen === settled ? 0 : motionShare(at(momentsOf(trace), next), seen - settled);
  const brushAt = (tick: Tick) => ({ ...scene.brush, pitch: at(scene.layout.pitches, tick) });
  const rest = (tick: Tick) => {
    const frame = frameAt(trace, tick);
    drawFrame(brushAt(tick), frame, wrongCells(trace, tick));
    drawLabels(brushAt(tick), frame, trace);
    drawCards(svg, scene, frame, trace);
  };
  if (share === 0) rest(settled);
  else if (share >= 1) rest(next);
  else {
    const journey = journeyTo(trace, next);
    const from = brushAt(settled).pitch;
    if (journey.moves || from !== brushAt(next).pitch) {
      drawJourney(brushAt(next), from, journey, share);
      drawCards(svg, scene, journey.after, trace);
    } else rest(settled);
  }
}

/** The cards and their words. d3 keeps one group a rank; only words change from frame to frame. */
function drawCards(svg: SVGSVGElement, scene: Scene, frame: Frame, trace: Trace): void {
  const { layout } = scene;
  const c = trace.recording.case;
  const sizes = sizesOf(c, at(c.calls, scene.call));
  const { width, height } = at(layout.cards, 0);
  const narrow = width < 250;
  const wordless = Math.min(width, height) < SMALL_CARD;
  const cards = select(svg)
    .selectAll<SVGGElement, unknown>('g.card')
    .data(layout.cards.map((box, rank) => ({ box, rank, card: at(frame, rank) })))
    .join((enter) => {
      const group = enter.append('g').attr('class', 'card');
      group.append('rect').attr('class', 'card-box').attr('rx', 12);
      group.append('rect').attr('class', 'card-swatch').attr('rx', 3);
      const head = group.append('text').attr('x', 32).attr('y', 25);
      head.append('tspan').attr('class', 'card-rank');
      head.append('tspan').attr('class', 'card-holding').attr('dx', 8);
      group.append('text').attr('class', 'card-status').attr('y', 25);
      group.append('text').attr('class', 'card-state');
      return group;
    })
    .attr('data-rank', ({ rank }) => rank)
    .attr('data-status', ({ card }) => card.state.status)
    .attr('transform', ({ box }) => `translate(${box.x}, ${box.y})`);
  cards
    .classed('wordless', wordless)
    .select('.card-box')
    .attr('rx', wordless ? 3 : 12);
  cards
    .select('.card-box')
    .attr('x', 0.5)
    .attr('y', 0.5)
    .attr('width', ({ box }) => Math.max(0, box.width - 1))
    .attr('height', ({ box }) => Math.max(0, box.height - 1));
  cards
    .select('.card-swatch')
    .attr('x', 14)
    .attr('y', 15)
    .attr('width', 10)
    .attr('height', 10)
    .attr('fill', ({ rank }) => rankColour(rank, c.sp, scene.scheme));
  cards.select('.card-rank').text(({ rank }) => (narrow ? `${rank}` : `rank ${rank}`));
  cards
    .select('.card-holding')
    .text(({ card, box }) => describeHolding(card, sizes, lettersFor(card, box.width, narrow)));
  cards
    .select('.card-status')
    .attr('x', ({ box }) => box.width - 14)
    .text(({ card }) => statusLine(card));
  cards
    .select('.card-state')
    .attr('x', ({ box }) => box.width - 12)
    .attr('y', ({ box }) => box.height - 10)
    .text(({ card }) => describeState(card));
}

/** Letters that fit between a rank's name and its status, in a card of `width` CSS pixels. */
function lettersFor(card: Frame[number], width: number, narrow: boolean): number {
  const letter = 6.3;
  return (width - (narrow ? 66 : 104)) / letter - statusLine(card).length;
}

function statusLine(card: Frame[number]): string {
  const status = describeStatus(card);
  if (status === null) return '';
  return card.state.status === 'waiting' ? status : `✕ ${status}`;
}
