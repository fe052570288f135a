import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.ts';
import { CONDITION_NAMES } from './names.ts';
import { LONGEST_CONDITION, parseCondition } from './parse.ts';

const HEADS = 'num_heads % seq_world_size == 0';

describe('a line as it stands in a fork', () => {
  it.each([
    [`  ${HEADS}\n`],
    [`if ${HEADS}:`],
    [`    elif ${HEADS} :  # as in #6774: (heads`],
    [`while ${HEADS}:`],
    [`-        if ${HEADS}:`],
    ['+    if (\n+        num_heads % seq_world_size == 0\n+    ):\n'],
    [`return ${HEADS}`],
    [`assert ${HEADS}`],
    [`assert ${HEADS}, "Number of heads: (must divide)!"`],
    [`assert ${HEADS}, f"Number of heads ({'{num_heads}'}) must be, {'{x!r:>3}'}"`],
    [`assert ${HEADS}, (\n    "one "\n    f'two: {'{"a"}'}'\n)\n`],
    [`assert ${HEADS}, """several\nlines: \\""" here"""`],
    [`assert (\n    num_heads % seq_world_size == 0\n), f"Number of heads"`],
    [`${HEADS}, "copied without its first word"`],
    ['num_heads % \\\n    seq_world_size == 0'],
    ['if (num_heads  # heads\n    % seq_world_size # ranks, "all"\n    == 0\n):\n'],
    [`if(${HEADS}):\r\n`],
    ['num_heads\u00a0% seq_world_size\t== 0'],
    ['\n# which?\n num_heads % seq_world_size == 0'],
  ])('is read: %j', (line) => {
    const parsed = parseCondition(line);
    expect(parsed).toMatchObject({ ok: true, text: HEADS });
    const { parts } = evaluate(line, { num_heads: 7, seq_world_size: 4 });
    const names = parts.filter(({ kind }) => kind === 'name');
    expect(names.map(({ from, to }) => line.slice(from, to))).toEqual([
      'num_heads',
      'seq_world_size',
    ]);
  });

  it.each([
    ['if num_heads: return 1', 'return 1', /remove what follows the colon/],
    [`assert ${HEADS}, "m"\nx = 3`, 'x = 3', /a second line begins here/],
    ['num_heads\nand 2', 'and 2', /stands in parentheses/],
    ['num_heads) or (2', ')', /closes nothing/],
    ['(num_heads', '(', /never closed/],
    ['(num_heads]', ']', /does not close "\("/],
    ['if :', 'if :', /a condition is expected here/],
    ['', '', /a condition is expected here/],
    ['else:', 'else', /not expected here/],
    ['open("x") > 2', 'open("x")', /^a call of "open" is not allowed here$/],
    ['len((1, 2))', 'len((1, 2))', /^a call of "len" is not allowed here$/],
    ['__import__("os")', '__import__("os")', /a call of "__import__" is not allowed/],
    ['num_heads()', 'num_heads()', /a call of "num_heads" is not allowed/],
    ['get_num_kv_heads(1) > 2', '(1)', /called with nothing in it/],
    ['get_num_kv_heads > 2', 'get_num_kv_heads', /is a function; its value is/],
    ['2 < world_size', 'world_size', /not known here; allowed are num_heads, .*get_num_kv_heads/],
    ['1 < self.heads', 'self.heads', /an attribute .* is not allowed/],
    ['1 < num_heads[0]', 'num_heads[0]', /a subscript .* is not allowed/],
    ['lambda: 1', 'lambda: 1', /a lambda is not allowed/],
    ['if lambda x: x:', 'lambda x: x', /a lambda is not allowed/],
    ['[x for x in (1,)]', '[x for x in (1,)]', /a comprehension is not allowed/],
    ['(y := 2) > 1', 'y := 2', /an assignment \(:=\) is not allowed/],
    ['1 if num_heads else 2', '1 if num_heads else 2', /a conditional expression .* not allowed/],
    ['f"{num_heads}" == 2', 'f"{num_heads}"', /an f-string is not allowed/],
    ['num_heads == "2"', '"2"', /a string is not allowed/],
    ['num_heads < 1.5', '1.5', /no whole number/],
    ['num_heads < 1e3', '1e3', /no whole number/],
    ['num_heads < 007', '007', /no whole number/],
    ['num_heads < 1__0', '1__0', /no whole number/],
    ['0or 1', '0or', /a blank is missing between "0" and "or"/],
    ['+0or +False', '0or', /a blank is missing/],
    ['num_heads % 4and 1', '4and', /a blank is missing/],
    ['0b10in (1,)', '0b10in', /a blank is missing/],
    ['num_heads < 9007199254740992', '9007199254740992', /beyond 9007199254740991/],
    ['num_heads / 2', '/', /the operator "\/" is not allowed here: it makes a float/],
    ['num_heads << 2', '<<', /the operator "<<" is not allowed/],
    ['~num_heads', '~', /the operator "~" is not allowed/],
    ['num_heads && 1', '&&', /"&&" is written "and" here/],
    ['num_heads || 1', '||', /"\|\|" is written "or" here/],
    ['!num_heads', '!', /"!" is written "not" here/],
    ['num_heads = 2', '=', /"=" is written "==" here/],
    ['num_heads ≠ 2', '≠', /"≠" is written "!=" here/],
    ['1 ≤ num_heads', '≤', /"≤" is written "<=" here/],
    ['num_heads is 8', 'num_heads is 8', /numbers are compared by "=="/],
    ['num_heads in (2)', '(2)', /one of one element is \(1,\)/],
    ['num_heads in 2', '2', /behind "in" stands a tuple or list/],
    ['(1, 2) == num_heads', '(1, 2)', /a tuple is allowed only behind "in"/],
    ['[num_heads]', '[num_heads]', /a list is allowed only behind "in"/],
    ['num_heads in (*[1],)', '*', /not allowed/],
    ['num_heads in (1,,2)', ',', /not expected/],
    ['num_heads == not 1', 'not 1', /stands in parentheses/],
    ['1 + not 2', 'not', /not expected/],
    ['num_heads <', '', /something is missing here/],
    ['num_heads 2', '2', /"2" is not expected here/],
    ['num_heads; 2', ';', /";" is not expected here/],
  ])('is refused at its place: %j', (line, place, message) => {
    const parsed = parseCondition(line);
    if (parsed.ok) throw new Error(`read as ${parsed.text}`);
    const { from, to } = parsed.problem;
    expect(parsed.problem.message).toMatch(message);
    expect(line.slice(from, to)).toBe(place);
  });

  it('may be of so many characters and no more', () => {
    expect(parseCondition(`1${' '.repeat(LONGEST_CONDITION - 1)}`).ok).toBe(true);
    expect(parseCondition(`1${' '.repeat(LONGEST_CONDITION)}`)).toMatchObject({
      ok: false,
      problem: { from: LONGEST_CONDITION },
    });
  });

  it('may use the names of its place besides the usual ones', () => {
    const more = [{ name: 'H_PAD', meaning: 'heads of zeros' }];
    expect(parseCondition('H_PAD < num_heads').ok).toBe(false);
    expect(parseCondition('H_PAD < num_heads', more).ok).toBe(true);
  });
});

describe('any text', () => {
  const token = fc.constantFrom(
    ...CONDITION_NAMES.map(({ name }) => name),
    ...['if', 'assert', 'and', 'or', 'not', 'is', 'in', 'None', 'True', 'lambda', 'else', 'for'],
    ...['(', ')', '[', ']', '{', '}', ',', ':', ':=', '=', '==', '<', '<=', '!', '!=', '&', '|'],
    ...['+', '-', '*', '**', '/', '//', '%', '~', '@', '.', '...', ';', '#', '\\', '\n', '`', '$'],
    ...['0', '1', '007', '1.5', '0x', '1_', '"', "'", '"""', 'f"', 'f"{', '}"', 'é', '😀', 'x'],
  );
  const pythonLike = fc
    .array(token, { maxLength: 24 })
    .chain((tokens) => fc.constantFrom(tokens.join(' '), tokens.join('')));
  const text = fc.oneof(pythonLike, fc.string({ unit: 'binary', maxLength: 80 }));

  it('is a condition, or is refused in a sentence at a place inside it', () => {
    fc.assert(
      fc.property(text, (any) => {
        const parsed = parseCondition(any);
        if (parsed.ok) {
          const { from, to } = parsed.expression;
          expect(0 <= from && from < to && to <= any.length).toBe(true);
          expect(parseCondition(parsed.text)).toMatchObject({ ok: true, text: parsed.text });
          return;
        }
        const { from, to, message } = parsed.problem;
        expect(0 <= from && from <= to && to <= any.length).toBe(true);
        expect(message).toMatch(/^\S.*\S$/s);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['(', '[', '-', 'not ', '1+', '1 in (', 'f(', 'lambda:', '"', '#', '\\\n', '1<', '1**'])(
    'of nothing but %j is answered too, however deep',
    (piece) => {
      const many = piece.repeat(Math.floor(LONGEST_CONDITION / piece.length));
      expect(parseCondition(many).ok).toBe(false);
    },
  );

  it('that nests as deep as it can is read and evaluated', () => {
    const depth = LONGEST_CONDITION / 2 - 2;
    for (const deep of [
      `${'('.repeat(depth)}7${')'.repeat(depth)}`,
      `${'-'.repeat(2 * depth)}7`,
      `${'not '.repeat(depth / 2 - 5)}7 == 1 or 7`,
      `7${'+0'.repeat(depth)}`,
      `7${'**1'.repeat(depth / 2)}`,
    ]) {
      expect(evaluate(deep, {}).parts.at(-1)?.value).toBe(7);
    }
  });
});
