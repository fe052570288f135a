import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXHIBITS } from '../../content/museum/index.ts';
import { DEFAULT_CASE } from '../../core/cases/case-input.ts';
import { type Case, PROGRAMS } from '../../core/contract/case.ts';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import { withCaller } from '../../core/published/caller.ts';
import { anyCase, caseWith, runOf } from '../../core/world/testing.ts';
import { ENTRY_KINDS } from '../../trace/entry.ts';
import { ALL_ROWS } from '../log-filter.ts';
import { SPEEDS } from '../playback-slice.ts';
import { show } from '../shown.ts';
import { CHARTS, PLACES } from '../view.ts';
import { FIRST_VIEW } from '../view-slice.ts';
import {
  type Link,
  type LinkedState,
  printAddress,
  printLink,
  readLink,
  selectionIn,
} from './link.ts';

const STATE: LinkedState = {
  case: DEFAULT_CASE,
  modelName: null,
  shown: null,
  cursor: 0,
  ...FIRST_VIEW,
  speed: 1,
  partner: null,
};

function shownAt(wanted: Case, cursor: number): LinkedState {
  return { ...STATE, case: wanted, shown: show(wanted, runOf(wanted)), cursor };
}

function opened(fragment: string): Link {
  const read = readLink(fragment);
  if (!read.ok) throw new Error(read.message);
  return read.link;
}

function refusal(fragment: string): string {
  const read = readLink(fragment);
  return read.ok ? 'opened' : read.message;
}

/** Cases of every kind, those that a person makes up by hand too. */
const anyLinkedCase: fc.Arbitrary<Case> = fc.oneof(
  anyCase,
  fc
    .tuple(
      anyCase,
      fc.string({ minLength: 1, maxLength: 32, unit: 'binary' }),
      fc.string({ minLength: 1, maxLength: 32 }),
    )
    .map(([{ fault: _, ...c }, program, tensor]) => {
      const calls = [
        { tensor, heads: c.heads, pass: 1 as const },
        { tensor, heads: c.heads, pass: 2 as const, to: 'o' },
      ];
      const code = findImplementation(c.implementation) ?? {};
      return withCaller({ ...c, program, calls }, code, c.caller ?? 'bypassed');
    }),
);

describe('a link', () => {
  it('says what a person would say, and no more', () => {
    expect(printLink(shownAt(DEFAULT_CASE, 12))).toBe(
      'v4&implementation=deepspeed-6392&heads=8&sp=4&seq=8&headDim=2&at=1:0',
    );
    const state: LinkedState = {
      ...shownAt(caseWith({ kvHeads: 2, fault: { kind: 'loops', rank: 1, call: 0 } }), 3),
      modelName: 'Llama 3.1 8B',
      colourBy: 'chunk',
      selection: { rank: 3, tensor: 0, place: 5, tick: 1 },
      partner: { case: caseWith({ implementation: 'deepspeed-6797' }) },
    };
    expect(printLink(state)).toBe(
      'v4&implementation=deepspeed-6392&heads=8&kvHeads=2&sp=4&seq=8&headDim=2' +
        '&fault.kind=loops&fault.rank=1&fault.call=0&model=Llama+3.1+8B' +
        '&with.implementation=deepspeed-6797&with.kvHeads=8&with.fault=null' +
        '&at=0:3&colourBy=chunk&pick=3:0:5@0:1',
    );
  });

  it('says what the log lets through, as far as it can be read', () => {
    const log = {
      ...ALL_ROWS,
      ranks: '2, x',
      goodRanks: '2',
      kind: 'exception',
      text: '7',
    } as const;
    const text = printLink({ ...STATE, under: 'log', log });
    expect(text).toContain('&under=log&log.ranks=2&log.kind=exception&log.text=7');
    expect(opened(text).view).toMatchObject({ under: 'log', log: { ...log, ranks: '2' } });
  });

  it('carries calls of one’s own', () => {
    const calls = [
      { tensor: 'q', heads: 6, pass: 1 as const },
      { tensor: 'q', heads: 6, pass: 2 as const, to: 'o' },
    ];
    const wanted = { ...DEFAULT_CASE, program: 'mine', calls };
    const text = printLink({ ...STATE, case: wanted });
    expect(text).toContain('program=mine&calls=q:6,q:6:o');
    expect(opened(text).case).toEqual(wanted);
  });

  it('in a layout that its code does not know says in which it is run', () => {
    const { remark, case: wanted } = opened(
      '#v4&implementation=deepspeed-alst&heads=8&sp=4&seq=8&headDim=2&batchDimIdx=0',
    );
    expect(wanted.batchDimIdx).toBe(1);
    expect(remark?.text).toBe('DeepSpeed ALST knows [S, B, H, D] only, and is run in that.');
    expect(
      opened('#v4&implementation=deepspeed-alst&heads=8&sp=4&seq=8&headDim=2&batchDimIdx=1').remark,
    ).toBeUndefined();
  });

  it('reads as it was printed, whatever the case and its partner', () => {
    fc.assert(
      fc.property(anyLinkedCase, fc.option(anyLinkedCase), (wanted, other) => {
        const partner = other === null ? null : { case: other };
        const link = opened(printLink({ ...STATE, case: wanted, partner }));
        expect(link.case).toEqual(wanted);
        expect(link.partner).toEqual(other);
      }),
    );
  });

  it('reads as it was printed, whatever the moment', () => {
    const upTo = (most: number, digits: number, least = 0) =>
      fc
        .integer({ min: least * 10 ** digits, max: most * 10 ** digits })
        .map((units) => Number((units / 10 ** digits).toFixed(digits)));
    const stretch = fc.record({ from: upTo(999_999, 2), to: upTo(999_999, 2) });
    const views = fc.record({
      place: fc.constantFrom(...PLACES),
      colourBy: fc.constantFrom<'head' | 'chunk'>('head', 'chunk'),
      picture: fc.constantFrom<'heads' | 'memory'>('heads', 'memory'),
      side: fc.constantFrom<'why' | 'inspector'>('why', 'inspector'),
      under: fc.constantFrom<'timeline' | 'log'>('timeline', 'log'),
      nearness: fc.option(fc.record({ scale: upTo(9999, 3, 1), x: upTo(1, 5), y: upTo(1, 5) })),
      span: fc.option(fc.record({ time: stretch, lanes: stretch })),
      exhibit: fc.option(fc.constantFrom('6774', 'no-kv-head')),
      log: fc
        .record({
          ranks: fc.constantFrom('', '0', '3', '1-2, 5', '0 2;4–7'),
          call: fc.string({ maxLength: 120, unit: 'binary' }),
          kind: fc.constantFrom('' as const, ...ENTRY_KINDS),
          text: fc.string({ maxLength: 200, unit: 'binary' }),
        })
        .map((filter) => ({ ...filter, goodRanks: filter.ranks })),
      chart: fc.constantFrom(...CHARTS),
      mapNearness: fc.option(fc.record({ scale: upTo(24, 3, 1), x: upTo(1, 5), y: upTo(1, 5) })),
      against: fc.option(fc.constantFrom('verl', 'deepspeed-6797')),
      before: fc.option(
        fc.record(
          {
            condition: fc.string({ minLength: 1, maxLength: 200, unit: 'binary' }),
            guards: fc.dictionary(
              fc.constantFrom('heads-divisible', 'more-heads-than-ranks'),
              fc.string({ minLength: 1, maxLength: 200 }),
            ),
          },
          { requiredKeys: [] },
        ),
      ),
      guard: fc.option(fc.constant('heads-divisible')),
      speed: fc.constantFrom(...SPEEDS),
      modelName: fc.option(fc.string({ maxLength: 120, unit: 'binary' })),
    });
    fc.assert(
      fc.property(anyCase, views, fc.nat(), fc.nat(), (wanted, view, when, which) => {
        const state = { ...shownAt(wanted, 0), ...view };
        const trace = state.shown?.trace;
        if (trace === undefined) throw new Error('it was run');
        const cursor = when % trace.ticks;
        const selection = selectionIn(trace, {
          rank: which % wanted.sp,
          tensor: 0,
          place: 0,
          moment: { call: 0, operation: which % 5 },
        });
        const text = printLink({ ...state, cursor, selection });
        const { moment, modelName, speed, view: seen, selection: picked } = opened(text);
        // Only the museum has exhibits on the screen.
        const exhibit = view.place === 'museum' ? view.exhibit : null;
        expect({ ...seen, speed, modelName }).toEqual({ ...view, exhibit });
        expect(moment).not.toBeNull();
        expect(picked && selectionIn(trace, picked)).toEqual(selection);
        const again = { ...state, selection, cursor: 0 };
        for (const tick of [cursor]) expect(printLink({ ...again, cursor: tick })).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it('has a program for each that there is', () => {
    for (const program of PROGRAMS) {
      const wanted = caseWith({ program, kvHeads: 4 });
      const text = printLink({ ...STATE, case: wanted });
      expect(text).not.toContain('calls');
      expect(opened(text).case).toEqual(wanted);
    }
  });
});

describe('an address of the museum', () => {
  const inMuseum = { ...STATE, place: 'museum' as const, exhibit: '6774' };

  it('is short where it says all, and reads as it was printed', () => {
    for (const { id } of EXHIBITS) {
      expect(printAddress({ ...inMuseum, exhibit: id })).toBe(`museum/${id}`);
      const { view, case: behind } = opened(`#museum/${id}`);
      expect(view).toMatchObject({ place: 'museum', exhibit: id });
      expect(behind).toEqual(DEFAULT_CASE);
    }
    expect(printAddress({ ...inMuseum, exhibit: null })).toBe('museum');
    expect(opened('#museum').view).toMatchObject({ place: 'museum', exhibit: null });
  });

  it('is an ordinary link where there is more to say', () => {
    const own = { ...inMuseum, case: caseWith({ heads: 9 }) };
    expect(printAddress(own)).toMatch(/heads=9.*&place=museum&exhibit=6774$/);
    expect(opened(printAddress(own))).toMatchObject({ case: own.case, view: { exhibit: '6774' } });
    expect(printAddress({ ...inMuseum, colourBy: 'chunk' })).toContain('colourBy=chunk');
    expect(printAddress({ ...inMuseum, place: 'stage' })).not.toContain('6774');
  });

  it('that names no exhibit opens the museum and says what there is', () => {
    const { view, remark } = opened('#museum/1');
    expect(view).toMatchObject({ place: 'museum', exhibit: null });
    expect(remark?.text).toMatch(/^The museum has no exhibit “1”. Its exhibits are 6774, 8291, /);
    expect(opened(`#museum/${'x'.repeat(500)}`).remark?.text).toContain(`“${'x'.repeat(40)}…”`);
  });
});

describe('a link of an older version', () => {
  it('1 opens as it did: the whole case as JSON', () => {
    const { calls: _, ...fields } = caseWith({ heads: 12, batch: 2 });
    expect(opened(`#v1&case=${encodeURIComponent(JSON.stringify(fields))}`)).toMatchObject({
      case: caseWith({ heads: 12, batch: 2 }),
      moment: null,
    });
  });

  it('2 opens as it did, with nothing of what it could not say', () => {
    expect(
      opened('#v2&implementation=verl&heads=8&sp=4&seq=8&headDim=2&at=1:2&under=log'),
    ).toMatchObject({
      case: { implementation: 'verl', heads: 8 },
      moment: { call: 1, operation: 2 },
      view: { under: 'log', log: ALL_ROWS, against: null, mapNearness: null },
      speed: 1,
    });
  });

  it.each([
    ['pass 1 of q', 'forward: pass 1 of q'],
    ['pass 2 of q2', 'forward: pass 2 of o2'],
    ['pass 2 of k', 'backward: gradient of k, pass 2'],
    ['pass 1 of do', 'backward: gradient of o, pass 1'],
    ['pass 2 of mine', 'forward: pass 2 of mine'],
  ])('3 named a call %s, which is %s now', (was, is) => {
    const link = `#v3&heads=8&sp=4&seq=8&headDim=2&implementation=verl&log.call=${was}`;
    expect(opened(link).view?.log).toEqual({ ...ALL_ROWS, call: is });
  });

  it('3 shows the ranks that hang', () => {
    const link = '#v3&heads=8&sp=4&seq=8&headDim=2&implementation=verl&log.kind=waits+for+ever';
    expect(opened(link).view?.log.kind).toBe('hang');
  });

  it('3 opens as it did, with the function alone and nothing of its caller', () => {
    const old = 'implementation=verl&heads=28&kvHeads=4&sp=8&seq=8&headDim=2&program=layerForward';
    const beside = '&with.implementation=deepspeed-8317';
    const { case: wanted, partner } = opened(`#v3&${old}${beside}`);
    expect([wanted.caller, partner?.caller]).toEqual([undefined, undefined]);
    expect(printLink({ ...STATE, case: wanted })).toContain('caller=bypassed');
    const today = opened(`#v4&${old}${beside}`);
    expect([today.case.caller, today.partner?.caller]).toEqual(['published', 'published']);
    expect(printLink({ ...STATE, case: today.case })).not.toContain('caller');
  });

  it('1 is refused by name where it makes no sense', () => {
    expect(refusal('#v1&case=8')).toMatch(/^implementation is missing/);
    expect(refusal('#v1&case={"heads":0}')).toMatch(/^implementation is missing/);
    expect(refusal('#v1&case={"heads":8')).toMatch(/^implementation is missing/);
  });
});

describe('a link that cannot be opened says why', () => {
  const GOOD = 'v4&implementation=deepspeed-6392&heads=8&sp=4&seq=8&headDim=2';
  it('opens, without these faults', () => expect(refusal(GOOD)).toBe('opened'));

  it.each<[string, RegExp]>([
    ['#top', /none of Rankscope’s: those begin with #v4/],
    ['#v5&heads=8', /of version 5; this Rankscope reads up to 4/],
    ['#v0&heads=8', /none of Rankscope’s/],
    [
      `#${GOOD.replace('heads=8', 'heads=0')}`,
      /heads is 0; it must be a whole number from 1 to 1024/,
    ],
    [`#${GOOD.replace('heads=8', 'heads')}`, /“heads” has no value/],
    [`#${GOOD}&heads=9`, /heads is given twice/],
    [`#${GOOD}&heads.of=9`, /heads.of is given twice/],
    [`#${GOOD}&colour=chunk`, /colour is no field of a case/],
    [`#${GOOD}&colourBy=red`, /colourBy is "red"; allowed are head, chunk/],
    [`#${GOOD}&place=moon`, /place is "moon"; allowed are stage, map, museum, lessons/],
    [`#${GOOD}&exhibit=1`, /exhibit is "1"; allowed are 6774, /],
    [`#${GOOD}&log.kind=cat`, /log.kind is "cat"; allowed are input, local/],
    [`#${GOOD}&log.ranks=5-2`, /log.ranks: 5-2 runs backwards; it is written as 2-5/],
    [
      `#${GOOD}&log.text=${'m'.repeat(201)}`,
      /log.text is "m+…; it is a text of at most 200 letters/,
    ],
    [`#${GOOD}&log.colour=red`, /log has ranks, call, kind and text/],
    [`#${GOOD}&chart=pie`, /chart is "pie"; allowed are fields, degrees/],
    [`#${GOOD}&against=mine`, /against is "mine"; allowed are deepspeed-/],
    [`#${GOOD}&guard=dog`, /guard is "dog"; allowed are /],
    [`#${GOOD}&mapNearness=near`, /mapNearness is "near"; it should be like 2.5:0.5:0.41/],
    [`#${GOOD}&speed=3`, /speed is 3; allowed are 0.25, 0.5, 1, 2, 4/],
    [`#${GOOD}&at=7`, /at is 7; it should be like 1:12/],
    [`#${GOOD}&pick=1:2`, /pick is "1:2"; it should be like 3:0:17@1:12/],
    [`#${GOOD}&with.sp=-1`, /with\.sp is -1/],
    [`#${GOOD}&with=2`, /with\.with is no field/],
    [`#${GOOD}&calls=q:8:o`, /no pass 1 of it stands before/],
    [`#${GOOD}&calls=q`, /calls\[0\] is "q"/],
    [`#${GOOD}&__proto__.heads=9`, /__proto__ is no field of a case/],
    [`#${GOOD}&model=%E0%A4`, /“model=%E0%A4” is cut off within a letter/],
    [
      `#${GOOD.replace('headDim=2', 'headDim=512').replace('seq=8', 'seq=65536')}`,
      /would hold about/,
    ],
    [`#${GOOD}&model=${'m'.repeat(20_000)}`, /it has 20,0\d\d letters; at most 16,384 are read/],
  ])('%#', (fragment, reason) => expect(refusal(fragment)).toMatch(reason));

  it('and never throws, whatever the letters', () => {
    const letters = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            'v4',
            '&',
            '=',
            '.',
            '%',
            '%7B',
            '[',
            '{',
            '}',
            ']',
            '"',
            'case',
            'heads',
            'with',
            'at',
            'pick',
            'calls',
            '8',
            ':',
            '@',
            '__proto__',
            'null',
          ),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(fc.constantFrom('', '#', '#v1&', '#v4&', `#${GOOD}&`), letters, (start, rest) => {
        const read = readLink(start + rest);
        expect(read.ok || read.message.length > 0).toBe(true);
      }),
      { numRuns: 2000 },
    );
    for (const deep of [
      '['.repeat(16_000),
      `${'['.repeat(8000)}${']'.repeat(8000)}`,
      'a.'.repeat(8000),
    ]) {
      expect(readLink(`#v1&case=${deep}`).ok).toBe(false);
      expect(readLink(`#v4&${deep}=1`).ok).toBe(false);
    }
  });
});

describe('a link of version 3 to two models', () => {
  const link =
    '#v3&implementation=deepspeed-6797&heads=28&kvHeads=16&sp=8&seq=8&headDim=2&program=twoModels';

  it('still runs each once, where today’s program has them take turns', () => {
    const { calls } = opened(link).case;
    expect(calls.map((call) => [call.tensor, call.heads, call.pass])).toEqual([
      ['q', 28, 1],
      ['q', 28, 2],
      ['r', 16, 1],
      ['r', 16, 2],
    ]);
    expect(opened(link.replace('#v3', '#v4')).case.calls).toHaveLength(8);
  });
});
