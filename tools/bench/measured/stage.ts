import '../../../src/draw/tokens.css';
import { select } from 'd3';
import { assert, at } from '../../../src/base/assert.ts';
import { range, sum } from '../../../src/base/numbers.ts';
import { DEFAULT_CASE } from '../../../src/core/cases/case-input.ts';
import { callsOf } from '../../../src/core/contract/case.ts';
import { findImplementation } from '../../../src/core/programs/implementations/index.ts';
import { runWorld } from '../../../src/core/world/world.ts';
import { flightOf, moverOf } from '../../../src/draw/stage/flight.ts';
import { journeyTo } from '../../../src/draw/stage/journey.ts';
import { layoutStage } from '../../../src/draw/stage/layout.ts';
import type { StageSource, StageView } from '../../../src/draw/stage/source.ts';
import { createStageController } from '../../../src/draw/stage/stage-controller.ts';
import { type Shown, show } from '../../../src/store/shown.ts';
import { momentsOf } from '../../../src/trace/moment.ts';

/** What the benchmark asks of the page: milliseconds of script, one a frame. */
declare global {
  interface Window {
    stageFrames(ranks: number, heads: number, tokens: number): Promise<StageFrames>;
    svgFrames(ranks: number, heads: number, tokens: number): number[];
  }
}

interface StageFrames {
  readonly cells: number;
  /** On the way through the all-to-all of pass 1. */
  readonly flying: readonly number[];
  /** The same tick drawn again. */
  readonly resting: readonly number[];
  /** Of each tick the first frame, for which its picture is worked out. */
  readonly first: readonly number[];
  /** The first frame on the way, for which it is worked out what flies where. */
  readonly leaving: number;
}

const SIZE = { width: 900, height: 560 };
const FRAMES = 60;

function runOf(sp: number, heads: number, seq: number): Shown {
  const implementation = findImplementation('deepspeed-6797');
  assert(implementation !== undefined, 'it is in the catalogue');
  const calls = callsOf('roundTrip', heads, heads);
  const fields = { implementation: implementation.id, sp, heads, kvHeads: heads, seq, headDim: 1 };
  const wanted = { ...DEFAULT_CASE, ...fields, calls };
  return show(wanted, runWorld(wanted, implementation, { attention: false }));
}

/** The tick at which the pieces of pass 1 land. */
function landingOf({ trace }: Shown): number {
  return at(
    momentsOf(trace).filter(({ kind }) => kind === 'received'),
    0,
  ).tick;
}

window.stageFrames = async (ranks, heads, tokens) => {
  const shown = runOf(ranks, heads, tokens);
  const landing = landingOf(shown);
  let view: StageView = {
    shown,
    cursor: landing - 1,
    colourBy: 'head',
    picture: 'heads',
    nearness: null,
    selection: null,
    motion: true,
  };
  let changed = () => {};
  const source: StageSource = {
    subscribe(listener) {
      changed = listener;
      return () => {};
    },
    read: () => view,
    select() {},
    approach() {},
  };
  const host = document.createElement('div');
  Object.assign(host.style, {
    position: 'relative',
    width: `${SIZE.width}px`,
    height: `${SIZE.height}px`,
  });
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const canvas = document.createElement('canvas');
  host.append(svg, canvas);
  document.body.replaceChildren(host);
  let painted = (_: number) => {};
  const controller = createStageController(host, svg, canvas, source, (milliseconds) =>
    painted(milliseconds),
  );
  const frame = (next: Partial<StageView>) =>
    new Promise<number>((resolve) => {
      painted = resolve;
      view = { ...view, ...next };
      changed();
    });
  const frames = async (cursors: readonly number[]) => {
    const taken: number[] = [];
    for (const cursor of cursors) taken.push(await frame({ cursor }));
    return taken;
  };
  const first = await frames(range(shown.trace.ticks));
  const leaving = await frame({ cursor: landing - 0.99 });
  const way = range(FRAMES).map((index) => landing - 1 + (0.7 * (index + 0.5)) / FRAMES);
  const flying = await frames(way);
  await frame({ cursor: landing });
  // Nothing is painted twice; whether things may move changes nothing where they rest.
  const resting: number[] = [];
  for (const turn of range(FRAMES)) resting.push(await frame({ motion: turn % 2 === 1 }));
  controller.destroy();
  const { after } = journeyTo(shown.trace, landing, 'heads');
  const cells = sum(after.map(({ held }) => held.arrangement.cells.count));
  return { cells, flying, resting, first, leaving };
};

/** The plain way: a rect a cell, moved by d3. */
window.svgFrames = (ranks, heads, tokens) => {
  const shown = runOf(ranks, heads, tokens);
  const landing = landingOf(shown);
  const layout = layoutStage(shown.trace, SIZE, 'heads');
  const journey = journeyTo(shown.trace, landing, 'heads');
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  Object.assign(svg.style, { width: `${SIZE.width}px`, height: `${SIZE.height}px` });
  document.body.replaceChildren(svg);
  const spots = journey.after.flatMap(({ held }, rank) =>
    range(held.arrangement.cells.count).map((cell) => ({ rank, cell, x: 0, y: 0 })),
  );
  const rects = select(svg).selectAll('rect').data(spots).join('rect').attr('fill', 'steelblue');
  return range(12).map((frame) => {
    const began = performance.now();
    const flight = flightOf(layout, landing, journey, (frame + 0.5) / 12);
    const movers = journey.after.map((_, rank) => moverOf(layout, flight, rank));
    for (const spot of spots) at(movers, spot.rank)(spot.cell, spot);
    rects
      .attr('x', ({ x }) => x)
      .attr('y', ({ y }) => y)
      .attr('width', flight.pitch.x)
      .attr('height', flight.pitch.y);
    return performance.now() - began;
  });
};
