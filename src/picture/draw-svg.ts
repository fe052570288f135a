import type { Canvas2d } from './canvas-2d.ts';

/**
 * Draws what an SVG of the page holds, as the page's style sheets have it look: groups that are
 * moved, rectangles, lines, circles and words. It must be in the page, be it unseen.
 */
export function drawSvg(context: Canvas2d, svg: SVGSVGElement): void {
  drawChildren(context, svg);
}

function drawChildren(context: Canvas2d, parent: Element): void {
  for (const child of parent.children) draw(context, child);
}

function draw(context: Canvas2d, node: Element): void {
  const style = getComputedStyle(node);
  if (style.display === 'none' || style.visibility === 'hidden') return;
  context.save();
  if (node instanceof SVGGElement) {
    const matrix = node.transform.baseVal.consolidate()?.matrix;
    if (matrix !== undefined) context.translate(matrix.e, matrix.f);
    drawChildren(context, node);
  } else if (node instanceof SVGTextElement) {
    drawText(context, node, style);
  } else if (node instanceof SVGGeometryElement) {
    context.beginPath();
    trace(context, node);
    paint(context, style);
  }
  context.restore();
}

function trace(context: Canvas2d, node: SVGGeometryElement): void {
  const of = (name: string) => Number(node.getAttribute(name) ?? 0);
  if (node instanceof SVGRectElement) {
    context.roundRect(of('x'), of('y'), of('width'), of('height'), of('rx'));
  } else if (node instanceof SVGLineElement) {
    context.moveTo(of('x1'), of('y1'));
    context.lineTo(of('x2'), of('y2'));
  } else if (node instanceof SVGCircleElement) {
    context.arc(of('cx'), of('cy'), of('r'), 0, 2 * Math.PI);
  } else if (node instanceof SVGPolylineElement) {
    for (const { x, y } of node.points) context.lineTo(x, y);
  } else throw new Error(`invariant broken: no picture has a ${node.localName}`);
}

function paint(context: Canvas2d, style: CSSStyleDeclaration): void {
  if (style.fill !== 'none') {
    context.fillStyle = style.fill;
    context.fill();
  }
  if (style.stroke === 'none') return;
  context.strokeStyle = style.stroke;
  context.lineWidth = Number.parseFloat(style.strokeWidth);
  context.setLineDash(style.strokeDasharray.split(/[ ,]+/).flatMap(lengthIn));
  context.stroke();
}

/** "6px" as [6], "none" as nothing. */
function lengthIn(text: string): number[] {
  const length = Number.parseFloat(text);
  return Number.isNaN(length) ? [] : [length];
}

const ALIGNED: Readonly<Record<string, CanvasTextAlign>> = {
  start: 'left',
  middle: 'center',
  end: 'right',
};

function drawText(context: Canvas2d, text: SVGTextElement, style: CSSStyleDeclaration): void {
  const write = (node: SVGTextContentElement, own: CSSStyleDeclaration, x: number, y: number) => {
    context.font = `${own.fontWeight} ${own.fontSize} ${own.fontFamily}`;
    context.fillStyle = own.fill;
    context.textAlign = ALIGNED[own.textAnchor] ?? 'left';
    context.textBaseline = 'alphabetic';
    context.fillText(node.textContent, x, y);
  };
  const [x, y] = [Number(text.getAttribute('x')), Number(text.getAttribute('y'))];
  if (text.children.length === 0) {
    if (text.textContent !== '') write(text, style, x, y);
    return;
  }
  for (const part of text.children) {
    if (!(part instanceof SVGTSpanElement) || part.getNumberOfChars() === 0) continue;
    const start = part.getStartPositionOfChar(0);
    write(part, getComputedStyle(part), start.x, start.y);
  }
}
