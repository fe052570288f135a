import { at } from '../base/assert.ts';
import { BACKENDS } from '../core/recording/backends.ts';
import { rankList } from '../core/recording/rank-list.ts';
import type { EventKindTable, EventOf } from './event-kind.ts';

/** How a rank fails, and with what its call ends then. */
export const FAILING_KINDS = {
  raised: {
    title: 'exception',
    order: { from: ['in a call', 'at a collective'], to: 'at its end' },
    check({ stumble }, lane) {
      if (stumble === undefined) return;
      lane.spans(stumble.condition, [...stumble.parts, stumble.at]);
    },
    effect: { status: 'raised' },
    weight: 9,
    failure: {
      title: 'Exception',
      backends: 'No backend hears of it: the exception ends the process.',
    },
    pace: () => FAILING,
    operation: ({ error }) => error,
    does: ({ error }) => `raises ${error}`,
    says: ({ message }) => ({ note: message }),
    names: ({ error }) => [error, 'raises'],
    mark: () => 'fault',
    strip: ({ error, message }) => ({
      tone: 'fault',
      texts: [`✕ ${error}: ${message}`, `✕ ${error}`, '✕ raised'],
    }),
    facts: ['failure', 'head count'],
    differs: ({ error, message }) => ({
      error: { compared: [error, message], told: () => `raises ${error}: ${message}` },
    }),
  },
  mismatched: {
    title: 'sizes disagree',
    order: { from: ['at a collective'], to: 'at its end' },
    effect: { status: 'stuck' },
    weight: 8,
    failure: {
      title: 'Sizes disagree',
      sentence: () => 'What ranks send is not what their peers expect: nothing is exchanged.',
      backends: `${BACKENDS.sizes}.`,
    },
    pace: () => FAILING,
    operation: () => 'sizes disagree',
    does: () => 'meets peers that expect other sizes',
    says({ pairs: [first], count }) {
      const more = count > 1 ? ` (and ${count - 1} other pairs)` : '';
      const text =
        first &&
        `rank ${first.source} sends ${first.sent} elements to rank ${first.destination}, which expects ${first.expected}${more}`;
      return { note: text ?? '' };
    },
    names: () => ['sizes disagree', 'sizes'],
    mark: () => 'fault',
    strip: () => ({ tone: 'fault', texts: ['✕ sizes disagree', '✕ sizes'] }),
    facts: ['failure', 'exchange'],
    differs({ pairs }) {
      const { source, destination, sent, expected } = at(pairs, 0);
      return {
        error: {
          compared: [source, destination, sent, expected],
          told: () =>
            `disagrees: rank ${source} sends ${sent} to rank ${destination}, which expects ${expected}`,
        },
      };
    },
  },
  abandoned: {
    title: 'hang',
    order: { from: ['at a collective'], to: 'at its end' },
    effect: { status: 'stuck' },
    weight: 7,
    failure: {
      title: 'Waits forever',
      sentence: ({ by }, rank, worldSize) =>
        `Rank ${rank} is in the collective; ${rankList(by, worldSize)} will never come to it.`,
      backends: `${BACKENDS.absent}.`,
    },
    pace: () => FAILING,
    operation: waitText,
    does: (event) => `${waitText(event)} forever`,
    says: ({ by }, { trace }) => ({
      note:
        by.length === 1
          ? 'forever: it never reaches this collective'
          : `forever: ${rankList(by, trace.lanes.length)} never reach this collective`,
    }),
    names: () => ['waits'],
    mark: () => 'fault',
    strip: ({ by }, { count }) => ({
      tone: 'waits',
      texts: [`waits for ${rankList(by, count)} forever`, 'waits forever', 'waits'],
    }),
    facts: ['failure', 'head count'],
    differs: (event) => ({
      error: { compared: event.by, told: () => `${waitText(event)} forever` },
    }),
  },
  astray: {
    title: 'hang',
    order: { from: ['at a collective'], to: 'at its end' },
    effect: { status: 'stuck' },
    weight: 7,
    failure: {
      title: 'In different collectives',
      sentence: ({ collectives }, rank) =>
        `Rank ${rank} called ${collectives[rank] ?? 'nothing'}, others another collective.`,
      backends: `${BACKENDS.astray}.`,
    },
    pace: () => FAILING,
    operation: () => 'ranks are in different collectives',
    does: () => 'waits in another collective than its peers',
    says: ({ collectives }) => ({ note: collectives.join(', ') }),
    names: () => ['astray'],
    mark: () => 'fault',
    strip: () => ({ tone: 'fault', texts: ['✕ waits in another collective', '✕ astray'] }),
    facts: ['failure', 'head count'],
    differs: ({ collectives }) => ({
      error: { compared: collectives, told: () => 'waits in another collective than its peers' },
    }),
  },
  lost: {
    title: 'lost',
    order: { from: ['in a call'], to: 'at its end' },
    check: (event, lane) => lane.isLost(event),
    effect: { status: 'lost' },
    weight: 10,
    failure: {
      title: 'Never comes back',
      sentence: ({ how }, rank) =>
        how === 'terminates'
          ? `The process of rank ${rank} ends.`
          : `Rank ${rank} never comes to the next collective.`,
      backends: `Peers get no message. ${BACKENDS.absent}.`,
    },
    pace: () => FAILING,
    operation: () => 'this rank never comes back',
    does: () => 'never comes back',
    says: ({ how }) => ({ note: LOST[how] }),
    names: () => ['lost'],
    mark: () => 'fault',
    strip: () => ({ tone: 'fault', texts: ['✕ never comes back', '✕ gone'] }),
    facts: ['failure', 'head count'],
    differs: ({ how }) => ({ error: { compared: [how], told: () => 'never comes back' } }),
  },
} as const satisfies Partial<EventKindTable>;

const FAILING = { motion: 150, rest: 150 };

const LOST = {
  terminates: 'its process ends',
  loops: 'it loops without end',
  unknown: 'why is not known',
} as const;

/** "waits for rank 2", "waits for 3 ranks" */
function waitText({ by }: EventOf<'abandoned'>): string {
  return `waits for ${by.length === 1 ? `rank ${by[0]}` : `${by.length} ranks`}`;
}
