import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import { producedBy } from '../../core/cases/origin.ts';
import { outcomesOf } from '../../core/judge/outcome.ts';
import { IMPLEMENTATIONS } from '../../core/programs/implementations/index.ts';
import { anyCase, caseWith, runOf, runWith } from '../../core/world/testing.ts';
import { momentsOf } from '../moment.ts';
import { mergeTrace, type Trace } from '../trace.ts';
import { type Alignment, alignmentOf } from './align.ts';
import { differenceText } from './difference-text.ts';
import { firstDifference } from './first-difference.ts';
import { cursorOfB, stepAt, tickOfStep } from './shared-cursor.ts';

type Patch = Parameters<typeof runWith>[0];

function aligned(a: Patch, b: Patch): Alignment {
  return alignmentOf(mergeTrace(runWith(a)), mergeTrace(runWith(b)));
}

/** A line a side, a column a step, one letter an event; a third line marks what differs. */
function picture({ a, b, steps, differing }: Alignment): string[] {
  const letter = (trace: Trace, tick: number | null) =>
    tick === null ? '.' : at(momentsOf(trace), tick).kind.slice(0, 1);
  return [
    steps.map(({ tickA }) => letter(a, tickA)).join(''),
    steps.map(({ tickB }) => letter(b, tickB)).join(''),
    steps.map((_, step) => (differing.includes(step) ? '^' : ' ')).join(''),
  ];
}

const firstText = (alignment: Alignment) => {
  const first = firstDifference(alignment);
  return first === null ? null : differenceText(alignment, first.step);
};

describe('two traces side by side', () => {
  it('part where #6774 asks twice, and go on beside one another', () => {
    const both = aligned({}, { implementation: 'deepspeed-6797' });
    expect(picture(both)).toEqual([
      'cdgllllorllrcadgr.......',
      'cdgllllorllrcadllllorllr',
      '              ^^^^^^^^^^',
    ]);
    expect(firstText(both)).toBe(
      'In forward: pass 2 of o, step 3, left decides uneven (2 % 4 = 2), right decides even (2 % 4 = 2, scatter_idx = 1).',
    );
  });

  it('wait for a call that only one of them makes', () => {
    const both = aligned(
      { implementation: 'verl', program: 'roundTrip' },
      { implementation: 'verl', program: 'layerForward' },
    );
    expect(both.calls.map(({ callA, callB }) => [callA, callB])).toEqual([
      [0, 0],
      [null, 1],
      [null, 2],
      [1, 3],
    ]);
    expect(firstText(both)).toBe('In forward: pass 1 of k, step 1, only right begins the call.');
  });

  it('keep collectives together, whatever stands around them', () => {
    const both = aligned({ implementation: 'verl' }, { implementation: 'yunchang-4d' });
    for (const { tickA, tickB } of both.steps) {
      const kinds = [tickA, tickB].map((tick, side) =>
        tick === null ? null : at(momentsOf(side === 0 ? both.a : both.b), tick).kind,
      );
      if (kinds.includes('received')) expect(kinds).toEqual(['received', 'received']);
    }
  });

  it('are laid rank by rank, where one has more ranks', () => {
    const both = aligned({ implementation: 'verl', sp: 2 }, { implementation: 'verl', sp: 4 });
    expect(both.steps.every(({ tickA, tickB }) => tickA !== null && tickB !== null)).toBe(true);
    expect(both.steps[0]?.differences).toEqual([
      {
        kind: 'shape',
        ranks: [0, 1],
        a: 'is given [1, 4, 8, 2]',
        b: 'is given [1, 2, 8, 2]',
      },
    ]);
  });
});

describe('what differs', () => {
  it.each<[string, Patch, Patch, RegExp]>([
    [
      'a layout',
      { implementation: 'verl' },
      { implementation: 'verl', batchDimIdx: 1 },
      /^In forward: pass 1 of q, step 1, left is given \[1, 2, 8, 2\], right is given \[2, 1, 8, 2\]\.$/,
    ],
    [
      'a head count left behind',
      { implementation: 'deepspeed-6797' },
      { implementation: 'deepspeed-6797', numKvHeadsBefore: 3 },
      /step 1, left meets no head count, right meets a head count of 3\.$/,
    ],
    [
      'an assertion that is new',
      { implementation: 'deepspeed-4695', sp: 2, heads: 4 },
      { implementation: 'deepspeed-5823', sp: 2, heads: 4 },
      /^In forward: pass 1 of q, step 2, only right asserts num_total_head % seq_world_size == 0\.$/,
    ],
    [
      'how heads are repeated',
      { implementation: 'verl', kvHeads: 2, program: 'layerForward', kvRepeat: 'in-place' },
      { implementation: 'verl', kvHeads: 2, program: 'layerForward', kvRepeat: 'tile' },
      /^In forward: pass 1 of k, step 2, left does repeat_interleave\(2, 2\), right does repeat\(1, 1, 2, 1\)\.$/,
    ],
    [
      'what one rank does',
      { implementation: 'verl' },
      { implementation: 'verl', fault: { kind: 'raises-before', rank: 2, call: 1 } },
      /^In forward: pass 2 of o, step \d+, on rank 2 left .*, right raises RuntimeError\.$/,
    ],
  ])('is told in a sentence: %s', (_, a, b, sentence) => {
    expect(firstText(aligned(a, b))).toMatch(sentence);
  });

  it('is found in the elements where every shape is right', () => {
    const repeated = { implementation: 'verl', kvHeads: 2, program: 'layerForward' } as const;
    const { steps } = aligned(
      { ...repeated, kvRepeat: 'in-place' },
      { ...repeated, kvRepeat: 'tile' },
    );
    const elements = steps.flatMap(({ differences }) =>
      differences.filter(({ kind }) => kind === 'elements'),
    );
    expect(elements[0]).toEqual({
      kind: 'elements',
      ranks: [1, 2],
      a: 'holds (b 0, s 0, h 0, d 0) at 0',
      b: 'holds (b 0, s 0, h 1, d 0) at 0',
    });
    expect(elements.at(-1)?.a).toMatch(/^gives -?\d\.\d{3} at \d+$/);
  });

  it('is what each side sends, or that one cannot', () => {
    const layer = {
      implementation: 'deepspeed-6797',
      sp: 2,
      program: 'layerForwardBackward',
      caller: 'bypassed',
    } as const;
    const { steps } = aligned(
      { ...layer, heads: 9, kvHeads: 1 },
      { ...layer, heads: 8, kvHeads: 2 },
    );
    const sizes = steps.flatMap(({ differences }) =>
      differences.filter(({ kind }) => kind === 'sizes').map(({ a, b }) => [a, b]),
    );
    const even = (count: number) =>
      `sends ${count} elements a peer and expects ${count} elements a peer`;
    expect(sizes[0]).toEqual(['sends 40 · 32 elements and expects 40 elements a peer', even(32)]);
    expect(sizes.at(-1)).toEqual(['cannot cut its tensors for its peers', even(8)]);
  });

  it('is first what matters, not an assertion that holds', () => {
    fc.assert(
      fc.property(anyCase, fc.constantFrom(...IMPLEMENTATIONS), (wanted, { id }) => {
        const other = { ...wanted, implementation: id };
        const both = alignmentOf(mergeTrace(runOf(wanted)), mergeTrace(runOf(other)));
        const first = firstDifference(both);
        if (first === null) return;
        const [own, others] = [both.a, both.b].map(({ recording }) =>
          outcomesOf(recording, producedBy(recording).implementation).map(({ ranks }) =>
            ranks.map(({ shape, sha, error, message }) =>
              JSON.stringify([shape, sha, error, error === 'DifferentCollectives' ? '' : message]),
            ),
          ),
        );
        expect(first.matters).toBe(JSON.stringify(own) !== JSON.stringify(others));
        if (!first.matters) return;
        const { tickA, tickB } = at(both.steps, first.step);
        const events = [tickA, tickB].flatMap((tick, side) =>
          tick === null ? [] : at(momentsOf(side === 0 ? both.a : both.b), tick).events,
        );
        expect(
          events.every(({ placed: { event } }) => event.kind === 'guarded' && event.held) &&
            at(both.steps, first.step).differences.every(({ kind }) => kind === 'operation'),
        ).toBe(false);
      }),
      { numRuns: 80 },
    );
  });

  it('is nothing between a run and itself', () => {
    fc.assert(
      fc.property(anyCase, (wanted) => {
        const alignment = alignmentOf(mergeTrace(runOf(wanted)), mergeTrace(runOf(wanted)));
        expect(alignment.differing).toEqual([]);
        expect(alignment.steps.map(({ tickA, tickB }) => [tickA, tickB])).toEqual(
          range(alignment.a.ticks).map((tick) => [tick, tick]),
        );
      }),
      { numRuns: 60 },
    );
  });
});

/** Any two cases, often those of one program. */
const anyTwo = fc
  .tuple(anyCase, anyCase, fc.boolean())
  .map(
    ([a, b, alike]) =>
      [a, alike ? caseWith({ ...b, program: a.program as 'roundTrip' }) : b] as const,
  );

describe('any two traces', () => {
  it('are each told whole and in order, and the same from either side', () => {
    fc.assert(
      fc.property(anyTwo, ([one, other]) => {
        const [a, b] = [mergeTrace(runOf(one)), mergeTrace(runOf(other))];
        const { steps } = alignmentOf(a, b);
        expect(steps.flatMap(({ tickA }) => tickA ?? [])).toEqual(range(a.ticks));
        expect(steps.flatMap(({ tickB }) => tickB ?? [])).toEqual(range(b.ticks));
        const pairs = ({ steps: all }: Alignment) =>
          all.filter(({ tickA, tickB }) => tickA !== null && tickB !== null);
        const swapped = pairs(alignmentOf(b, a));
        expect(
          swapped.map(({ tickA, tickB, differences }) => ({
            tickA: tickB,
            tickB: tickA,
            differences: differences.map((one) => ({ ...one, a: one.b, b: one.a })),
          })),
        ).toEqual(
          pairs(alignmentOf(a, b)).map(({ tickA, tickB, differences }) => ({
            tickA,
            tickB,
            differences,
          })),
        );
      }),
      { numRuns: 80 },
    );
  });

  it('share a cursor that never runs backwards and reaches both ends', () => {
    fc.assert(
      fc.property(anyTwo, ([one, other]) => {
        const alignment = alignmentOf(mergeTrace(runOf(one)), mergeTrace(runOf(other)));
        const { a, b, steps } = alignment;
        const cursors = range(2 * a.ticks - 1).map((half) => half / 2);
        const places = cursors.map((cursor) => cursorOfB(alignment, cursor));
        const stations = cursors.map((cursor) => stepAt(alignment, cursor));
        for (const row of [places, stations]) {
          expect(row).toEqual(row.toSorted((x, y) => x - y));
        }
        expect(places.at(-1)).toBe(b.ticks - 1);
        expect(stations.at(-1)).toBe(steps.length - 1);
        for (const [index, cursor] of cursors.entries()) {
          if (Number.isInteger(cursor)) expect(Number.isInteger(at(places, index))).toBe(true);
        }
        for (const [step, { tickA }] of steps.entries()) {
          const tick = tickOfStep(alignment, step);
          expect(stepAt(alignment, tick)).toBeGreaterThanOrEqual(step);
          if (tickA !== null) expect(tick).toBe(tickA);
        }
      }),
      { numRuns: 80 },
    );
  });
});
