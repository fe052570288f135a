import * as v from 'valibot';
import { at } from '../../base/assert.ts';
import { product } from '../../base/numbers.ts';
import type { Case } from '../../engine/case.ts';
import { DEFAULT_CASE } from '../../engine/case-input.ts';
import { type CallTick, callTickOf, tickOf } from '../../trace/call-tick.ts';
import { stateAt } from '../../trace/state.ts';
import type { Trace } from '../../trace/trace.ts';
import { caseWithPatch, differencesOf, sameCase } from '../partner-case.ts';
import {
  type Nearness,
  PLACES,
  type RankscopeState,
  type Selection,
  type Span,
  type View,
} from '../state.ts';
import { caseOfFields, fieldsOfCase, fieldsOfPatch, patchOfFields } from './case-fields.ts';
import { type Fields, isRecord, printFields, readFields } from './link-text.ts';
import { LINK_VERSION, upgraded } from './link-upgrades.ts';
import { EXHIBIT_IDS, museumAddress, readMuseumAddress, type Visit } from './museum-address.ts';

/**
 * A link is the fragment of an address: the case and the moment, without what the ranks computed.
 *
 *   #v2&implementation=deepspeed-6392&heads=8&sp=4&seq=8&headDim=2&at=1:12&side=inspector
 *
 * `at` is the call and the how-manieth tick of it, `pick` the followed element, `with` what is
 * different in the case that it is compared with, `nearness` the scale and the middle of the stage,
 * `span` the ticks and the ranks on the timeline. Fields that go without saying are left out.
 *
 * The museum has short addresses besides, `museum-address.ts`.
 */
export interface Link {
  readonly case: Case;
  /** The model that its heads come from, as far as is known. */
  readonly modelName: string | null;
  /** Where the cursor stands; where a run is first looked at, if null. */
  readonly moment: CallTick | null;
  readonly view: LinkedView;
  readonly selection: LinkedSelection | null;
  /** The case that it is compared with. */
  readonly partner: Case | null;
  /** What cannot be shown as it was asked for, in a sentence. */
  readonly remark?: string;
}

/** What of the view a link carries; what lies over the page and the selection are told apart. */
export type LinkedView = Omit<View, 'dialog' | 'selection' | 'doors'>;

export interface LinkedSelection extends Omit<Selection, 'tick'> {
  readonly moment: CallTick;
}

export type ReadLink =
  | { readonly ok: true; readonly link: Link }
  | { readonly ok: false; readonly message: string };

/** What is on the screen, as far as a link tells of it. */
export type LinkedState = Pick<RankscopeState, 'case' | 'modelName' | 'shown' | 'cursor'> &
  Omit<View, 'dialog' | 'doors'> & { readonly partner: { readonly case: Case } | null };

const LONGEST = 16_384;
const LONGEST_NAME = 120;

/** What of the view goes without saying. */
const UNSAID: LinkedView = {
  place: 'stage',
  colourBy: 'head',
  picture: 'heads',
  side: 'why',
  under: 'timeline',
  nearness: null,
  span: null,
  exhibit: null,
};

/** The link to a case as it is first looked at. */
export function linkTo(wanted: Case): Link {
  return {
    case: wanted,
    modelName: null,
    moment: null,
    view: UNSAID,
    selection: null,
    partner: null,
  };
}

/** The museum at one of its exhibits, with the first case behind it. */
function visitTo({ exhibit, remark }: Visit): Link {
  const link = { ...linkTo(DEFAULT_CASE), view: { ...UNSAID, place: 'museum' as const, exhibit } };
  return remark === null ? link : { ...link, remark };
}

/** The link to what is on the screen, without `#`. */
export function printLink(state: LinkedState): string {
  const { modelName, shown, selection, partner } = state;
  // Where a case is still running, no moment of it is on the screen.
  const trace = shown?.case === state.case ? shown.trace : null;
  const told = (tick: number) => trace && printMoment(callTickOf(trace, tick));
  const view = Object.keys(UNSAID)
    .filter(isViewField)
    .filter((name) => state[name] !== UNSAID[name])
    // Outside the museum none of its exhibits is on the screen.
    .filter((name) => name !== 'exhibit' || state.place === 'museum')
    .map((name) => [name, printView(state[name])] as const);
  const fields = {
    ...fieldsOfCase(state.case),
    model: modelName !== null && modelName.length <= LONGEST_NAME ? modelName : null,
    with: partner === null ? null : fieldsOfPatch(differencesOf(state.case, partner.case)),
    at: told(Math.round(state.cursor)),
    ...Object.fromEntries(view),
    pick: selection && told(selection.tick) && printSelection(selection, told(selection.tick)),
  };
  const said = Object.entries(fields).filter(([, value]) => value !== null);
  return `v${LINK_VERSION}&${printFields(Object.fromEntries(said))}`;
}

/** The shortest address of what is on the screen, without `#`: a link, or the museum's own. */
export function printAddress(state: LinkedState): string {
  const { place, exhibit, case: wanted, modelName, selection, partner } = state;
  const behind = modelName === null && selection === null && partner === null;
  const usual = Object.keys(UNSAID)
    .filter(isViewField)
    .every((name) => name === 'place' || name === 'exhibit' || state[name] === UNSAID[name]);
  return place === 'museum' && behind && usual && sameCase(wanted, DEFAULT_CASE)
    ? museumAddress(exhibit)
    : printLink(state);
}

/** Reads a fragment, with `#` or without; of any version, and refuses what is none of ours. */
export function readLink(fragment: string): ReadLink {
  const text = fragment.replace(/^#/, '');
  const visit = readMuseumAddress(text);
  if (visit !== null) return { ok: true, link: visitTo(visit) };
  if (text.length > LONGEST) {
    const count = (letters: number) => letters.toLocaleString('en-US');
    return refused(`it has ${count(text.length)} letters; at most ${count(LONGEST)} are read`);
  }
  const [first = ''] = text.split('&', 1);
  const version = Number(/^v([1-9]\d{0,5})$/.exec(first)?.[1]);
  if (Number.isNaN(version))
    return refused(`it is none of Rankscope’s: those begin with #v${LINK_VERSION}`);
  if (version > LINK_VERSION) {
    return refused(
      `it is of version ${version}; this page reads up to ${LINK_VERSION}. A newer Rankscope opens it`,
    );
  }
  const read = readFields(text.slice(first.length));
  if (!read.ok) return refused(read.message);
  const fields = upgraded(read.fields, version);
  return fields === null ? refused(`there is no version ${version}`) : linkOf(fields);
}

/** The fields of a link of today, validated. */
function linkOf({
  model,
  at: moment,
  place,
  colourBy,
  picture,
  side,
  under,
  nearness,
  span,
  exhibit,
  pick,
  with: other,
  ...base
}: Fields): ReadLink {
  const parsed = caseOfFields(base);
  if (!parsed.ok) return refused(at(parsed.problems, 0).message);
  const shown = v.safeParse(MOMENT, {
    model,
    at: moment,
    place,
    colourBy,
    picture,
    side,
    under,
    nearness,
    span,
    exhibit,
    pick,
  });
  if (!shown.success) return refused(shown.issues[0].message);
  const partner = partnerOf(parsed.case, other);
  if (partner !== null && !partner.ok) {
    return refused(`with.${at(partner.problems, 0).message}`);
  }
  const { model: modelName, at: when, pick: selection, ...view } = shown.output;
  return {
    ok: true,
    link: {
      case: parsed.case,
      modelName,
      moment: when,
      view,
      selection,
      partner: partner === null ? null : partner.case,
    },
  };
}

function partnerOf(base: Case, other: unknown) {
  if (other === undefined) return null;
  // What is no record of fields is refused as one that a case does not have.
  const changes: Fields = isRecord(other) ? other : { with: other };
  return caseWithPatch(base, patchOfFields(changes));
}

/** The reason stands within a sentence, however long and however it ends. */
function refused(reason: string): ReadLink {
  const short = reason.length > 300 ? `${reason.slice(0, 300)}…` : reason;
  return { ok: false, message: short.replace(/\.$/, '') };
}

/**
 * The element that a link speaks of, in a run of its case; null where it is not there, as when the
 * program has changed since.
 */
export function selectionIn(trace: Trace, { moment, ...held }: LinkedSelection): Selection | null {
  const tick = tickOf(trace, moment);
  const tensor = stateAt(trace, tick)[held.rank]?.holding[held.tensor];
  if (tensor === undefined || held.place >= product(tensor.shape)) return null;
  return { ...held, tick };
}

function isViewField(name: string): name is keyof LinkedView {
  return name in UNSAID;
}

/** "1:12" */
function printMoment({ call, operation }: CallTick): string {
  return `${call}:${operation}`;
}

/** "3:0:17@1:12": rank, tensor of its list, place in it; and when. */
function printSelection({ rank, tensor, place }: Selection, when: string | null): string {
  return `${rank}:${tensor}:${place}@${when}`;
}

function numbersIn(text: string): number[] {
  return text.split(/[:@]/).map(Number);
}

/** Choices by their name, ids of digits without quotes; "2.5:0.5:0.41" and "12:18:0:4" what is near. */
function printView(value: LinkedView[keyof LinkedView]): string | number | null {
  if (value === null) return null;
  if (typeof value === 'string') return /^[1-9]\d*$/.test(value) ? Number(value) : value;
  const numbers =
    'scale' in value
      ? [value.scale, value.x, value.y]
      : [value.time.from, value.time.to, value.lanes.from, value.lanes.to];
  return numbers.join(':');
}

function exhibitId() {
  const quoted = v.transform((id: unknown) => (typeof id === 'number' ? String(id) : id));
  return v.pipe(v.unknown(), quoted, choice('exhibit', EXHIBIT_IDS));
}

/** One of a view's choices; what goes without saying where it is not said. */
function choice<const T extends readonly string[]>(name: keyof LinkedView, choices: T) {
  const allowed = ({ input }: { input: unknown }) =>
    `${name} is ${JSON.stringify(input)}; allowed are ${choices.join(', ')}`;
  return v.picklist(choices, allowed);
}

function form(name: string, pattern: RegExp, example: string) {
  const allowed = ({ input }: { input: unknown }) =>
    `${name} is ${JSON.stringify(input)}; it should be like ${example}`;
  return v.pipe(v.string(allowed), v.regex(pattern, allowed));
}

const MOMENT = v.object({
  model: v.optional(
    v.nullable(
      v.pipe(v.string('model is no text'), v.maxLength(LONGEST_NAME, 'model is too long a name')),
    ),
    null,
  ),
  at: v.optional(
    v.nullable(
      v.pipe(
        form('at', /^\d{1,6}:\d{1,6}$/, '1:12, a call and an operation of it'),
        v.transform((text): CallTick => {
          const [call = 0, operation = 0] = numbersIn(text);
          return { call, operation };
        }),
      ),
    ),
    null,
  ),
  place: v.optional(choice('place', PLACES), UNSAID.place),
  colourBy: v.optional(choice('colourBy', ['head', 'chunk']), UNSAID.colourBy),
  picture: v.optional(choice('picture', ['heads', 'memory']), UNSAID.picture),
  side: v.optional(choice('side', ['why', 'inspector']), UNSAID.side),
  under: v.optional(choice('under', ['timeline', 'log']), UNSAID.under),
  nearness: v.optional(
    v.nullable(
      v.pipe(
        form(
          'nearness',
          /^\d{1,4}(\.\d{1,4})?(:[01](\.\d{1,6})?){2}$/,
          '2.5:0.5:0.41, a scale and the middle of the stage',
        ),
        v.transform((text): Nearness => {
          const [scale = 1, x = 0, y = 0] = numbersIn(text);
          return { scale, x, y };
        }),
      ),
    ),
    null,
  ),
  span: v.optional(
    v.nullable(
      v.pipe(
        form(
          'span',
          /^\d{1,6}(\.\d{1,3})?(:\d{1,6}(\.\d{1,3})?){3}$/,
          '12:18:0:4, ticks and ranks from and to',
        ),
        v.transform((text): Span => {
          const [from = 0, to = 0, first = 0, last = 0] = numbersIn(text);
          return { time: { from, to }, lanes: { from: first, to: last } };
        }),
      ),
    ),
    null,
  ),
  exhibit: v.optional(v.nullable(exhibitId()), UNSAID.exhibit),
  pick: v.optional(
    v.nullable(
      v.pipe(
        form(
          'pick',
          /^\d{1,4}:\d{1,4}:\d{1,9}@\d{1,6}:\d{1,6}$/,
          '3:0:17@1:12, a rank, a tensor, a place, and when',
        ),
        v.transform((text): LinkedSelection => {
          const [rank = 0, tensor = 0, place = 0, call = 0, operation = 0] = numbersIn(text);
          return { rank, tensor, place, moment: { call, operation } };
        }),
      ),
    ),
    null,
  ),
});
