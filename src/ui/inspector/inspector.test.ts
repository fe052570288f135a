import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { IMPLEMENTATIONS } from '../../core/programs/implementations/index.ts';
import { evaluate } from '../../core/python/condition/evaluate.ts';
import { sourceLines } from '../../core/recording/source.ts';
import { anyCase, caseWith, runOf, runWith } from '../../core/world/testing.ts';
import { meetingsOf } from '../../trace/meetings.ts';
import { momentsOf } from '../../trace/moment.ts';
import { journeyOf } from '../../trace/provenance.ts';
import { mergeTrace } from '../../trace/trace.ts';
import { decidingPart, decisive, unaskedText } from './deciding.ts';
import { inspect, rankConcerned } from './inspected.ts';
import { amountText } from './measures.ts';
import { listingOf } from './source-text.ts';
import { splitsOf, trafficOf } from './splits.ts';
import { heldAt, whereaboutsOf } from './whereabouts.ts';

describe('the step under the cursor', () => {
  const uneven = mergeTrace(
    runWith({
      implementation: 'deepspeed-6797',
      sp: 2,
      heads: 9,
      kvHeads: 1,
      program: 'layerForward',
      caller: 'bypassed',
    }),
  );

  it('is told once for ranks that do the same', () => {
    const trace = mergeTrace(runWith({}));
    const { idle, groups } = inspect(trace, 3, 2);
    expect(idle).toBe(false);
    expect(groups.map(({ ranks }) => ranks)).toEqual([[0, 1, 2, 3]]);
  });

  it('is told apart where ranks do different things, the rank that is looked at first', () => {
    const last = uneven.ticks - 1;
    const groups = inspect(uneven, last, 1).groups.map(({ ranks }) => ranks);
    expect(groups[0]).toContain(1);
    expect(new Set(groups.flat())).toEqual(
      new Set(at(momentsOf(uneven), last).events.map(({ rank }) => rank)),
    );
  });

  it('is of the rank that is followed where that does anything, else of one that does', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), fc.nat(), (wanted, some, wish) => {
        const trace = mergeTrace(runOf(wanted));
        const tick = some % trace.ticks;
        const rank = rankConcerned(trace, tick, wish % wanted.sp);
        const { together, placed } = inspect(trace, tick, rank);
        expect(together.at(-1)).toBe(placed);
        const { events } = at(momentsOf(trace), tick);
        if (events.some((one) => one.rank === wish % wanted.sp))
          expect(rank).toBe(wish % wanted.sp);
      }),
      { numRuns: 40 },
    );
  });
});

describe('what is sent and expected', () => {
  it('names the pairs of issue #6774 that disagree with 20 heads', () => {
    const trace = mergeTrace(runWith({ heads: 20, seq: 16 }));
    const meeting = at(meetingsOf(trace), 1);
    const splits = splitsOf(meeting);
    expect(splits).toMatchObject({ disagreeing: 6, largest: 80 });
    expect(splits.pairs[0]).toEqual({ source: 0, destination: 1, sent: 40, expected: 80 });
    expect(trafficOf(splits, 0)).toEqual({ sends: 160, expects: 100, own: 40 });
  });

  it('is what the ranks themselves found', () => {
    fc.assert(
      fc.property(anyCase, (wanted) => {
        const trace = mergeTrace(runOf(wanted));
        for (const meeting of meetingsOf(trace)) {
          const { pairs, disagreeing } = splitsOf(meeting);
          const [outcome] = meeting.outcomes;
          if (outcome?.event.kind === 'mismatched') expect(pairs).toEqual(outcome.event.pairs);
          if (outcome?.event.kind === 'received') expect(disagreeing).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is told in elements and bytes', () => {
    expect(amountText(1)).toBe('1 element, 4 B');
    expect(amountText(384)).toBe('384 elements, 1.5 KiB');
  });
});

describe('what decided a condition', () => {
  const scope = { a: 2, b: null, c: 0, num_heads: 7 };

  it.each([
    ['b is not None or a % 2 != 1', 'a % 2 != 1', ''],
    ['a == 2 or b is None', 'a == 2', 'b is None'],
    ['c != 0 and a == 2', 'c != 0', 'a == 2'],
    ['not a == 2', 'a == 2', ''],
    ['b is not None or (a == 2 and not c < 2)', 'c < 2', ''],
    ['a == 2', 'a == 2', ''],
    ['num_heads % a != 0 and not a < 2', 'num_heads % a != 0', ''],
    ['num_heads > 9 or (num_heads % a != 0 and a < 2)', 'num_heads > 9', ''],
    ['b is None and num_heads == 7', 'num_heads == 7', ''],
  ])('%s', (text, decided, unasked) => {
    const evaluation = evaluate(text, scope);
    const part = decidingPart(text, evaluation);
    expect(part && text.slice(part.from, part.to)).toBe(decided);
    expect(unaskedText(text, evaluation)).toBe(unasked);
  });

  it('is an operand that, turned, turns the answer', () => {
    const leaf = fc.constantFrom(
      'a == 2',
      'a < 2',
      'b is None',
      'c != 0',
      'num_heads % a != 0',
      'num_heads > 9',
    );
    const { condition } = fc.letrec<{ condition: string }>((tie) => ({
      condition: fc.oneof(
        { depthSize: 'small' },
        leaf,
        tie('condition').map((inner) => `not (${inner})`),
        fc
          .tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition'))
          .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
      ),
    }));
    fc.assert(
      fc.property(condition, (text) => {
        const evaluation = evaluate(text, scope);
        const operands = decisive(evaluation.parts, evaluation.parts.length - 1);
        expect(operands.length).toBeGreaterThan(0);
        // What was never asked could answer otherwise than what was.
        const asked = evaluation.parts.filter(({ kind }) => kind === 'comparison').length;
        const all = text.split(/ and | or /).length;
        for (const { from, to } of asked === all ? operands : []) {
          const turned = `${text.slice(0, from)}not (${text.slice(from, to)})${text.slice(to)}`;
          const within = to - from === text.length ? `not (${text})` : turned;
          expect(evaluate(within, scope).truth).toBe(!evaluation.truth);
        }
        const part = decidingPart(text, evaluation);
        expect(operands).toContainEqual(part);
        const headed = operands.some((one) => text.slice(one.from, one.to).includes('num_heads'));
        expect(part !== null && text.slice(part.from, part.to).includes('num_heads')).toBe(headed);
      }),
      { numRuns: 300 },
    );
  });
});

describe('where an element should be', () => {
  it('is where it is returned, in a run that is fine', () => {
    const trace = mergeTrace(runWith({ implementation: 'deepspeed-6797' }));
    const journey = journeyOf(trace, { tick: 0, rank: 1, tensor: 0, place: 0 });
    if (journey === null) throw new Error('an element is there');
    const there = whereaboutsOf(journey, 0);
    expect(there).toMatchObject({
      call: 0,
      right: true,
      belongs: [{ rank: 0, index: [0, 2, 0, 0] }],
    });
    const back = whereaboutsOf(journey, trace.ticks - 1);
    expect(back).toMatchObject({
      call: 1,
      right: true,
      belongs: [{ rank: 1, index: [0, 0, 0, 0] }],
    });
  });

  it('is not told while ranks stand before they know', () => {
    const wanted = caseWith({ implementation: 'deepspeed-6797' });
    const until = { call: 1, last: { what: 'called', count: 1 } };
    const trace = mergeTrace(runOf(wanted, until));
    const journey = journeyOf(trace, { tick: 0, rank: 1, tensor: 0, place: 0 });
    if (journey === null) throw new Error('an element is there');
    expect(whereaboutsOf(journey, 0)).toMatchObject({ ahead: false, right: true });
    const now = whereaboutsOf(journey, trace.ticks - 1);
    expect(now).toMatchObject({ call: 1, ahead: true, belongs: [], returned: null });
  });

  it('is another place where it is misplaced, whose own element is found', () => {
    const trace = mergeTrace(
      runWith({ implementation: 'deepspeed-8342', program: 'layerForwardBackward' }),
    );
    const call = trace.recording.contract.calls.findIndex(
      (one) => one.pass === 2 && one.to === 'dq',
    );
    const tick = at(trace.calls, call).last;
    const misplaced = [...Array(32).keys()]
      .map((place) => journeyOf(trace, { tick, rank: 0, tensor: 0, place }))
      .filter((journey) => journey !== null)
      .map((journey) => whereaboutsOf(journey, tick))
      .filter(({ right }) => right === false);
    expect(misplaced.length).toBeGreaterThan(0);
    for (const { instead, returned, belongs } of misplaced) {
      expect(instead).not.toBeNull();
      expect(belongs.length).toBeGreaterThan(0);
      const held = instead === null ? [] : heldAt(trace, tick, call, instead.id);
      expect(held.length).toBeGreaterThan(0);
      expect(held).not.toContainEqual({ rank: 0, tensor: 0, place: returned?.place });
    }
  });
});

describe('the listing', () => {
  it('has the text of every file that runs', () => {
    for (const { id, layouts } of IMPLEMENTATIONS) {
      const batchDimIdx = layouts[0] ?? 0;
      for (const { events } of runWith({ implementation: id, batchDimIdx }).ranks) {
        for (const { source } of events) {
          for (const { file, line } of source === undefined ? [] : sourceLines(source)) {
            const text = listingOf(file)
              ?.[line - 1]?.map((stretch) => stretch.text)
              .join('');
            expect(text).toMatch(/[(=]|yield|return/);
          }
        }
      }
    }
  });

  it('is the file, letter by letter, coloured', () => {
    const lines = listingOf('exchange') ?? [];
    expect(lines.map((line) => line.map(({ text }) => text).join('')).at(-1)).toBe('}');
    const roles = new Set(lines.flat().map(({ role }) => role));
    for (const role of ['keyword', 'comment', 'text', 'type']) expect(roles).toContain(role);
    expect(listingOf('no-such-file')).toBeNull();
  });
});
