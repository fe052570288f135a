/**
 * The part of Python in which the sources decide between their paths, as a tree. Every node knows
 * which characters it stands for, so that values can be written beside them.
 */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type ArithmeticOperator = '+' | '-' | '*' | '//' | '%';
export type ComparisonOperator = '<' | '<=' | '>' | '>=' | '==' | '!=' | 'is' | 'is not';

export type Expression = Span &
  (
    | { readonly kind: 'literal'; readonly value: Value }
    /** A variable, or a call without arguments such as `get_num_kv_heads()`. */
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'not'; readonly operand: Expression }
    | { readonly kind: 'negative'; readonly operand: Expression }
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
    | {
        readonly kind: 'comparison';
        readonly operator: ComparisonOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
  );

/** Python's int, bool and None. */
export type Value = number | boolean | null;

/** As Python prints it. */
export function printValue(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
