import type { Expression, Span } from './syntax.ts';
import type { TokenRow } from './token-row.ts';

/** An expression with the place that it takes up, parentheses around it included. */
export interface Bound extends Span {
  readonly expression: Expression;
}

/** A condition that is being read. */
export interface Reading {
  readonly text: string;
  /** What may be named in it. */
  readonly names: readonly string[];
  readonly row: TokenRow;
  /** Reads all that stands at the top, in parentheses or between two commas; `group` is around it. */
  slot(group: Span): Bound;
}
