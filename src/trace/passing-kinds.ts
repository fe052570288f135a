import { assert } from '../base/assert.ts';
import { product, sum } from '../base/numbers.ts';
import { type EventKindTable, type Said, shapeFact, type Where } from './event-kind.ts';
import { collectiveText } from './shapes-text.ts';
import { departureOf } from './wronged.ts';

/** What passes between ranks and calls. */
export const PASSING_KINDS = {
  offered: {
    title: 'offer',
    order: { from: ['in a call'], to: 'at a collective' },
    check({ inputs }, lane) {
      lane.made(inputs, 'inputs');
      lane.distinct(inputs, 'inputs');
    },
    before: ({ inputs }) => inputs,
    handsOn: true,
    effect: { exchanges: true, status: 'waiting' },
    weight: 5,
    pace: () => ({ motion: 300, rest: 150 }),
    operation: ({ collective }) => collective.kind,
    does: ({ collective }) => `calls ${collective.kind}`,
    says: ({ sends, collective }) => ({ sent: sum(sends), note: collectiveText(collective) }),
    names: ({ collective }) => [collective.kind, 'all-to-all', 'a2a'],
    term: ({ collective }) => collective.kind,
    mark: () => 'offer',
    strip: ({ collective }, { waits }) =>
      waits ? { tone: 'waits', texts: [`waits in ${collective.kind}`, 'waits'] } : null,
    facts: ['tensors', 'exchange'],
    memory: () => 'What is handed to the collective stays where it is until all have come.',
    // The two forms of an all-to-all do the same; gathering numbers is something else.
    signature: ({ collective }) =>
      collective.kind === 'all_gather' ? 'offered numbers' : 'offered',
    worth: 1000,
    differs: ({ sends, expects }) => ({
      sizes: {
        compared: [...sends, ...expects],
        told: () =>
          sends.length === 0
            ? 'cannot cut its tensors for its peers'
            : `sends ${countsText(sends)} and expects ${countsText(expects)}`,
      },
    }),
  },
  received: {
    title: 'landing',
    order: { from: ['at a collective'], to: 'in a call' },
    check({ outputs }, lane) {
      // The buffers that were handed over are filled, and were there before.
      lane.made(outputs, 'outputs');
      lane.distinct(outputs, 'outputs');
      lane.makes(outputs);
    },
    after: ({ outputs }) => outputs,
    effect: { replaces: 'what was offered', exchanges: true, status: 'working' },
    weight: 6,
    pace: () => ({ motion: 900, rest: 350 }),
    operation: () => 'the pieces land',
    does: () => 'receives its pieces',
    says(_, { trace, rank, placed }) {
      const offer = trace.lanes[rank]?.[placed.index - 1]?.event;
      assert(offer?.kind === 'offered', 'a landing follows its offer');
      return { received: sum(offer.expects) };
    },
    names: () => ['lands'],
    // It has the arrows of what lands before it.
    letters: 4,
    mark: () => 'landing',
    facts: ['tensors', 'exchange'],
    memory: (_, amount) => `${amount} landed.`,
    signature: ({ outputs }) => (outputs.length === 0 ? 'received numbers' : 'received'),
    worth: 1000,
    differs: ({ outputs }) => ({ shape: shapeFact('receives', outputs) }),
  },
  attended: {
    title: 'attention',
    order: { from: ['in a call'] },
    check({ query, problem, full, causal }, lane) {
      lane.inside([query], 'query');
      const wanted = problem === null ? product(query.shape) : 0;
      lane.holds(
        full.length === wanted && causal.length === wanted,
        `attends to ${full.length} and ${causal.length} elements of ${wanted}`,
      );
    },
    looksAt: ({ query }) => [query],
    effect: {},
    weight: 3,
    isWrong: ({ problem }) => problem !== null,
    pace: () => ({ motion: 100, rest: 350 }),
    operation: () => ATTENTION,
    does: () => `does ${ATTENTION}`,
    says: ({ problem }) => (problem === null ? {} : { note: problem, fails: true }),
    names: () => ['attention'],
    term: () => 'attention',
    mark: () => 'attention',
    facts: ['tensors together'],
    memory: ({ problem }) =>
      problem === null
        ? 'Every rank attends to what it holds between the passes.'
        : `It cannot attend: ${problem}.`,
    worth: 100,
    differs: ({ problem }) => ({
      error: {
        compared: [problem],
        told: () => (problem === null ? 'can attend' : `cannot attend: ${problem}`),
      },
    }),
  },
  returned: {
    title: 'return',
    order: { from: ['in a call'], to: 'between calls' },
    check({ output }, lane) {
      lane.made([output], 'output');
      lane.leaves(output);
    },
    after: ({ output }) => [output],
    handsOn: true,
    effect: { replaces: 'everything', status: 'returned' },
    weight: 2,
    isWrong: (_, where) => departureOf(where) !== undefined,
    pace: () => ({ motion: 150, rest: 450 }),
    operation: ({ output }) => `return [${output.shape.join(', ')}]`,
    does: ({ output }) => `returns [${output.shape.join(', ')}]`,
    says: (_, where) => departureSaid(where),
    names: () => [''],
    mark: () => 'edge',
    facts: ['tensors together'],
    worth: 1000,
    differs: ({ output }) => ({ shape: shapeFact('returns', [output]) }),
  },
} as const satisfies Partial<EventKindTable>;

const ATTENTION = 'softmax attention on its own heads';

/** How what a call returned departs from what it should have. */
function departureSaid(where: Where): Said {
  const one = departureOf(where);
  if (one === undefined) return {};
  if (one.wrongElements > 0) {
    return { note: `${one.wrongElements} of ${one.elements} elements are wrong`, fails: true };
  }
  return {
    note: `should be ${one.should === null ? 'whole heads' : `[${one.should.join(', ')}]`}`,
    fails: true,
  };
}

/** "4 elements a peer", "8 · 8 · 4 · 0 elements" */
function countsText(counts: readonly number[]): string {
  const [first] = counts;
  const even = counts.every((count) => count === first);
  return even ? `${first} elements a peer` : `${counts.join(' · ')} elements`;
}
