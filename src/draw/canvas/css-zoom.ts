import { pointer } from 'd3';

/**
 * A page that presents shows itself larger by CSS `zoom` (`--scale` of `tokens.css`). Inside, lengths
 * stay what they are; the mouse is told in pixels of the window, and a canvas needs more of them.
 */
export function zoomOf(node: Element): number {
  return 'currentCSSZoom' in node ? node.currentCSSZoom : 1;
}

/** Where the mouse is, in CSS pixels of the host itself. */
export function pointIn(event: unknown, host: HTMLElement): [number, number] {
  const zoom = zoomOf(host);
  const [x, y] = pointer(event, host);
  return [x / zoom, y / zoom];
}

/** Device pixels for each CSS pixel of an element. */
export function pixelRatioOf(node: Element): number {
  return window.devicePixelRatio * zoomOf(node);
}
