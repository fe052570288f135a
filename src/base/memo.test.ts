import { describe, expect, it, vi } from 'vitest';
import { memoizedByAll } from './memo.ts';

describe('what is remembered by all arguments', () => {
  const [one, other] = [{ name: 'one' }, { name: 'other' }];

  it('is made once for the same ones, and anew where any of them differs', () => {
    const make = vi.fn((a: object, b: object, index: number, text: string) => ({
      a,
      b,
      index,
      text,
    }));
    const recalled = memoizedByAll(make);
    const ways = [one, other].flatMap((a) =>
      [one, other].flatMap((b) =>
        [0, 1].flatMap((index) => ['', '0'].map((text) => [a, b, index, text] as const)),
      ),
    );
    const first = ways.map((given) => recalled(...given));
    expect(first).toEqual(ways.map(([a, b, index, text]) => ({ a, b, index, text })));
    expect(ways.every((given, way) => recalled(...given) === first[way])).toBe(true);
    expect(make).toHaveBeenCalledTimes(ways.length);
  });

  it('may be nothing', () => {
    const make = vi.fn((_: object, __: number) => null);
    const recalled = memoizedByAll(make);
    expect([recalled(one, 0), recalled(one, 0)]).toEqual([null, null]);
    expect(make).toHaveBeenCalledTimes(1);
  });
});
