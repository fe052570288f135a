import { readFileSync } from 'node:fs';
import { gunzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { at } from '../../../base/assert.ts';
import { ConditionError, evaluate, type Scope } from './evaluate.ts';
import { parseCondition } from './parse.ts';
import type { Value } from './syntax.ts';

const scope = {
  num_heads: 2,
  seq_world_size: 4,
  scatter_idx: 1,
  gather_idx: 2,
  'get_num_kv_heads()': null,
};

function asked(text: string, names: Scope = scope): string[] {
  return evaluate(text, names).parts.map(({ from, to }) => text.slice(from, to));
}

function stumble(text: string, names: Scope = scope): ConditionError {
  try {
    evaluate(text, names);
  } catch (error) {
    if (error instanceof ConditionError) return error;
    throw error;
  }
  throw new Error(`${text} was answered`);
}

describe('a condition', () => {
  it('is read with the values of its operands, in the order of asking', () => {
    const text = 'if num_heads % seq_world_size != 0:';
    const { truth, parts } = evaluate(text, scope);
    expect(truth).toBe(true);
    expect(parts.map(({ from, to, value }) => [text.slice(from, to), value])).toEqual([
      ['num_heads', 2],
      ['seq_world_size', 4],
      ['num_heads % seq_world_size', 2],
      ['0', 0],
      ['num_heads % seq_world_size != 0', true],
    ]);
  });

  it('asks nothing behind what is settled', () => {
    expect(asked('num_heads or seq_world_size')).not.toContain('seq_world_size');
    expect(asked('get_num_kv_heads() and seq_world_size')).not.toContain('seq_world_size');
    expect(asked('seq_world_size < num_heads < scatter_idx % 0')).not.toContain('scatter_idx');
  });

  it('asks each operand of a chain once', () => {
    const parts = asked('1 < num_heads <= seq_world_size');
    expect(parts.filter((part) => part === 'num_heads')).toHaveLength(1);
  });

  it('says at which part it raises, and what was asked before', () => {
    const text = 'scatter_idx == 1 and num_heads % (seq_world_size - 4) == 0';
    const { name, message, stumble: found } = stumble(text);
    expect([name, message]).toEqual(['ZeroDivisionError', 'integer modulo by zero']);
    expect(text.slice(found.at.from, found.at.to)).toBe('num_heads % (seq_world_size - 4)');
    expect(found.parts.at(-1)).toMatchObject({ kind: 'arithmetic', value: 0 });
  });

  it('says at once what is not reckoned', () => {
    expect(stumble('9 ** 9 ** 9')).toMatchObject({ name: 'Unanswered', message: /beyond/ });
    expect(stumble('num_heads ** -1')).toMatchObject({
      name: 'Unanswered',
      message: /^2 \*\* -1 is a float in Python/,
    });
    expect(stumble('9007199254740991 + 1')).toMatchObject({ name: 'Unanswered' });
    expect(evaluate('(-1) ** 9007199254740991 == -1', {}).truth).toBe(true);
  });
});

describe('what CPython answers', () => {
  const file = readFileSync(new URL('./cpython-answers.jsonl.gz', import.meta.url));
  const [head = '', ...lines] = new TextDecoder().decode(gunzipSync(file)).trim().split('\n');
  const { python, names } = JSON.parse(head) as { python: string; names: string[] };
  type Answer = ['value', Value] | ['error', string, string] | ['refused'] | ['float'] | ['large'];
  const answers = lines.map((line) => {
    const [text, values, answer] = JSON.parse(line) as [string, Value[], Answer];
    const known: Scope = Object.fromEntries(names.map((name, index) => [name, at(values, index)]));
    return { text, known, answer };
  });

  function ours(text: string, known: Scope): Answer {
    if (!parseCondition(text).ok) return ['refused'];
    try {
      const whole = evaluate(text, known).parts.at(-1);
      return ['value', whole === undefined ? null : whole.value];
    } catch (error) {
      if (!(error instanceof ConditionError)) throw error;
      if (error.name !== 'Unanswered') return ['error', error.name, error.message];
      return error.message.includes('float') ? ['float'] : ['large'];
    }
  }

  it(`is answered here, in thousands of random conditions (Python ${python})`, () => {
    expect(answers.length).toBeGreaterThanOrEqual(4000);
    const differing = answers
      .map((one) => ({ ...one, ours: ours(one.text, one.known) }))
      .filter((one) => JSON.stringify(one.ours) !== JSON.stringify(one.answer));
    expect(differing).toEqual([]);
  });

  // Each is parsed anew, part by part: a part of them says as much.
  const some = answers.filter(({ answer }, index) => index % 5 === 0 && answer[0] !== 'refused');

  it('is answered by each part that was asked, read by itself', () => {
    for (const { text, known, answer } of some) {
      if (answer[0] !== 'value') continue;
      for (const { from, to, value } of evaluate(text, known).parts) {
        expect(ours(text.slice(from, to), known)).toEqual(['value', value]);
      }
    }
  });

  it('is answered by the condition alone, in one line', () => {
    for (const { text, known, answer } of some) {
      const parsed = parseCondition(`assert (\n    ${text}  # why\n), f"{text}"`);
      if (!parsed.ok) throw new Error(parsed.problem.message);
      expect(ours(parsed.text, known)).toEqual(answer);
      expect(parseCondition(parsed.text)).toMatchObject({ ok: true, text: parsed.text });
    }
  });
});
