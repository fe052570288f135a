import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import { type Case, KV_REPEATS, PROGRAMS } from '../../core/contract/case.ts';
import { judge } from '../../core/judge/checks/index.ts';
import { explain } from '../../core/judge/explain/explain.ts';
import { VERDICTS } from '../../core/judge/finding.ts';
import { findImplementation, IMPLEMENTATIONS } from '../../core/programs/implementations/index.ts';
import { runWorld } from '../../core/world/world.ts';
import { judgeCase, judgeField, NO_MODEL, severityIn, tellCase, verdictOf } from './judge-field.ts';
import { casesWork, portionsOf } from './order.ts';
import { formulaText, patternOf } from './pattern.ts';
import {
  caseOf,
  type Field,
  fieldAt,
  indexOf,
  type MapExtent,
  type MapSetting,
  meetsItsLayout,
} from './setting.ts';
import { patternsOf, sheetOf, withFields } from './sheet.ts';

const SMALL: MapExtent = { heads: 12, sp: 6 };

const ROUND_TRIP: MapSetting = {
  implementation: 'deepspeed-6392',
  program: 'roundTrip',
  batch: 2,
  batchDimIdx: 1,
  numKvHeadsBefore: null,
  kvRatio: 1,
};

/** Ranks disagree, raises, silently wrong, wrong shape, unbalanced, fine. */
const LETTERS = ['D', 'r', 's', 'w', 'u', '.'];

/** A row an SP degree, a column a head count, a letter a field. */
function picture(setting: MapSetting, extent: MapExtent): string[] {
  return range(extent.sp).map((row) =>
    range(extent.heads)
      .map((column) => judgeField(setting, { heads: column + 1, sp: row + 1 }))
      .map((value) => (value === NO_MODEL ? '-' : at(LETTERS, value)))
      .join(''),
  );
}

const SEEN = [
  '............',
  'rr...D...D..',
  'rrr..r.....D',
  'rrrr...r...r',
  'rrrrr....r..',
  'rrrrrr.....r',
];

/** Whether a formula holds, "P = 1 or (H % P ≠ 0 and H > P)": read as it stands, apart from the code. */
function holds(formula: string, field: Field): boolean {
  return formula
    .split(' or ')
    .map((part) => part.replace(/^\((?!H\/P\) %)(.*)\)$/, '$1'))
    .some((part) => part.split(' and ').every((statement) => isTrue(statement, field)));
}

/** "(H/P) % P ≠ 0" */
function isTrue(statement: string, { heads: H, sp: P }: Field): boolean {
  const [, left = '', sign = '', right = ''] = /^(.+) ([=≠<>≤≥]) (\S+)$/.exec(statement) ?? [];
  const plain = (word: string): number =>
    ({ H, P, '(H/P)': Math.floor(H / P) })[word] ?? Number(word);
  const [dividend = '', divisor] = left.split(' % ');
  const value = divisor === undefined ? plain(dividend) : plain(dividend) % plain(divisor);
  const order = Math.sign(value - plain(right));
  const held = { '=': [0], '≠': [-1, 1], '<': [-1], '>': [1], '≤': [-1, 0], '≥': [0, 1] }[sign];
  if (held === undefined || Number.isNaN(order)) throw new Error(`no statement: ${statement}`);
  return held.includes(order);
}

describe('a map', () => {
  it('shows where 0.15.4 fails: wherever P divides H and then does not divide H/P', () => {
    expect(picture(ROUND_TRIP, SMALL)).toEqual(SEEN);
    const bad = (index: number) =>
      judgeField(ROUND_TRIP, fieldAt(SMALL, index)) < VERDICTS.indexOf('unbalanced');
    const formula = 'H < P or (H % P = 0 and (H/P) % P ≠ 0)';
    expect(patternOf(SMALL, bad)).toEqual({ kind: 'exact', formula });
  });

  it('leaves out models that there are not', () => {
    expect(picture({ ...ROUND_TRIP, kvRatio: 4 }, { heads: 8, sp: 1 })).toEqual(['---.---.']);
    expect(caseOf({ ...ROUND_TRIP, kvRatio: 4 }, { heads: 3, sp: 1 })).toBeNull();
  });

  it('tells a field in a sentence', () => {
    const wanted = caseOf(ROUND_TRIP, { heads: 8, sp: 4 });
    expect(wanted && tellCase(wanted)).toMatchObject({
      verdict: 'raises',
      headline: expect.stringMatching(/^Pass 2 mistakes an evenly split model for an uneven one/),
    });
  });

  it('numbers its fields, and back', () => {
    for (const index of range(SMALL.heads * SMALL.sp)) {
      expect(indexOf(SMALL, fieldAt(SMALL, index))).toBe(index);
    }
  });

  it('fills from the viewer’s place outwards, every field once', () => {
    const portions = portionsOf(SMALL, { heads: 8, sp: 4 }, 10);
    expect(portions[0]?.[0]).toBe(indexOf(SMALL, { heads: 8, sp: 4 }));
    expect(portions.flat().toSorted((a, b) => a - b)).toEqual(range(72));
    expect(portions.every((portion) => portion.length <= 10)).toBe(true);
  });

  it('goes on where it was stopped, under the same setting', () => {
    const begun = sheetOf(ROUND_TRIP, null);
    const fields = at(portionsOf(begun.extent, { heads: 8, sp: 4 }, 10), 0);
    const values = new Uint8Array(10).fill(2);
    const stopped = withFields(begun, [{ fields, values }]);
    const again = sheetOf({ ...ROUND_TRIP }, stopped);
    const left = portionsOf(again.extent, { heads: 8, sp: 4 }, 10, again.known).flat();
    expect([again.judged, left.length]).toEqual([10, 8182]);
    expect(fields.some((field) => left.includes(field))).toBe(false);
    // Of another setting nothing is known, and the old picture stays until it is replaced.
    const other = sheetOf({ ...ROUND_TRIP, condition: 'True' }, stopped);
    expect([other.judged, at(other.values, at(fields, 0))]).toEqual([0, 2]);
    expect(portionsOf(other.extent, { heads: 8, sp: 4 }, 10, other.known).flat()).toHaveLength(
      8192,
    );
  });

  it('gives the cases of a table out in portions that grow smaller, every case once', () => {
    const one = caseOf(ROUND_TRIP, { heads: 8, sp: 4 });
    const cases = range(500).map(() => ({ ...one }) as Case);
    const work = casesWork(cases);
    expect(work.flatMap((portion) => portion.cases)).toEqual(cases);
    const sizes = work.slice(0, -1).map((portion) => portion.cases.length);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  });
});

describe('a pattern', () => {
  const marked = (holds: (heads: number, sp: number) => boolean) => (index: number) => {
    const { heads, sp } = fieldAt(SMALL, index);
    return holds(heads, sp);
  };

  it('is the shortest formula for just the marked fields', () => {
    expect(
      patternOf(
        SMALL,
        marked((H, P) => H < P),
      ),
    ).toEqual({ kind: 'exact', formula: 'H < P' });
    expect(
      patternOf(
        SMALL,
        marked((H, P) => H % P !== 0 && H > P),
      ),
    ).toEqual({ kind: 'exact', formula: 'H % P ≠ 0 and H > P' });
    expect(patternOf(SMALL, () => true)).toEqual({ kind: 'exact', formula: 'every cell' });
    expect(patternOf(SMALL, () => false)).toEqual({ kind: 'none' });
  });

  it('joins two where one does not do', () => {
    expect(
      patternOf(
        SMALL,
        marked((H, P) => P === 1 || (H % P !== 0 && H > P)),
      ),
    ).toEqual({ kind: 'exact', formula: 'P = 1 or (H % P ≠ 0 and H > P)' });
  });

  it('is told of a verdict where there is none of all that is bad', () => {
    const [raises, silent, fine] = [1, 2, 5];
    const values = Uint8Array.from(range(SMALL.heads * SMALL.sp), (index) => {
      const { heads, sp } = fieldAt(SMALL, index);
      if (heads < sp) return raises;
      return index === 34 || index === 57 ? silent : fine;
    });
    expect(patternsOf({ extent: SMALL, values })).toEqual({
      bad: null,
      near: null,
      verdicts: [{ verdict: 'raises', formula: 'H < P' }],
    });
  });

  it('is claimed only of every marked field and of no other, or with the exceptions counted', () => {
    const kinds = fc.array(fc.boolean(), { minLength: 8, maxLength: 8 });
    const odd = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(kinds, odd, (bad, departing) => {
        const mark = (index: number) => {
          const { heads, sp } = fieldAt(SMALL, index);
          const kind = Number(heads % sp === 0) + 2 * Number(heads < sp) + 4 * (sp % 2);
          return bad[kind] !== (departing === index);
        };
        const found = patternOf(SMALL, mark);
        fc.pre(found.kind !== 'none' && found.formula !== 'every cell');
        const fields = range(SMALL.heads * SMALL.sp);
        const says = (index: number) => holds(found.formula, fieldAt(SMALL, index));
        const missed = fields.filter((index) => mark(index) && !says(index)).length;
        const extra = fields.filter((index) => !mark(index) && says(index)).length;
        const told = found.kind === 'near' ? found : { missed: 0, extra: 0 };
        expect({ missed, extra }).toEqual({ missed: told.missed, extra: told.extra });
        expect(found.kind === 'near').toBe(missed + extra > 0);
      }),
    );
  });

  it('is near where a single field departs from it', () => {
    const nearly = (index: number) => {
      const { heads, sp } = fieldAt(SMALL, index);
      return heads % sp === 0 && !(heads === 12 && sp === 4);
    };
    const near = { formula: 'H % P = 0', missed: 0, extra: 1 };
    expect(patternOf(SMALL, nearly)).toEqual({ kind: 'near', ...near });
    expect(formulaText({ bad: null, near, verdicts: [] })).toBe(
      'H % P = 0, all but 1: 1 of these does not',
    );
  });

  it('is no formula where none comes near', () => {
    const random = (index: number) => (index * 7919) % 13 < 5;
    expect(patternOf(SMALL, random)).toEqual({ kind: 'none' });
  });
});

describe('a field judged fast', () => {
  /**
   * Every rank run for itself, and asked for itself by every check; by attention's numbers only where a code
   * meets what it is not written for.
   */
  function judgedSlowly(wanted: Case) {
    const implementation = findImplementation(wanted.implementation);
    if (implementation === undefined) throw new Error(`no ${wanted.implementation}`);
    const recording = runWorld(wanted, implementation, {
      attention: !meetsItsLayout(wanted),
    });
    const { verdict, severity, findings } = judge(recording);
    const { short, headline } = explain(recording, findings, verdict);
    return { verdict, severity, short, headline };
  }

  it.each(IMPLEMENTATIONS.map(({ id }) => id))(
    'comes to what each rank’s run comes to: %s',
    (id) => {
      const anySetting: fc.Arbitrary<MapSetting> = fc.record(
        {
          implementation: fc.constant(id),
          program: fc.constantFrom(...PROGRAMS),
          batch: fc.integer({ min: 1, max: 2 }),
          batchDimIdx: fc.constantFrom<0 | 1>(0, 1),
          numKvHeadsBefore: fc.option(fc.integer({ min: 1, max: 9 })),
          kvRatio: fc.constantFrom(1, 1, 2, 4),
          kvRepeat: fc.constantFrom(...KV_REPEATS),
          caller: fc.constant('published' as const),
          gatherIdx: fc.constantFrom<0 | 1>(0, 1),
        },
        {
          requiredKeys: [
            'implementation',
            'program',
            'batch',
            'batchDimIdx',
            'numKvHeadsBefore',
            'kvRatio',
          ],
        },
      );
      const anyField = fc.record({
        heads: fc.integer({ min: 1, max: 24 }),
        sp: fc.integer({ min: 1, max: 12 }),
      });
      fc.assert(
        fc.property(anySetting, anyField, (setting, field) => {
          const wanted = caseOf(setting, field);
          fc.pre(wanted !== null);
          const slowly = judgedSlowly(wanted);
          expect({ ...judgeCase(wanted), ...tellCase(wanted) }).toEqual(slowly);
          const value = judgeField(setting, field);
          expect([verdictOf(value), severityIn(value)]).toEqual([slowly.verdict, slowly.severity]);
        }),
        { numRuns: 25 },
      );
    },
  );
});
