import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCase } from '../world/testing.ts';
import { callTitle } from './call-title.ts';
import { type Call, callsOf } from './case.ts';

describe('the name of a call', () => {
  it('says direction, tensor and pass', () => {
    const calls = callsOf('layerForwardBackward', 8, 2);
    expect(calls.map((_, call) => callTitle(calls, call))).toEqual([
      'forward: pass 1 of q',
      'forward: pass 1 of k',
      'forward: pass 1 of v',
      'forward: pass 2 of o',
      'backward: gradient of o, pass 1',
      'backward: gradient of q, pass 2',
      'backward: gradient of k, pass 2',
      'backward: gradient of v, pass 2',
    ]);
  });

  it('counts calls that move the same tensor again', () => {
    const once: Call[] = [
      { tensor: 'q', heads: 8, pass: 1 },
      { tensor: 'q', heads: 8, pass: 2, to: 'o' },
    ];
    const calls = [...once, ...once, ...once];
    expect(calls.map((_, call) => callTitle(calls, call))).toEqual([
      'forward: pass 1 of q',
      'forward: pass 2 of o',
      'forward: pass 1 of q (2nd)',
      'forward: pass 2 of o (2nd)',
      'forward: pass 1 of q (3rd)',
      'forward: pass 2 of o (3rd)',
    ]);
  });

  it('is that of no other call of the case', () => {
    fc.assert(
      fc.property(anyCase, ({ calls }) => {
        const titles = calls.map((_, call) => callTitle(calls, call));
        expect(new Set(titles).size).toBe(calls.length);
      }),
    );
  });
});
