/**
 * The part of Python in which the sources decide between their paths, as a tree. Every node knows
 * which characters it stands for, so that values can be written beside them.
 */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type ArithmeticOperator = '+' | '-' | '*' | '//' | '%' | '**';
export type ComparisonOperator = '<' | '<=' | '>' | '>=' | '==' | '!=' | 'is' | 'is not';
export type MembershipOperator = 'in' | 'not in';

export type Expression = Span &
  (
    | { readonly kind: 'literal'; readonly value: Value }
    /** A variable, or a call without arguments such as `get_num_kv_heads()`. */
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'not' | 'negative' | 'positive'; readonly operand: Expression }
    | {
        readonly kind: 'and' | 'or';
        readonly left: Expression;
        readonly right: Expression;
      }
    | {
        readonly kind: 'arithmetic';
        readonly operator: ArithmeticOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    /** `a < b`, or a chain: `a < b <= c` holds where every link does; each operand is asked once. */
    | { readonly kind: 'comparison'; readonly first: Expression; readonly links: readonly Link[] }
  );

/** One link of a comparison, to what stands on its right. */
export type Link =
  | { readonly operator: ComparisonOperator; readonly right: Expression }
  /** A tuple or list stands on the right; it ends the chain. */
  | { readonly operator: MembershipOperator; readonly among: readonly Expression[] };

/** Python's int, bool and None. */
export type Value = number | boolean | null;

/** Up to here, either side of zero, a condition's whole numbers are exact: 2^53 - 1. */
export const LARGEST_NUMBER = Number.MAX_SAFE_INTEGER;

/** As Python prints it. */
export function printValue(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
