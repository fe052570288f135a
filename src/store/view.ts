import type { Rule } from '../core/cases/case-rule.ts';
import type { HeldElement } from '../trace/origin.ts';
import type { Tick } from '../trace/trace.ts';
import type { LogFilter } from './log-filter.ts';

/** The places of the page: what fills its middle. */
export const PLACES = ['stage', 'map', 'museum', 'lessons'] as const;
export type Place = (typeof PLACES)[number];

/** What hue stands for: the rank that owns the head between the passes, or the sequence chunk. */
export type ColourBy = 'head' | 'chunk';

/** How the stage shows a tensor: heads × sequence, or its elements in storage order. */
export type Picture = 'heads' | 'memory';

/** What stands right of the stage: the explanation, or the operation under the cursor. */
export type Side = 'why' | 'inspector';

/** What stands under the stage. */
export type Under = 'timeline' | 'log';

/** What the place of the map shows: the fields of heads and SP, or the degrees of the model. */
export const CHARTS = ['fields', 'degrees'] as const;
export type Chart = (typeof CHARTS)[number];

/** What a map is compared with where it is compared with nothing, though its rule is edited. */
export const NOTHING = 'nothing';

/** What lies over the page. */
export type Dialog = 'palette' | 'keys' | 'compare' | 'export' | 'glossary';

/** How near stages or a map are seen, and what stands in the middle: a place of the whole, 0 to 1. */
export interface Nearness {
  /** How many times as large as the whole, which fills the stage. */
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** A stretch of an axis; ends may be fractions. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * What the timeline shows of a trace: a stretch of time in ticks, and a stretch of lanes in ranks.
 * Tick t fills [t, t + 1], so does the lane of rank r.
 */
export interface Span {
  readonly time: Stretch;
  readonly lanes: Stretch;
}

/** An element that a person follows: the place where it was picked, in the moment of `tick`. */
export interface Selection extends HeldElement {
  readonly tick: Tick;
}

/** How the run is looked at. */
export interface ViewSlice {
  readonly place: Place;
  readonly colourBy: ColourBy;
  readonly picture: Picture;
  readonly side: Side;
  readonly under: Under;
  /** Null where the stages show the whole. */
  readonly nearness: Nearness | null;
  /** Null where the timeline shows all there is. */
  readonly span: Span | null;
  /** Which events the log shows. */
  readonly log: LogFilter;
  readonly chart: Chart;
  /** Null where the whole map is seen. */
  readonly mapNearness: Nearness | null;
  /**
   * What the map is compared with: an implementation, as it was published, or `NOTHING`. Null for what
   * goes without saying: the rule before, where the case has an edited one.
   */
  readonly against: string | null;
  /** The rule before the edited one, as a pasted hunk has it; null for the published one. */
  readonly before: Rule | null;
  /** The guard whose condition is edited as the rule; null for the one that chooses a path. */
  readonly guard: string | null;
  readonly dialog: Dialog | null;
  /** The exhibit of the museum that is marked, by its id. */
  readonly exhibit: string | null;
  /** Whether the doors for a first visit are open. */
  readonly doors: boolean;
  /** Whether the words beside the stage are seen where they stand in a drawer. */
  readonly drawer: boolean;
  readonly selection: Selection | null;
  /** Changes how the run is looked at. */
  look(view: Partial<View>): void;
}

/** What of the view can be set: all that a link carries, and what lies over the page. */
export type View = Omit<ViewSlice, 'look'>;
