import * as v from 'valibot';
import type { Fields } from '../../core/case-text/link-text.ts';
import type { Rule } from '../../core/cases/case-rule.ts';
import { IMPLEMENTATIONS } from '../../core/programs/implementations/index.ts';
import { guardsOf } from '../../core/published/implementation.ts';
import { LONGEST_CONDITION } from '../../core/python/condition/parse.ts';
import { ENTRY_KINDS } from '../../trace/entry.ts';
import { LONGEST, type LogFilter, ranksProblem } from '../log-filter.ts';
import { CHARTS, type Nearness, NOTHING, PLACES, type Span, type View } from '../view.ts';
import { FIRST_VIEW } from '../view-slice.ts';
import { choice, form, letters, numbersIn, text, unquoted } from './link-forms.ts';
import { EXHIBIT_IDS } from './museum-address.ts';

/**
 * How a run is looked at, as a link tells it: which place is open, how near it is seen, what the log
 * lets through. What lies over the page and the selection are told apart.
 */
export type LinkedView = Omit<View, 'dialog' | 'selection' | 'doors' | 'drawer'>;

const { dialog: _, selection: __, doors: ___, drawer: ____, ...seen } = FIRST_VIEW;

/** What goes without saying. */
export const UNSAID: LinkedView = seen;

/** The fields of a view but for what goes without saying. */
export function fieldsOfView(view: LinkedView): Fields {
  const unlessUnsaid = <N extends keyof LinkedView>(name: N) =>
    view[name] === UNSAID[name] ? null : view[name];
  const { nearness, span, log, mapNearness, exhibit, place } = view;
  const fields: { readonly [N in keyof LinkedView]: unknown } = {
    place: unlessUnsaid('place'),
    colourBy: unlessUnsaid('colourBy'),
    picture: unlessUnsaid('picture'),
    side: unlessUnsaid('side'),
    under: unlessUnsaid('under'),
    nearness: nearness && printNearness(nearness),
    span: span && printSpan(span),
    log: fieldsOfLog(log),
    chart: unlessUnsaid('chart'),
    mapNearness: mapNearness && printNearness(mapNearness),
    against: view.against,
    before: view.before,
    guard: view.guard,
    // Outside the museum none of its exhibits is on the screen.
    exhibit: exhibit !== null && place === 'museum' ? unquoted(exhibit) : null,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** "2.5:0.5:0.41" */
function printNearness({ scale, x, y }: Nearness): string {
  return [scale, x, y].join(':');
}

/** "12:18:0:4" */
function printSpan({ time, lanes }: Span): string {
  return [time.from, time.to, lanes.from, lanes.to].join(':');
}

/** What is in force of a filter; what was typed and cannot be read is not. */
function fieldsOfLog({ goodRanks, call, kind, text: said }: LogFilter): Fields | null {
  const fields = Object.entries({ ranks: goodRanks, call, kind, text: said })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [name, unquoted(value)]);
  return fields.length === 0 ? null : Object.fromEntries(fields);
}

const nearness = (name: string) =>
  v.pipe(
    form(
      name,
      /^\d{1,4}(\.\d{1,4})?(:[01](\.\d{1,6})?){2}$/,
      '2.5:0.5:0.41, a scale and the middle of what is seen',
    ),
    v.transform((numbers): Nearness => {
      const [scale = 1, x = 0, y = 0] = numbersIn(numbers);
      return { scale, x, y };
    }),
  );

const SPAN = v.pipe(
  form(
    'span',
    /^\d{1,6}(\.\d{1,3})?(:\d{1,6}(\.\d{1,3})?){3}$/,
    '12:18:0:4, ticks and ranks from and to',
  ),
  v.transform((numbers): Span => {
    const [from = 0, to = 0, first = 0, last = 0] = numbersIn(numbers);
    return { time: { from, to }, lanes: { from: first, to: last } };
  }),
);

const LOG = v.pipe(
  v.strictObject(
    {
      ranks: v.optional(
        v.pipe(
          letters,
          text('log.ranks', LONGEST.ranks),
          v.check(
            (ranks) => ranksProblem(ranks) === null,
            ({ input }) => `log.ranks: ${ranksProblem(input)}`,
          ),
        ),
        '',
      ),
      call: v.optional(v.pipe(letters, text('log.call', LONGEST.call)), ''),
      kind: v.optional(choice('log.kind', ENTRY_KINDS)),
      text: v.optional(v.pipe(letters, text('log.text', LONGEST.text)), ''),
    },
    'log has ranks, call, kind and text',
  ),
  v.transform(
    ({ kind, ...log }): LogFilter => ({ ...log, kind: kind ?? '', goodRanks: log.ranks }),
  ),
);

const GUARDS = [...new Set(IMPLEMENTATIONS.flatMap((one) => guardsOf(one).map(({ id }) => id)))];

/** Whether a rule can be read is asked where it is used: it depends on the implementation. */
const CONDITION = text('before', LONGEST_CONDITION);
const RULE = v.pipe(
  v.strictObject(
    {
      condition: v.optional(CONDITION),
      guards: v.optional(v.record(v.string(), CONDITION)),
    },
    'before has condition and guards',
  ),
  v.transform(
    ({ condition, guards }): Rule => ({
      ...(condition === undefined ? {} : { condition }),
      ...(guards === undefined ? {} : { guards }),
    }),
  ),
);

/** A view as a link has it, validated; what is not said is as it goes without saying. */
export const LINKED_VIEW = {
  place: v.optional(choice('place', PLACES), UNSAID.place),
  colourBy: v.optional(choice('colourBy', ['head', 'chunk']), UNSAID.colourBy),
  picture: v.optional(choice('picture', ['heads', 'memory']), UNSAID.picture),
  side: v.optional(choice('side', ['why', 'inspector']), UNSAID.side),
  under: v.optional(choice('under', ['timeline', 'log']), UNSAID.under),
  nearness: v.optional(v.nullable(nearness('nearness')), null),
  span: v.optional(v.nullable(SPAN), null),
  log: v.optional(LOG, {}),
  chart: v.optional(choice('chart', CHARTS), UNSAID.chart),
  mapNearness: v.optional(v.nullable(nearness('mapNearness')), null),
  against: v.optional(
    v.nullable(choice('against', [...IMPLEMENTATIONS.map(({ id }) => id), NOTHING])),
    null,
  ),
  before: v.optional(v.nullable(RULE), null),
  guard: v.optional(v.nullable(choice('guard', GUARDS)), null),
  exhibit: v.optional(v.nullable(v.pipe(letters, choice('exhibit', EXHIBIT_IDS))), null),
} satisfies Record<keyof LinkedView, v.GenericSchema>;
