import { shortened } from '../../base/quoted.ts';
import type { Bound, Reading } from './bound.ts';
import { Refusal } from './refusal.ts';
import { LARGEST_NUMBER, type Span, type Value } from './syntax.ts';
import type { Token } from './tokens.ts';

/** Python's whole numbers; 007 is none. */
const INTEGER = /^(0(_?0)*|[1-9](_?\d)*|0[xX](_?[\da-fA-F])+|0[bB](_?[01])+|0[oO](_?[0-7])+)$/;

const LITERALS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['None', null],
  ['True', true],
  ['False', false],
]);

const KEYWORDS: readonly string[] = (
  'and as assert async await break class continue def del elif else except finally for from global ' +
  'if import in is lambda nonlocal not or pass raise return try while with yield'
).split(' ');

/** What has no parts that an operator binds: a number, a name, a call, or what stands in parentheses. */
export function readAtom(reader: Reading): Bound {
  const { row } = reader;
  const token = row.peek();
  if (token === null || (token.kind === 'word' && KEYWORDS.includes(token.text))) {
    throw row.stumble();
  }
  switch (token.kind) {
    case 'number':
      row.next();
      return literal(token, numberOf(reader.text, token));
    case 'string': {
      const [prefix = ''] = token.text.split(/["']/, 1);
      const kind = /f|t/i.test(prefix) ? 'an f-string' : 'a string';
      throw new Refusal(token, `${kind} is not allowed here`);
    }
    case 'word':
      return wordAt(reader, token);
    case 'sign':
      return grouped(reader, token);
  }
}

function literal({ from, to }: Span, value: Value): Bound {
  return { from, to, expression: { from, to, kind: 'literal', value } };
}

function numberOf(text: string, token: Token): number {
  const { text: source, from, to } = token;
  if (!INTEGER.test(source)) {
    throw new Refusal(token, `"${shortened(source)}" is no whole number`);
  }
  const [letters] = /^[\p{L}\p{N}_]+/u.exec(text.slice(to)) ?? [];
  if (letters !== undefined) {
    throw new Refusal(
      { from, to: to + letters.length },
      `a blank is missing between "${shortened(source)}" and "${shortened(letters)}": newer Pythons do not take a number directly before a letter`,
    );
  }
  const value = Number(source.replace(/_/g, ''));
  if (value > LARGEST_NUMBER) {
    throw new Refusal(
      token,
      `"${shortened(source)}" is beyond ${LARGEST_NUMBER}, the largest number here`,
    );
  }
  return value;
}

/** A literal, a variable, or a call: a name with parentheses that hold nothing. */
function wordAt(reader: Reading, token: Token): Bound {
  const { row, names, text } = reader;
  row.next();
  const trailer = row.peek()?.text;
  if (trailer === '(' || trailer === '[' || trailer === '.') return trailed(reader, token);
  const value = LITERALS.get(token.text);
  if (value !== undefined) return literal(token, value);
  const name = text.slice(token.from, token.to);
  const { from, to } = token;
  if (names.includes(name)) return { from, to, expression: { from, to, kind: 'name', name } };
  if (names.includes(`${name}()`)) {
    throw new Refusal(token, `"${name}" is a function; its value is ${name}()`);
  }
  throw new Refusal(
    token,
    `"${shortened(name)}" is not known here; allowed are ${names.join(', ')}`,
  );
}

/** A call, a subscript or an attribute of what begins with `first`: the last of them counts. */
function trailed({ row, names, text }: Reading, { from }: Span): Bound {
  let [called, given, last]: [number, Span, string] = [from, { from, to: from }, ''];
  let empty = false;
  for (let next = row.peek(); next !== null; next = row.peek()) {
    if (next.text !== '(' && next.text !== '[' && next.text !== '.') break;
    row.next();
    called = next.from;
    last = next.text;
    if (last === '.') {
      const property = row.peek();
      if (property?.kind !== 'word') throw row.stumble();
      given = property;
      row.next();
    } else {
      given = row.groupOf(next);
      empty = row.peek()?.text === ')';
      row.skipGroup();
    }
  }
  const span = { from, to: given.to };
  const source = text.slice(from, span.to);
  if (last !== '(') {
    const what = last === '.' ? 'an attribute' : 'a subscript';
    throw new Refusal(span, `${what} ("${shortened(source)}") is not allowed here`);
  }
  const callee = text.slice(from, called).trimEnd();
  const name = `${callee}()`;
  if (!names.includes(name)) {
    throw new Refusal(span, `a call of "${shortened(callee)}" is not allowed here`);
  }
  if (!empty) throw new Refusal(given, `${name} is called with nothing in it`);
  return { ...span, expression: { ...span, kind: 'name', name } };
}

/** What stands in parentheses; a tuple, a list or a set is no number. */
function grouped(reader: Reading, open: Token): Bound {
  const { row } = reader;
  if (open.text === '...') throw new Refusal(open, 'an ellipsis is not allowed here');
  if (open.text !== '(' && open.text !== '[' && open.text !== '{') throw row.stumble();
  row.next();
  const group = row.groupOf(open);
  const { from, to, closing } = group;
  if (row.groupHas('for')) throw new Refusal(group, 'a comprehension is not allowed here');
  if (open.text === '{') {
    const dictionary = row.groupHas(':') || row.peek()?.text === '}';
    throw new Refusal(group, `${dictionary ? 'a dictionary' : 'a set'} is not allowed here`);
  }
  if (open.text === '[') throw new Refusal(group, 'a list is allowed only behind "in"');
  if (row.peek()?.text === ')') {
    throw new Refusal(group, 'nothing stands in these parentheses');
  }
  if (row.groupHas(',')) {
    reader.slot(group);
    if (row.peek()?.text !== ',') throw row.stumble();
    throw new Refusal(group, 'a tuple is allowed only behind "in"');
  }
  const inner = reader.slot(group);
  if (row.take(closing) === null) throw row.stumble();
  return { from, to, expression: inner.expression };
}
