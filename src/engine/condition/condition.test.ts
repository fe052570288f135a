import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.ts';
import { parseCondition } from './parse.ts';

const scope = {
  num_heads: 2,
  seq_world_size: 4,
  scatter_idx: 1,
  gather_idx: 2,
  'get_num_kv_heads()': null,
};

describe('a condition', () => {
  it('is read with the values of its operands', () => {
    const text = 'get_num_kv_heads() is not None or num_heads % seq_world_size != 0';
    const { truth, parts } = evaluate(text, scope);
    expect(truth).toBe(true);
    const said = parts.map(({ from, to, value }) => [text.slice(from, to), value]);
    expect(said).toContainEqual(['num_heads % seq_world_size', 2]);
    expect(said).toContainEqual(['get_num_kv_heads() is not None', false]);
  });

  it('asks nothing behind what is settled', () => {
    const text = 'get_num_kv_heads() is not None or num_heads % seq_world_size != 0';
    const { truth, parts } = evaluate(text, { ...scope, 'get_num_kv_heads()': 6 });
    expect(truth).toBe(true);
    expect(parts.some(({ kind }) => kind === 'arithmetic')).toBe(false);
  });

  it('binds `not` looser than a comparison, as Python does', () => {
    expect(evaluate('not scatter_idx < 2', scope).truth).toBe(false);
    expect(evaluate('num_heads % seq_world_size != 0 and not scatter_idx < 2', scope).truth).toBe(
      false,
    );
  });

  it('divides and takes remainders as Python does, below zero too', () => {
    expect(evaluate('-7 // 2 == -4 and -7 % 4 == 1', {}).truth).toBe(true);
    expect(() => evaluate('num_heads % 0 == 0', scope)).toThrow(
      'integer division or modulo by zero',
    );
    expect(() => evaluate('get_num_kv_heads() > 3', scope)).toThrow(/unsupported operand/);
  });

  it.each([
    ['__import__("os")', /not allowed here/],
    ['num_heads if True else 2', /not allowed here/],
    ['lambda: 1', /not allowed here/],
    ['num_heads[0]', /not allowed here/],
    ['num_heads; 2', /one Python expression/],
    ['1.5 < 2', /no whole number/],
    ['', /one Python expression/],
  ])('refuses %s at its place', (text, message) => {
    const parsed = parseCondition(text);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.problem.message).toMatch(message);
  });
});
