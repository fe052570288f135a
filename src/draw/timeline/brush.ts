import type { Canvas2d } from '../../picture/canvas-2d.ts';
import type { Easel } from '../../picture/easel.ts';

/** What the timeline is drawn with: the page's colours and letters, as the canvas wants them. */
export interface Brush {
  readonly context: Canvas2d;
  /** Device pixels in a CSS pixel. */
  readonly pixelRatio: number;
  readonly colours: Readonly<Record<Colour, string>>;
  /** Rising lines: of waiting. */
  readonly hatch: CanvasPattern | string;
  readonly sans: string;
  readonly mono: string;
  /** The width of a letter of `mono`, in CSS pixels; all are alike. */
  readonly letter: number;
}

type Colour =
  | 'panel'
  | 'ink'
  | 'soft'
  | 'line'
  | 'line-strong'
  | 'neutral'
  | 'accent'
  | 'accent-soft'
  | 'on-accent'
  | 'warn'
  | 'warn-soft'
  | 'bad'
  | 'bad-soft';

/** Reads the page's colours, as they are in `style`; to be made anew when they change. */
export function createBrush(easel: Easel, style: CSSStyleDeclaration): Brush {
  const { context, pixelRatio, risingLines } = easel;
  const colour = (name: string) => style.getPropertyValue(`--${name}`);
  const colours = {
    panel: colour('panel'),
    ink: colour('ink'),
    soft: colour('soft'),
    line: colour('line'),
    'line-strong': colour('line-strong'),
    neutral: colour('neutral'),
    accent: colour('accent'),
    'on-accent': colour('on-accent'),
    bad: colour('bad'),
    'accent-soft': colour('accent-soft'),
    warn: colour('warn'),
    'warn-soft': colour('warn-soft'),
    'bad-soft': colour('bad-soft'),
  };
  const mono = `11px ${colour('mono')}`;
  context.font = mono;
  return {
    context,
    pixelRatio,
    colours,
    hatch: risingLines(colours['line-strong']),
    sans: `11.5px ${colour('sans')}`,
    mono,
    letter: context.measureText('0').width,
  };
}
