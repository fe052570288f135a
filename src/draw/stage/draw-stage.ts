import { at } from '../../base/assert.ts';
import { finish, type Steps } from '../../base/steps.ts';
import type { Canvas2d } from '../../picture/canvas-2d.ts';
import type { Size } from '../../picture/size.ts';
import type { Picture } from '../../store/view.ts';
import type { HeldElement } from '../../trace/origin.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { drawCards } from './draw-cards.ts';
import { drawFlight, drawFrame, drawUnderFlight } from './draw-cells.ts';
import { drawLabels } from './draw-labels.ts';
import {
  drawCrosses,
  drawFirstWrong,
  drawFlyingRings,
  drawReading,
  drawRings,
} from './draw-marks.ts';
import { drawPicks, drawSpotlight } from './draw-spotlight.ts';
import { firstWrongAt } from './first-wrong.ts';
import { flightOf } from './flight.ts';
import { followed } from './follow.ts';
import { type Frame, frameInSteps } from './frame.ts';
import type { Ink } from './ink.ts';
import { type Journey, journeyInSteps } from './journey.ts';
import type { StageLayout } from './layout.ts';
import type { Brush } from './pen.ts';
import type { Scene } from './scene.ts';
import type { Seen } from './seen.ts';
import type { StageView } from './source.ts';
import { wrongInSteps } from './wrong-cells.ts';

export interface Painting extends Seen {
  readonly view: StageView;
  /** As it is zoomed. */
  readonly layout: StageLayout;
  readonly size: Size;
}

/** Puts what was painted in its place, with words and marks over it, and a ring around what is pointed at. */
export type Showing = (pointed: HeldElement | null) => void;

/** The frame whose cards are seen in a moment. */
function* frameSeen({ trace, picture }: Scene, painting: Painting): Steps<Frame> {
  const journey = yield* journeyInSight(trace, picture, painting);
  return journey?.after ?? (yield* frameInSteps(trace, painting.tick, picture));
}

/** Keeps the cards of a moment in an SVG: they and their words change only when they say something else. */
export function keepCards(svg: SVGSVGElement, scene: Scene, painting: Painting): void {
  const { trace, scheme, picture, type } = scene;
  const { layout } = painting;
  const frame = finish(frameSeen(scene, painting));
  const now = [frame, layout, scheme, type];
  if (drawn.get(svg)?.every((value, index) => value === now[index])) return;
  drawn.set(svg, now);
  drawCards(svg, { trace, frame, layout, scheme, picture, type });
}

const drawn = new WeakMap<SVGSVGElement, readonly unknown[]>();

/**
 * Paints the cells of a moment in steps, between which nothing else may paint in the same scene. What
 * is seen changes only when the answer is called, which then belongs over the cards of the moment.
 */
export function* paintStage(context: Canvas2d, scene: Scene, painting: Painting): Steps<Showing> {
  const { trace, picture, palette, colours, type, letters } = scene;
  const { layout, size } = painting;
  const ink: Ink = { context, size, trace, layout, palette, colours, type, letters };
  const brush: Brush = { ...scene, layout };
  const journey = yield* journeyInSight(trace, picture, painting);
  return journey === null
    ? yield* paintRest(brush, ink, scene, painting)
    : yield* paintFlight(brush, ink, scene, painting, journey);
}

function* paintFlight(
  brush: Brush,
  ink: Ink,
  { picture, surface, palette, colours }: Scene,
  painting: Painting,
  journey: Journey,
): Steps<Showing> {
  const { layout, tick, share } = painting;
  const flight = flightOf(layout, tick + 1, journey, share);
  yield* surface.begin([layout, journey, palette], () => drawUnderFlight(brush, flight));
  yield* drawFlight(brush, flight);
  return () => {
    surface.put();
    if (picture === 'memory' && !journey.collective) {
      drawReading(ink, tick, journey.before, 1 - share);
      drawReading(ink, tick + 1, journey.after, share);
    }
    drawFlyingRings(ink, flight, followedAt(painting, tick + 1), colours.accent);
  };
}

/** Where something moves: the way to the next tick. */
function* journeyInSight(
  trace: Trace,
  picture: Picture,
  { layout, tick, share }: Painting,
): Steps<Journey | null> {
  if (share === 0) return null;
  const journey = yield* journeyInSteps(trace, tick + 1, picture);
  return journey.moves || pitchChanges(layout, tick) ? journey : null;
}

function* paintRest(
  brush: Brush,
  ink: Ink,
  { trace, picture, surface, colours }: Scene,
  painting: Painting,
): Steps<Showing> {
  const { tick, view } = painting;
  const frame = yield* frameInSteps(trace, tick, picture);
  const wrong = yield* wrongInSteps(trace, tick, picture);
  yield* surface.begin([brush.layout, frame, wrong, brush.palette], () =>
    drawFrame(brush, tick, frame, wrong),
  );
  return (pointed) => {
    surface.put();
    drawLabels(ink, tick, frame, picture);
    if (picture === 'memory') drawReading(ink, tick, frame, 1);
    drawCrosses(ink, tick, frame, wrong);
    const { highlight = null, picking = null } = view;
    if (highlight !== null) drawSpotlight(ink, tick, frame, highlight);
    if (picking !== null) drawPicks(ink, tick, frame, picking);
    drawRings(ink, tick, frame, followedAt(painting, tick), colours.accent);
    if (pointed !== null) drawRings(ink, tick, frame, [pointed], colours.ink);
    const first = firstWrongAt(trace, tick);
    if (first !== null) drawFirstWrong(ink, tick, frame, first);
  };
}

function followedAt({ view }: Painting, tick: Tick): readonly HeldElement[] {
  const { selection, shown } = view;
  return selection === null ? [] : followed(shown.trace, selection, tick);
}

function pitchChanges({ pitches }: StageLayout, tick: Tick): boolean {
  const [from, to] = [at(pitches, tick), at(pitches, tick + 1)];
  return from.x !== to.x || from.y !== to.y;
}
