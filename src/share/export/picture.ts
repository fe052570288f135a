import { at } from '../../base/assert.ts';
import type { Canvas2d } from '../../picture/canvas-2d.ts';
import type { Easel } from '../../picture/easel.ts';
import type { Size } from '../../picture/size.ts';
import type { Panel } from '../../store/panel.ts';
import type { ShownRun } from '../../store/shown.ts';
import { runText, verdictText } from '../../store/shown-text.ts';
import { CAPTION_LINE, type Composition, compose, SOURCE_LINE, type Spot } from './composition.ts';

/** Panels with a caption, ready to be drawn on any easel. */
export interface Picture {
  readonly size: Size;
  /** What it shows, in a sentence. */
  readonly title: string;
  /** As it is on the screen, or at another moment of the run. */
  draw(easel: Easel, cursor: number | null): void;
}

/** What is said of a picture besides its runs. */
export interface Source {
  /** "Rankscope 0.1.0" */
  readonly maker: string;
  /** Where the same is seen again. */
  readonly address: string;
  /** What a map says, and the case that is framed on it. */
  readonly map: string;
  readonly framed: string;
}

/** Rows of panels, those that are not empty, with what is said of them. */
export function pictureOf(all: readonly (readonly Panel[])[], source: Source): Picture {
  const rows = all.filter((row) => row.length > 0);
  const sizes = rows.map((row) => row.map(({ size }) => size));
  const layout = compose(sizes, `${source.maker} · ${source.address}`);
  const captions = at(rows, 0).map(({ shown }) => captionOf(shown, source));
  return {
    size: layout.size,
    title: `${captions.map(({ title, verdict }) => `${title}: ${verdict}`).join(' – ')}. ${source.maker}, ${source.address}`,
    draw(easel, cursor) {
      const { context } = easel;
      const style = getComputedStyle(document.documentElement);
      context.fillStyle = style.getPropertyValue('--bg');
      context.fillRect(0, 0, layout.size.width, layout.size.height);
      rows.forEach((row, line) => {
        row.forEach((panel, column) => {
          drawPanel(easel, panel, at(at(layout.rows, line), column), cursor);
        });
      });
      drawWords(context, layout, captions, style);
    },
  };
}

interface Caption {
  readonly title: string;
  readonly verdict: string;
  readonly wrong: boolean;
}

function captionOf(shown: ShownRun | null, { map, framed }: Source): Caption {
  if (shown === null) return { title: map, verdict: `framed: ${framed}`, wrong: false };
  return {
    title: runText(shown),
    verdict: verdictText(shown),
    wrong: shown.verdict !== null && shown.verdict !== 'fine',
  };
}

function drawPanel(easel: Easel, panel: Panel, { x, y }: Spot, cursor: number | null): void {
  const { context } = easel;
  const { width, height } = panel.size;
  context.save();
  context.translate(x, y);
  context.beginPath();
  context.rect(0, 0, width, height);
  context.clip();
  panel.draw(easel, cursor);
  context.restore();
}

function drawWords(
  context: Canvas2d,
  layout: Composition,
  captions: readonly Caption[],
  style: CSSStyleDeclaration,
): void {
  const of = (name: string) => style.getPropertyValue(`--${name}`);
  context.save();
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  captions.forEach(({ title, verdict, wrong }, index) => {
    const { x, y } = at(layout.captions, index);
    context.font = `600 13.5px ${of('sans')}`;
    context.fillStyle = of('ink');
    context.fillText(title, x, y);
    context.font = `550 12.5px ${of('sans')}`;
    context.fillStyle = of(wrong ? 'bad' : 'soft');
    context.fillText(verdict, x, y + CAPTION_LINE);
  });
  context.font = `11px ${of('mono')}`;
  context.fillStyle = of('soft');
  layout.lines.forEach((line, index) => {
    context.fillText(line, layout.source.x, layout.source.y + index * SOURCE_LINE);
  });
  context.restore();
}
