import { risingLines } from '../stage/hatch.ts';

/** What the timeline is drawn with: the page's colours and letters, as the canvas wants them. */
export interface Brush {
  readonly context: CanvasRenderingContext2D;
  readonly colours: Readonly<Record<Colour, string>>;
  /** Rising lines: of waiting, and of waiting for ever. */
  readonly hatch: CanvasPattern | string;
  readonly badHatch: CanvasPattern | string;
  readonly sans: string;
  readonly mono: string;
  /** The width of a letter of `mono`, in CSS pixels; all are alike. */
  readonly letter: number;
}

type Colour = 'panel' | 'ink' | 'soft' | 'line' | 'line-strong' | 'accent' | 'on-accent' | 'bad';

/** Reads the page's colours; to be made anew when they change. */
export function createBrush(context: CanvasRenderingContext2D): Brush {
  const style = getComputedStyle(context.canvas);
  const colour = (name: string) => style.getPropertyValue(`--${name}`);
  const colours = {
    panel: colour('panel'),
    ink: colour('ink'),
    soft: colour('soft'),
    line: colour('line'),
    'line-strong': colour('line-strong'),
    accent: colour('accent'),
    'on-accent': colour('on-accent'),
    bad: colour('bad'),
  };
  const mono = `11.5px ${colour('mono')}`;
  context.font = mono;
  const hatch = (ink: string) => risingLines(context, ink, window.devicePixelRatio);
  return {
    context,
    colours,
    hatch: hatch(colours['line-strong']),
    badHatch: hatch(colours.bad),
    sans: `11.5px ${colour('sans')}`,
    mono,
    letter: context.measureText('0').width,
  };
}
