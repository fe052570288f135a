import { rgb } from 'd3';
import type { Canvas2d } from './canvas-2d.ts';
import { drawHatch, HATCH_LINE, TILE, type TileLook } from './hatch.ts';
import { element, escaped, printed } from './svg-text.ts';

/** Tells how wide a text is in a font, in CSS pixels. */
export type MeasureText = (text: string, font: string) => number;

type Paint = string | CanvasGradient | CanvasPattern;

/** What `save` keeps. */
interface Style {
  fillStyle: Paint;
  strokeStyle: Paint;
  lineWidth: number;
  lineCap: CanvasLineCap;
  lineJoin: CanvasLineJoin;
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  dash: readonly number[];
}

const FRESH: Style = {
  fillStyle: '#000000',
  strokeStyle: '#000000',
  lineWidth: 1,
  lineCap: 'butt',
  lineJoin: 'miter',
  globalAlpha: 1,
  font: '10px sans-serif',
  textAlign: 'start',
  textBaseline: 'alphabetic',
  dash: [],
};

/** Fonts that other programs find in the place of the page's own. */
const SANS = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";
const MONO = "'JetBrains Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";

/**
 * A context that writes down what is drawn, as SVG. It has what `Canvas2d` asks for and no more, so
 * that a picture of lines and words is drawn by what draws the screen. A text keeps the extent that
 * it has on the page, in whatever font it is shown elsewhere.
 */
export class SvgContext implements Canvas2d {
  fillStyle: Paint = FRESH.fillStyle;
  strokeStyle: Paint = FRESH.strokeStyle;
  lineWidth = FRESH.lineWidth;
  lineCap = FRESH.lineCap;
  lineJoin = FRESH.lineJoin;
  globalAlpha = FRESH.globalAlpha;
  font = FRESH.font;
  textAlign = FRESH.textAlign;
  textBaseline = FRESH.textBaseline;

  private dash: readonly number[] = FRESH.dash;
  private path = '';
  /** What was drawn, element by element. */
  private readonly body: string[] = [];
  private readonly definitions = new Map<string, string>();
  private readonly kept: { readonly style: Style; readonly groups: number }[] = [];
  /** Groups that are open since the last `save`. */
  private groups = 0;

  constructor(private readonly measure: MeasureText) {}

  /** The whole as a document; `title` is what it shows, for those who do not see it. */
  print(width: number, height: number, title: string): string {
    const size = { width: printed(width), height: printed(height) };
    const definitions = [...this.definitions].map(([, text]) => text).join('');
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" role="img">`,
      `<title>${escaped(title)}</title>`,
      ...(definitions === '' ? [] : [`<defs>${definitions}</defs>`]),
      ...this.body,
      '</svg>\n',
    ].join('\n');
  }

  /** A hatch over a colour, as `fillStyle` takes it. */
  patternOf({ fill, ink, hatch }: TileLook): string {
    if (hatch === 0 && fill !== null) return fill;
    return `url(#${this.define(`pattern ${fill} ${ink} ${hatch}`, (id) => {
      const tile = new SvgContext(this.measure);
      tile.fillStyle = fill ?? 'none';
      if (fill !== null) tile.fillRect(0, 0, TILE, TILE);
      tile.fillStyle = tile.strokeStyle = ink;
      tile.lineWidth = HATCH_LINE;
      drawHatch(tile, hatch);
      return `<pattern id="${id}" width="${TILE}" height="${TILE}" patternUnits="userSpaceOnUse">${tile.body.join('')}</pattern>`;
    })})`;
  }

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, lineCap, lineJoin, globalAlpha } = this;
    const { font, textAlign, textBaseline, dash, groups } = this;
    const lines = { strokeStyle, lineWidth, lineCap, lineJoin, dash };
    const style = { ...lines, fillStyle, globalAlpha, font, textAlign, textBaseline };
    this.kept.push({ style, groups });
    this.groups = 0;
  }

  restore(): void {
    const last = this.kept.pop();
    if (last === undefined) return;
    for (; this.groups > 0; this.groups--) this.body.push('</g>');
    this.groups = last.groups;
    Object.assign(this, last.style);
  }

  translate(x: number, y: number): void {
    this.open(`transform="translate(${printed(x)} ${printed(y)})"`);
  }

  clip(): void {
    const { path } = this;
    const id = this.define(`clip ${path}`, (name) =>
      element('clipPath', { id: name }, element('path', { d: path })),
    );
    this.open(`clip-path="url(#${id})"`);
  }

  beginPath(): void {
    this.path = '';
  }
  moveTo(x: number, y: number): void {
    this.path += `M${printed(x)} ${printed(y)}`;
  }
  lineTo(x: number, y: number): void {
    this.path += `${this.path === '' ? 'M' : 'L'}${printed(x)} ${printed(y)}`;
  }
  quadraticCurveTo(x1: number, y1: number, x: number, y: number): void {
    this.path += `Q${printed(x1)} ${printed(y1)} ${printed(x)} ${printed(y)}`;
  }
  closePath(): void {
    this.path += 'Z';
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.path += `M${printed(x)} ${printed(y)}h${printed(width)}v${printed(height)}h${printed(-width)}Z`;
  }
  roundRect(x: number, y: number, width: number, height: number, radius: number): void {
    const r = Math.max(0, Math.min(radius, width / 2, height / 2));
    const turn = (dx: number, dy: number) =>
      `a${printed(r)} ${printed(r)} 0 0 1 ${printed(dx)} ${printed(dy)}`;
    this.path += `M${printed(x + r)} ${printed(y)}h${printed(width - 2 * r)}${turn(r, r)}v${printed(height - 2 * r)}${turn(-r, r)}h${printed(2 * r - width)}${turn(-r, -r)}v${printed(2 * r - height)}${turn(r, -r)}Z`;
  }
  /** Whole circles alone: the page draws no other arcs. */
  arc(x: number, y: number, radius: number): void {
    const half = (dx: number) => `a${printed(radius)} ${printed(radius)} 0 1 1 ${printed(dx)} 0`;
    this.path += `M${printed(x - radius)} ${printed(y)}${half(2 * radius)}${half(-2 * radius)}Z`;
  }

  fill(): void {
    if (this.path !== '') this.put('path', { d: this.path, ...this.filled() });
  }
  stroke(): void {
    if (this.path !== '') this.put('path', { d: this.path, ...this.stroked() });
  }
  fillRect(x: number, y: number, width: number, height: number): void {
    this.put('rect', { ...boxOf(x, y, width, height), ...this.filled() });
  }
  strokeRect(x: number, y: number, width: number, height: number): void {
    this.put('rect', { ...boxOf(x, y, width, height), ...this.stroked() });
  }
  /** A rectangle with round corners, filled; its fill's pattern begins at its corner. */
  fillCell(x: number, y: number, width: number, height: number, radius: number): void {
    const fill = this.filled();
    const place = fill.fill.startsWith('url')
      ? { transform: `translate(${printed(x)} ${printed(y)})` }
      : { x: printed(x), y: printed(y) };
    const round = radius === 0 ? null : printed(radius);
    this.put('rect', {
      ...{ ...place, width: printed(width), height: printed(height), rx: round, ...fill },
    });
  }

  fillText(text: string, x: number, y: number): void {
    this.write(text, x, y, this.filled());
  }
  strokeText(text: string, x: number, y: number): void {
    this.write(text, x, y, this.stroked());
  }
  measureText(text: string): { readonly width: number } {
    return { width: this.measure(text, this.font) };
  }

  setLineDash(dash: number[]): void {
    this.dash = dash;
  }

  private write(text: string, x: number, y: number, paint: Attributes): void {
    if (text === '') return;
    const { weight, size, mono } = fontOf(this.font);
    const anchor = { center: 'middle', right: 'end', end: 'end', left: null, start: null };
    // What other programs think of as the middle of a line differs: the baseline is told.
    const base = this.textBaseline === 'middle' ? y + 0.36 * size : y;
    const content = escaped(text);
    const attributes = {
      x: printed(x),
      y: printed(base),
      'font-family': mono ? MONO : SANS,
      'font-size': printed(size),
      'font-weight': weight === 400 ? null : String(weight),
      'text-anchor': anchor[this.textAlign],
      textLength: text.length > 1 ? printed(this.measure(text, this.font)) : null,
      lengthAdjust: text.length > 1 ? 'spacingAndGlyphs' : null,
      ...paint,
    };
    this.body.push(element('text', attributes, content));
  }

  private filled() {
    const { opacity, colour } = this.paint(this.fillStyle);
    return { fill: colour, 'fill-opacity': opacity };
  }

  private stroked() {
    const { opacity, colour } = this.paint(this.strokeStyle);
    return {
      fill: 'none',
      stroke: colour,
      'stroke-opacity': opacity,
      'stroke-width': printed(this.lineWidth),
      'stroke-linecap': this.lineCap === 'butt' ? null : this.lineCap,
      'stroke-linejoin': this.lineJoin === 'miter' ? null : this.lineJoin,
      'stroke-dasharray': this.dash.length === 0 ? null : this.dash.map(printed).join(' '),
    };
  }

  private paint(style: Paint) {
    if (typeof style !== 'string')
      throw new Error('invariant broken: a pattern of pixels in an SVG');
    const { globalAlpha } = this;
    if (style === 'none' || style.startsWith('url')) return told(style, globalAlpha);
    // Colours with an opacity of their own are not known everywhere.
    const colour = rgb(style);
    if (Number.isNaN(colour.r)) return told(style, globalAlpha);
    return told(colour.copy({ opacity: 1 }).formatHex(), globalAlpha * colour.opacity);
  }

  private put(name: string, attributes: Attributes): void {
    this.body.push(element(name, attributes));
  }

  private open(attribute: string): void {
    this.body.push(`<g ${attribute}>`);
    this.groups += 1;
  }

  /** The id of a definition, made when it is first asked for. */
  private define(key: string, make: (id: string) => string): string {
    const known = [...this.definitions.keys()].indexOf(key);
    const id = `rankscope-${known < 0 ? this.definitions.size : known}`;
    if (known < 0) this.definitions.set(key, make(id));
    return id;
  }
}

type Attributes = Readonly<Record<string, string | null>>;

function told(colour: string, opacity: number) {
  return { colour, opacity: opacity < 1 ? printed(opacity) : null };
}

function boxOf(x: number, y: number, width: number, height: number) {
  return { x: printed(x), y: printed(y), width: printed(width), height: printed(height) };
}

/** "550 11.5px …" */
function fontOf(font: string): { weight: number; size: number; mono: boolean } {
  const [, before = '', size = '10'] = /^(.*?)([\d.]+)px/.exec(font) ?? [];
  const weight = Number(/\b[1-9]\d\d\b/.exec(before)?.[0] ?? 400);
  return { weight, size: Number(size), mono: /mono/i.test(font) };
}
