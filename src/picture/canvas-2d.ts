/** What of a canvas's context the page draws with: as much as whatever else is drawn on must have. */
export interface Canvas2d
  extends Pick<
    CanvasRenderingContext2D,
    | 'arc'
    | 'beginPath'
    | 'clip'
    | 'closePath'
    | 'fill'
    | 'fillRect'
    | 'fillStyle'
    | 'fillText'
    | 'font'
    | 'globalAlpha'
    | 'lineCap'
    | 'lineJoin'
    | 'lineTo'
    | 'lineWidth'
    | 'moveTo'
    | 'rect'
    | 'restore'
    | 'save'
    | 'setLineDash'
    | 'strokeRect'
    | 'strokeStyle'
    | 'strokeText'
    | 'textAlign'
    | 'textBaseline'
    | 'translate'
  > {
  /** All of the current path. */
  stroke(): void;
  quadraticCurveTo(x1: number, y1: number, x: number, y: number): void;
  roundRect(x: number, y: number, width: number, height: number, radius: number): void;
  measureText(text: string): { readonly width: number };
}
