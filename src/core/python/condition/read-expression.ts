import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import { at } from '../../../base/assert.ts';
import { shortened } from '../../../base/quoted.ts';
import { readLogic } from './logic.ts';
import { isArithmetic, isComparison, isMembership } from './operators.ts';
import { foreignMessage, foreignOperator, isForeign, Refusal, stumbled } from './refusal.ts';
import { type Expression, LARGEST_NUMBER, type Link, type Span } from './syntax.ts';

/**
 * Reads the one expression that `text` is, over `names`. It is parsed inside parentheses, which
 * leaves no room for a statement.
 * @throws Refusal what is not allowed, with its place
 */
export function readExpression(text: string, names: readonly string[]): Expression {
  const tree = parser.parse(`(${text})`);
  const whole = tree.topNode.firstChild?.firstChild;
  if (whole?.to !== text.length + 2) {
    // The parser got out of the parentheses: something in them is no expression at all.
    const stumbles: Span[] = [];
    tree.iterate({
      enter: ({ type, from, to }) => {
        if (type.isError) stumbles.push(inside(text, { from: from - 1, to: to - 1 }));
      },
    });
    const first = stumbles[0] ?? { from: 0, to: text.length };
    const place = inside(text, { from: first.from, to: Math.max(first.to, first.from + 1) });
    throw stumbled(text, place);
  }
  return new Reader(text, names).read(whole);
}

/** A place that the parser names, within the text. */
function inside(text: string, { from, to }: Span): Span {
  const clamped = (index: number) => Math.min(text.length, Math.max(0, index));
  return { from: clamped(from), to: clamped(to) };
}

/** Python's whole numbers; 007 is none. */
const INTEGER = /^(0(_?0)*|[1-9](_?\d)*|0[xX](_?[\da-fA-F])+|0[bB](_?[01])+|0[oO](_?[0-7])+)$/;

class Reader {
  constructor(
    private readonly text: string,
    private readonly names: readonly string[],
  ) {}

  read(node: SyntaxNode): Expression {
    const span = this.spanOf(node);
    const source = this.sourceOf(node);
    switch (node.name) {
      case 'Number':
        return { ...span, kind: 'literal', value: this.number(node) };
      case 'Boolean':
        return { ...span, kind: 'literal', value: source === 'True' };
      case 'None':
        return { ...span, kind: 'literal', value: null };
      case 'VariableName':
        return { ...span, kind: 'name', name: this.variable(node) };
      case 'CallExpression':
        return { ...span, kind: 'name', name: this.call(node) };
      case 'ParenthesizedExpression':
        return this.read(this.enclosed(node));
      case 'UnaryExpression':
        return this.unary(node);
      case 'BinaryExpression':
        return this.binary(node);
      default:
        // What the parser stumbled over comes first.
        this.parts(node);
        return this.refuse(node, foreignMessage(node, source));
    }
  }

  private spanOf({ from, to }: SyntaxNode): Span {
    return { from: from - 1, to: to - 1 };
  }

  private sourceOf({ from, to }: SyntaxNode): string {
    return this.text.slice(from - 1, to - 1);
  }

  private refuse(node: SyntaxNode, message: string): never {
    throw new Refusal(inside(this.text, this.spanOf(node)), message);
  }

  /** The parts of a node, none of which the parser stumbled over. */
  private parts(node: SyntaxNode): SyntaxNode[] {
    const parts: SyntaxNode[] = [];
    for (let child = node.firstChild; child !== null; child = child.nextSibling) {
      if (child.type.isError) {
        throw stumbled(this.text, inside(this.text, this.spanOf(child)));
      }
      if (isForeign(child)) this.refuse(child, foreignMessage(child, this.sourceOf(child)));
      parts.push(child);
    }
    return parts;
  }

  private number(node: SyntaxNode): number {
    const source = this.sourceOf(node);
    if (!INTEGER.test(source)) this.refuse(node, `"${shortened(source)}" is no whole number`);
    const [letters] = /^[\p{L}\p{N}_]+/u.exec(this.text.slice(node.to - 1)) ?? [];
    if (letters !== undefined) {
      const { from, to } = this.spanOf(node);
      throw new Refusal(
        { from, to: to + letters.length },
        `a blank is missing between "${shortened(source)}" and "${shortened(letters)}": newer Pythons do not take a number directly before a letter`,
      );
    }
    const value = Number(source.replace(/_/g, ''));
    if (value > LARGEST_NUMBER) {
      this.refuse(
        node,
        `"${shortened(source)}" is beyond ${LARGEST_NUMBER}, the largest number here`,
      );
    }
    return value;
  }

  private variable(node: SyntaxNode): string {
    const name = this.sourceOf(node);
    if (this.names.includes(name)) return name;
    if (this.names.includes(`${name}()`)) {
      this.refuse(node, `"${name}" is a function; its value is ${name}()`);
    }
    return this.refuse(
      node,
      `"${shortened(name)}" is not known here; allowed are ${this.names.join(', ')}`,
    );
  }

  /** A call is a name with parentheses that hold nothing. */
  private call(node: SyntaxNode): string {
    const [callee, given] = this.parts(node);
    const called = callee === undefined ? '' : this.sourceOf(callee);
    const name = `${called}()`;
    if (given === undefined || !this.names.includes(name)) {
      this.refuse(node, `a call of "${shortened(called)}" is not allowed here`);
    }
    if (this.parts(given).length > 2) this.refuse(given, `${name} is called with nothing in it`);
    return name;
  }

  private enclosed(node: SyntaxNode): SyntaxNode {
    const [, inner, closing] = this.parts(node);
    if (inner === undefined || closing === undefined) {
      return this.refuse(node, 'nothing stands in these parentheses');
    }
    if (closing.name !== ')') this.refuse(inner, foreignMessage(inner, this.sourceOf(inner)));
    return inner;
  }

  private unary(node: SyntaxNode): Expression {
    const { operator, operand } = this.signed(node);
    const sign = this.sourceOf(operator);
    if (sign === 'not') return this.logic(node);
    const kind = sign === '-' ? 'negative' : sign === '+' ? 'positive' : null;
    if (kind === null) throw foreignOperator(this.text, this.spanOf(operator), sign);
    return { ...this.spanOf(node), kind, operand: this.read(operand) };
  }

  private signed(node: SyntaxNode) {
    const [operator, operand] = this.parts(node);
    if (operator === undefined || operand === undefined) {
      return this.refuse(node, 'something is missing here');
    }
    return { operator, operand };
  }

  private binary(node: SyntaxNode): Expression {
    const { left, operator, right, sign } = this.sides(node);
    if (sign === 'and' || sign === 'or') return this.logic(node);
    if (isComparison(sign) || isMembership(sign)) return this.comparison(node);
    if (isArithmetic(sign)) {
      return {
        ...this.spanOf(node),
        kind: 'arithmetic',
        operator: sign,
        left: this.read(left),
        right: this.read(right),
      };
    }
    throw foreignOperator(this.text, this.spanOf(operator), sign);
  }

  private logic(node: SyntaxNode): Expression {
    return readLogic(this.row(node), (operand) => this.read(operand));
  }

  /** The words and operands of a logical expression in a row, in the order of the text. */
  private row(node: SyntaxNode): SyntaxNode[] {
    if (node.name === 'UnaryExpression') {
      const { operator, operand } = this.signed(node);
      if (operator.name === 'not') return [operator, ...this.row(operand)];
    }
    if (node.name === 'BinaryExpression') {
      const { left, operator, right, sign } = this.sides(node);
      if (sign === 'and' || sign === 'or') return [...this.row(left), operator, ...this.row(right)];
    }
    return [node];
  }

  private sides(node: SyntaxNode) {
    const parts = this.parts(node);
    if (parts.length < 3) this.refuse(node, 'something is missing here');
    const sign = parts
      .slice(1, -1)
      .map((part) => this.sourceOf(part))
      .join(' ');
    return { left: at(parts, 0), operator: at(parts, 1), right: at(parts, parts.length - 1), sign };
  }

  /** The parser sees a chain as a comparison with a comparison on its left: `(a < b) <= c`. */
  private comparison(node: SyntaxNode): Expression {
    const { left, right, sign } = this.sides(node);
    const before = left.name === 'BinaryExpression' ? this.read(left) : null;
    const chain =
      before?.kind === 'comparison' ? before : { first: before ?? this.read(left), links: [] };
    const last = chain.links.at(-1);
    if (last !== undefined && 'among' in last) {
      this.refuse(left, 'a comparison ends behind the tuple or list of its "in"');
    }
    const link = this.link(sign, right);
    if (link.operator === 'is' || link.operator === 'is not') {
      const other = last?.right ?? chain.first;
      if (!isSingle(other) && !isSingle(link.right)) {
        this.refuse(node, `"${sign}" is for None, True and False; numbers are compared by "=="`);
      }
    }
    return {
      ...this.spanOf(node),
      kind: 'comparison',
      first: chain.first,
      links: [...chain.links, link],
    };
  }

  private link(operator: string, right: SyntaxNode): Link {
    if (isMembership(operator)) return { operator, among: this.list(right) };
    if (right.name === 'UnaryExpression' && this.sourceOf(right).startsWith('not')) {
      this.refuse(right, 'a "not" on the right of a comparison stands in parentheses');
    }
    if (!isComparison(operator)) return this.refuse(right, `"${operator}" compares nothing`);
    return { operator, right: this.read(right) };
  }

  /** What stands in a literal tuple or list. */
  private list(node: SyntaxNode): Expression[] {
    if (node.name !== 'TupleExpression' && node.name !== 'ArrayExpression') {
      const one = node.name === 'ParenthesizedExpression' ? '; one of one element is (1,)' : '';
      this.refuse(node, `behind "in" stands a tuple or list such as (1, 2)${one}`);
    }
    const elements = this.parts(node).slice(1, -1);
    return elements.filter(({ name }) => name !== ',').map((element) => this.read(element));
  }
}

/**
 * Whether an expression can only be None, True or False, of which Python has one each; of numbers it
 * may have several that are equal, and `is` would depend on that.
 */
function isSingle(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value !== 'number';
    case 'not':
    case 'comparison':
      return true;
    case 'and':
    case 'or':
      return isSingle(expression.left) && isSingle(expression.right);
    case 'name':
    case 'negative':
    case 'positive':
    case 'arithmetic':
      return false;
  }
}
