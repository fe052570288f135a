import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { producedBy } from '../cases/origin.ts';
import type { Case } from '../contract/case.ts';
import { PRESETS } from '../programs/condition-presets.ts';
import { findImplementation, IMPLEMENTATIONS } from '../programs/implementations/index.ts';
import { guardsOf } from '../published/implementation.ts';
import { parseCondition } from '../python/condition/parse.ts';
import type { RankEvent } from '../recording/event.ts';
import { anyCase, caseWith, runOf, runWith } from '../world/testing.ts';
import { reportOf } from './checks/report.ts';

const MERGED =
  'get_num_kv_heads() is not None or (num_heads % seq_world_size != 0 and not scatter_idx < 2)';

function events(patch: Parameters<typeof runWith>[0], kind: RankEvent['kind']) {
  return runWith(patch).ranks.flatMap((rank) => rank.events.filter((event) => event.kind === kind));
}

function reported(patch: Parameters<typeof runWith>[0]) {
  const recording = runWith(patch);
  return reportOf(recording, producedBy(recording).implementation);
}

describe('a condition of the case', () => {
  it('takes the place of the published one: issue #6774 under the merged condition', () => {
    expect(reported({}).verdict).toBe('raises');
    expect(reported({ condition: MERGED }).verdict).toBe('fine');
    expect(reported({ condition: MERGED }).calls).toEqual(
      reported({ implementation: 'deepspeed-6797' }).calls,
    );
  });

  it('makes the rank raise what it raises', () => {
    expect(events({ condition: 'get_num_kv_heads() % 2' }, 'raised')[0]).toMatchObject({
      error: 'TypeError',
      message: "unsupported operand type(s) for %: 'NoneType' and 'int'",
      stumble: { condition: 'get_num_kv_heads() % 2', at: { from: 0, to: 22 } },
    });
    expect(reported({ condition: 'num_heads // (seq_world_size - 4)' })).toMatchObject({
      verdict: 'raises',
      calls: [{ ranks: Array(4).fill({ error: 'ZeroDivisionError' }) }],
    });
  });
});

describe('a guard of the case', () => {
  it('takes the place of the published one, under its message', () => {
    const guards = { 'more-heads-than-ranks': 'num_heads > 0' };
    expect(events({ guards }, 'raised')).toMatchObject(
      Array(2).fill({ error: 'ZeroDivisionError' }),
    );
    const closed = { 'heads-divisible': 'num_total_head % 3 == 0' };
    expect(events({ implementation: 'deepspeed-5823', guards: closed }, 'raised')[0]).toMatchObject(
      {
        kind: 'raised',
        error: 'AssertionError',
        message: 'Number of heads (8) must be divisible by the sequence parallel size (4)!',
      },
    );
  });

  it('has in scope what the source has there', () => {
    const guards = { 'padding-fits': 'H == 7 and H_PAD == 1 and NEW_H_LOCAL == world_size // 2' };
    const patch = { implementation: 'diffusers-anything', heads: 7, guards };
    expect(events(patch, 'guarded')).toMatchObject(Array(8).fill({ held: true }));
    expect(events({ ...patch, heads: 8 }, 'guarded')).toEqual([]);
  });

  it('is declared wherever one is asked', () => {
    const met = new Set<string>();
    const run = (wanted: Case) => {
      const declared = guardsOf(findImplementation(wanted.implementation) ?? {}).map(
        ({ id }) => id,
      );
      for (const { events } of runOf(wanted).ranks) {
        for (const event of events) {
          if (event.kind !== 'guarded') continue;
          // What a case itself refuses is no rule of its code.
          if (event.guard === 'sequence-divisible' && wanted.sequenceSplit === 'refuse') continue;
          met.add(event.guard);
          expect(declared).toContain(event.guard);
        }
      }
    };
    fc.assert(fc.property(anyCase, run), { numRuns: 400, seed: 6774 });
    // Asked only where P divides the query heads and there are fewer KV heads than ranks.
    const scarce = { program: 'layerForward', sp: 3, seq: 6, heads: 6, kvHeads: 2 } as const;
    run(caseWith({ implementation: 'prime-rl', ...scarce }));
    // Asked only of heads that the ranks divide.
    run(caseWith({ implementation: 'deepspeed-alst', batchDimIdx: 1 }));
    const all = IMPLEMENTATIONS.flatMap((one) => guardsOf(one).map(({ id }) => id));
    expect([...met].toSorted()).toEqual([...new Set(all)].toSorted());
  });
});

describe('what is published', () => {
  it('can be read, and stands in one line', () => {
    for (const implementation of IMPLEMENTATIONS) {
      const { condition } = implementation;
      if (condition !== null) expect(parseCondition(condition)).toMatchObject({ text: condition });
      for (const guard of guardsOf(implementation)) {
        expect(parseCondition(guard.condition, guard.names)).toMatchObject({
          text: guard.condition,
        });
      }
    }
  });

  it('can be begun with: each condition once, with all that have it', () => {
    const conditions = PRESETS.map(({ condition }) => condition);
    expect(new Set(conditions).size).toBe(conditions.length);
    const having = IMPLEMENTATIONS.filter(({ condition }) => condition !== null);
    expect(PRESETS.flatMap(({ implementations }) => implementations).toSorted()).toEqual(
      having.map(({ id }) => id).toSorted(),
    );
    expect(PRESETS[0]?.title).toBe('DeepSpeed 0.15.4');
    const merged = PRESETS.find(({ condition }) => condition === MERGED);
    expect(merged?.title).toBe('DeepSpeed 0.16.2');
    expect(caseWith({}).condition).toBeUndefined();
  });
});
