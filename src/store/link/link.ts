import * as v from 'valibot';
import { at } from '../../base/assert.ts';
import { quoted } from '../../base/quoted.ts';
import {
  caseOfFields,
  fieldsOfCase,
  fieldsOfPatch,
  patchOfFields,
} from '../../core/case-text/case-fields.ts';
import { caseWithPatch, differencesOf } from '../../core/case-text/case-patch.ts';
import { readLinkFields } from '../../core/case-text/link-fields.ts';
import { type Fields, isRecord, printFields } from '../../core/case-text/link-text.ts';
import { LINK_VERSION } from '../../core/case-text/link-upgrades.ts';
import { DEFAULT_CASE } from '../../core/cases/case-input.ts';
import { sameCase } from '../../core/cases/same-case.ts';
import type { Case } from '../../core/contract/case.ts';
import { type CallTick, callTickOf, tickOf } from '../../trace/call-tick.ts';
import { isHeld } from '../../trace/state.ts';
import type { Trace } from '../../trace/trace.ts';
import type { Cursor } from '../playback.ts';
import { SPEEDS } from '../playback-slice.ts';
import type { Judged } from '../shown.ts';
import type { Notice, RankscopeState } from '../state.ts';
import type { Selection, View } from '../view.ts';
import { form, numbersIn, text } from './link-forms.ts';
import { fieldsOfView, LINKED_VIEW, type LinkedView, UNSAID } from './linked-view.ts';
import { museumAddress, readMuseumAddress, type Visit } from './museum-address.ts';

/**
 * A link is the fragment of an address: the case and the moment, without what the ranks computed.
 *
 *   #v4&implementation=deepspeed-6392&heads=8&sp=4&seq=8&headDim=2&at=1:12&side=inspector
 *
 * `at` is the call and the how-manieth tick of it, `pick` the followed element, `with` what is
 * different in the case that it is compared with; `linked-view.ts` has how it is looked at. Fields
 * that go without saying are left out.
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
  readonly speed: number;
  readonly selection: LinkedSelection | null;
  /** The case that it is compared with. */
  readonly partner: Case | null;
  /** What is shown otherwise than it was asked for. */
  readonly remark?: Notice;
}

export interface LinkedSelection extends Omit<Selection, 'tick'> {
  readonly moment: CallTick;
}

export type ReadLink =
  | { readonly ok: true; readonly link: Link }
  | { readonly ok: false; readonly message: string };

/** What is on the screen, as far as a link tells of it. */
export type LinkedState = Pick<
  RankscopeState,
  'case' | 'modelName' | 'shown' | 'cursor' | 'speed'
> &
  Omit<View, 'dialog' | 'doors' | 'drawer'> & { readonly partner: { readonly case: Case } | null };

const LONGEST_NAME = 120;

/** The link to a case as it is first looked at. */
export function linkTo(wanted: Case): Link {
  return {
    case: wanted,
    modelName: null,
    moment: null,
    view: UNSAID,
    speed: 1,
    selection: null,
    partner: null,
  };
}

/** A place with the first case behind it: the museum at one of its exhibits, or the lessons. */
function linkToPlace(view: Partial<LinkedView>): Link {
  return { ...linkTo(DEFAULT_CASE), view: { ...UNSAID, ...view } };
}

function linkToVisit({ exhibit, remark }: Visit): Link {
  const link = linkToPlace({ place: 'museum', exhibit });
  return remark === null ? link : { ...link, remark: { wrong: true, text: remark } };
}

/** The link to what is on the screen, without `#`. */
export function printLink(state: LinkedState): string {
  const { modelName, shown, selection, partner } = state;
  // Where a case is still running, no moment of it is on the screen.
  const trace = shown?.case === state.case ? shown.trace : null;
  const told = (tick: number) => trace && printMoment(callTickOf(trace, tick));
  const fields = {
    ...fieldsOfCase(state.case),
    model: modelName !== null && modelName.length <= LONGEST_NAME ? modelName : null,
    with: partner === null ? null : fieldsOfPatch(differencesOf(state.case, partner.case)),
    at: told(Math.round(state.cursor)),
    ...fieldsOfView(state),
    speed: state.speed === 1 ? null : state.speed,
    pick: selection && told(selection.tick) && printSelection(selection, told(selection.tick)),
  };
  const said = Object.entries(fields).filter(([, value]) => value !== null);
  return `v${LINK_VERSION}&${printFields(Object.fromEntries(said))}`;
}

/** The link to one moment of a run, looked at as at first, without `#`. */
export function printRunLink(shown: Judged, cursor: Cursor): string {
  const looked = { ...UNSAID, modelName: null, speed: 1, selection: null, partner: null };
  return printLink({ ...looked, case: shown.case, shown, cursor });
}

/** The shortest address of what is on the screen, without `#`: a link, or the place’s own. */
export function printAddress(state: LinkedState): string {
  const { place, exhibit, case: wanted, modelName, selection, partner, speed } = state;
  const behind = modelName === null && selection === null && partner === null;
  const looks = Object.keys(fieldsOfView(state));
  const usual = speed === 1 && looks.every((name) => name === 'place' || name === 'exhibit');
  if (!behind || !usual || !sameCase(wanted, DEFAULT_CASE)) return printLink(state);
  if (place === 'museum') return museumAddress(exhibit);
  return place === 'lessons' ? LESSONS : printLink(state);
}

/** The address of the place with all lessons; that of one of them begins with `lesson/`. */
const LESSONS = 'lessons';

/** Reads a fragment, with `#` or without; of any version, and refuses what is none of ours. */
export function readLink(fragment: string): ReadLink {
  const text = fragment.replace(/^#/, '');
  const visit = readMuseumAddress(text);
  if (visit !== null) return { ok: true, link: linkToVisit(visit) };
  if (text === LESSONS) return { ok: true, link: linkToPlace({ place: 'lessons' }) };
  const read = readLinkFields(text);
  if (!read.ok) return refused(read.message);
  const parsed = caseOfFields(read.wanted);
  if (!parsed.ok) return refused(at(parsed.problems, 0).message);
  const { with: other, ...look } = read.look;
  const shown = v.safeParse(v.object(LINKED), look);
  if (!shown.success) return refused(shown.issues[0].message);
  const partner = partnerOf(parsed.case, other);
  if (partner !== null && !partner.ok) {
    return refused(`with.${at(partner.problems, 0).message}`);
  }
  const { model: modelName, at: when, pick: selection, speed, ...view } = shown.output;
  return {
    ok: true,
    link: {
      case: parsed.case,
      modelName,
      moment: when,
      view,
      speed,
      selection,
      partner: partner === null ? null : partner.case,
      ...(parsed.note === undefined ? {} : { remark: { wrong: false, text: parsed.note.message } }),
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
  const selection = { ...held, tick: tickOf(trace, moment) };
  return isHeld(trace, selection) ? selection : null;
}

/** "1:12" */
function printMoment({ call, operation }: CallTick): string {
  return `${call}:${operation}`;
}

/** "3:0:17@1:12": rank, tensor of its list, place in it; and when. */
function printSelection({ rank, tensor, place }: Selection, when: string | null): string {
  return `${rank}:${tensor}:${place}@${when}`;
}

/** What a link says besides its case. */
const LINKED = {
  model: v.optional(v.nullable(text('model', LONGEST_NAME)), null),
  at: v.optional(
    v.nullable(
      v.pipe(
        form('at', /^\d{1,6}:\d{1,6}$/, '1:12, a call and an operation of it'),
        v.transform((letters): CallTick => {
          const [call = 0, operation = 0] = numbersIn(letters);
          return { call, operation };
        }),
      ),
    ),
    null,
  ),
  ...LINKED_VIEW,
  speed: v.optional(
    v.picklist(
      SPEEDS,
      ({ input }) => `speed is ${quoted(input)}; allowed are ${SPEEDS.join(', ')}`,
    ),
    1,
  ),
  pick: v.optional(
    v.nullable(
      v.pipe(
        form(
          'pick',
          /^\d{1,4}:\d{1,4}:\d{1,9}@\d{1,6}:\d{1,6}$/,
          '3:0:17@1:12, a rank, a tensor, a place, and when',
        ),
        v.transform((letters): LinkedSelection => {
          const [rank = 0, tensor = 0, place = 0, call = 0, operation = 0] = numbersIn(letters);
          return { rank, tensor, place, moment: { call, operation } };
        }),
      ),
    ),
    null,
  ),
};
