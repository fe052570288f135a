import { finish } from '../../base/steps.ts';
import { drawSvg } from '../../picture/draw-svg.ts';
import type { Easel } from '../../picture/easel.ts';
import type { Size } from '../../picture/size.ts';
import type { Panel } from '../../store/panel.ts';
import type { Cursor } from '../../store/playback.ts';
import { baseAt, nearestScale, seenIn } from './beside.ts';
import { keepCards, paintStage } from './draw-stage.ts';
import { zoomed } from './geometry.ts';
import { transformOf } from './nearness.ts';
import type { Scheme } from './palette.ts';
import { type Scene, sceneFor } from './scene.ts';
import type { StageView } from './source.ts';

/** How a stage is seen: how large, and in which colours. */
interface Sight {
  readonly size: Size;
  readonly scheme: Scheme;
  /** Where it stands when the page’s cursor is elsewhere. */
  standAt(cursor: Cursor): Pick<StageView, 'cursor' | 'beside'>;
}

/** The stage of a view as a panel, which draws any moment of its run. */
export function panelOf(
  host: HTMLElement,
  svg: SVGSVGElement,
  now: StageView,
  sight: Sight,
): Panel {
  const { size, scheme, standAt } = sight;
  let on: Easel | null = null;
  let scene: Scene | null = null;
  return {
    size,
    shown: now.shown,
    draw(easel, cursor) {
      const view = cursor === null ? now : { ...now, ...standAt(cursor), motion: true };
      scene = sceneFor(
        on === easel ? scene : null,
        view,
        size,
        scheme,
        easel,
        getComputedStyle(svg),
      );
      on = easel;
      const nearest = nearestScale(scene.base);
      const layout = zoomed(baseAt(scene.base, view), transformOf(now.nearness, size, nearest));
      const painting = { view, layout, size, ...seenIn(view) };
      const cards = svg.cloneNode(false) as SVGSVGElement;
      host.append(cards);
      keepCards(cards, scene, painting);
      drawSvg(easel.context, cards);
      cards.remove();
      finish(paintStage(easel.context, scene, painting))(null);
    },
  };
}
