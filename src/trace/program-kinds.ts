import { product, sum } from '../base/numbers.ts';
import { operandsIn, operandsOf } from '../core/recording/decision.ts';
import { OPERATIONS } from '../core/tensor/operations.ts';
import { decidedBy } from './decided-by.ts';
import { type EventKindTable, type EventOf, shapeFact } from './event-kind.ts';

/** What a rank does in its program by itself. */
export const PROGRAM_KINDS = {
  called: {
    title: 'input',
    order: { from: ['between calls'], to: 'in a call' },
    check: (event, lane) => lane.begins(event),
    after: ({ input }) => [input],
    effect: { replaces: 'everything', status: 'working' },
    headCount: ({ numKvHeads }) => numKvHeads,
    weight: 1,
    pace: () => ({ motion: 250, rest: 250 }),
    operation: () => 'input',
    does: () => 'begins the call',
    says: ({ numKvHeads }) =>
      numKvHeads === null ? {} : { note: `meets a head count of ${numKvHeads}` },
    names: () => [''],
    mark: () => 'edge',
    facts: ['tensors', 'head count'],
    worth: 1000,
    differs: ({ input, numKvHeads }) => ({
      shape: shapeFact('is given', [input]),
      'head count': {
        compared: [numKvHeads],
        told: () =>
          numKvHeads === null ? 'meets no head count' : `meets a head count of ${numKvHeads}`,
      },
    }),
  },
  local: {
    title: 'local',
    order: { from: ['in a call'] },
    check(event, lane) {
      lane.made(event.inputs, 'inputs');
      lane.inside(event.outputs, 'outputs');
      lane.performs(event);
      lane.makes(event.outputs);
    },
    before: ({ inputs }) => inputs,
    after: ({ outputs }) => outputs,
    moves: ({ moved }) => moved,
    effect: { replaces: 'what it takes' },
    weight: 0,
    pace: (moved) => (moved ? { motion: 320, rest: 80 } : { motion: 200, rest: 30 }),
    operation: operationText,
    does: (event) => `does ${operationText(event)}`,
    says({ outputs, moved }) {
      const elements = sum(outputs.map(({ shape }) => product(shape)));
      return { note: moved ? `copies ${elements} elements` : 'nothing moves in memory' };
    },
    names: ({ name }) => [name],
    term: ({ name }) => name,
    mark: ({ moved }) => (moved ? 'copy' : 'view'),
    facts: ['tensors together'],
    memory({ inputs, moved }, amount) {
      if (inputs.length === 0) return `A buffer is made: ${amount}.`;
      return moved
        ? `Memory moves: ${amount} are copied into a new storage.`
        : 'Nothing moves in memory: what comes out is a view of what went in.';
    },
    signature: ({ name }) => `local ${name}`,
    differs: (event) => ({
      shape: shapeFact('makes', event.outputs),
      arguments: { compared: event.args, told: () => `does ${operationText(event)}` },
      memory: {
        compared: [event.moved],
        told: () => (event.moved ? 'copies the elements' : 'leaves the elements where they are'),
      },
    }),
  },
  decided: {
    title: 'decision',
    order: { from: ['in a call'] },
    check: ({ condition, evaluation }, lane) => lane.spans(condition, evaluation.parts),
    effect: {},
    weight: 3,
    pace: () => TO_READ,
    operation: ({ condition }) => `if ${condition}`,
    does: ({ condition }) => `asks whether ${condition}`,
    says: ({ condition, evaluation, branch }) => ({
      note: `${operandsIn(condition, evaluation.parts)}: ${branch} path`,
    }),
    names: (event) => [decidedBy(event), 'if'],
    term: () => 'condition',
    mark: () => 'decision',
    strip(event) {
      const texts = [`${decidedBy(event)} → ${event.branch}`, `→ ${event.branch}`];
      return { tone: 'decision', texts };
    },
    facts: ['decision', 'head count'],
    worth: 100,
    differs: (event) => ({
      decision: {
        compared: [event.branch],
        told: () => `decides ${event.branch} (${operandsOf({ decided: event })})`,
      },
    }),
  },
  guarded: {
    title: 'assertion',
    order: { from: ['in a call'] },
    check: ({ condition, evaluation }, lane) => lane.spans(condition, evaluation.parts),
    effect: {},
    weight: 3,
    pace: () => TO_READ,
    operation: ({ condition }) => `assert ${condition}`,
    does: ({ condition }) => `asserts ${condition}`,
    says: ({ held }) => (held ? { note: 'holds' } : { note: 'does not hold', fails: true }),
    names: () => ['assert'],
    term: () => 'guard',
    mark: ({ held }) => (held ? 'decision' : 'fault'),
    strip(event) {
      const asked = decidedBy(event, true);
      if (event.held) return { tone: 'holds', texts: [`✓ ${asked}`, '✓ holds'] };
      return { tone: 'fault', texts: [`✕ ${asked} does not hold`, `✕ ${asked}`, '✕ assert'] };
    },
    facts: ['decision', 'head count'],
    worth: 100,
    differs: ({ held }) => ({
      decision: {
        compared: [held],
        told: () => `finds its assertion ${held ? 'true' : 'false'}`,
      },
    }),
  },
  remembered: {
    title: 'head count',
    order: { from: ['in a call'] },
    effect: {},
    headCount: ({ after }) => after,
    weight: 4,
    pace: () => TO_READ,
    operation: ({ after }) => `set_num_kv_heads(${after})`,
    does: ({ after }) => `sets the head count to ${after}`,
    says: ({ before }) => ({ note: before === null ? 'was unset' : `was ${before}` }),
    names: ({ after }) => [`heads ${after}`],
    term: () => 'head count',
    mark: () => 'decision',
    facts: ['head count'],
    worth: 100,
    differs: ({ after }) => ({
      'head count': { compared: [after], told: () => `sets the head count to ${after}` },
    }),
  },
} as const satisfies Partial<EventKindTable>;

const TO_READ = { motion: 100, rest: 350 };

/** "permute(2, 0, 1)", and of a list that is one argument "split(1, [0, 2, 4])": as the Python has them. */
function operationText({ name, args }: EventOf<'local'>): string {
  return `${name}(${OPERATIONS[name].argumentsText?.(args) ?? args.join(', ')})`;
}
