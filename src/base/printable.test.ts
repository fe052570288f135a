import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from './printable.ts';

describe('printable', () => {
  it('writes what a terminal would obey as an escape', () => {
    expect(printable('\u001b[31m\u001b]0;x\u0007 a\tb\nc\r\u009b2J\u202e')).toBe(
      '\\u001b[31m\\u001b]0;x\\u0007 a\tb\nc\\u000d\\u009b2J\\u202e',
    );
  });

  it('leaves JSON its meaning, and no control character anywhere', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = printable(JSON.stringify({ text }));
        expect(JSON.parse(shown)).toEqual({ text });
        expect(/\p{Cc}|\p{Bidi_Control}/u.test(shown.replaceAll(/[\n\t]/g, ''))).toBe(false);
      }),
    );
  });
});
