import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IMPLEMENTATIONS } from '../programs/implementations/index.ts';
import { anyCase, caseWith } from '../world/testing.ts';
import { titleOf } from './case-title.ts';
import { hasEditedRule, scopeOf } from './scope.ts';

describe('the scope of a verdict', () => {
  it.each([
    ['roundTrip', 'q only, forward only'],
    ['layerForward', 'q, k, v, forward only'],
    ['layerForwardBackward', 'q, k, v, forward and backward'],
    ['twoModels', 'two models, q only, forward only'],
    ['twoLayers', 'two layers, q, k, v, forward only'],
  ] as const)('names what %s moves', (program, scope) => {
    expect(scopeOf(caseWith({ program }))).toBe(scope);
  });

  it('of a list of one’s own follows from its calls', () => {
    const call = { tensor: 'q', heads: 8, pass: 1 } as const;
    expect(scopeOf({ program: 'mine', calls: [call] })).toBe('q only, pass 1 only');
    const back = { tensor: 'q', heads: 8, pass: 2, to: 'dq' } as const;
    expect(scopeOf({ program: 'mine', calls: [call, back] })).toBe('q only, forward and backward');
  });
});

describe('the title of a case', () => {
  it('is never that of what was published where a rule is edited', () => {
    const published = new Set(IMPLEMENTATIONS.map(({ title }) => title));
    fc.assert(
      fc.property(anyCase, (wanted) => {
        expect(published.has(titleOf(wanted))).toBe(!hasEditedRule(wanted));
      }),
    );
  });
});
