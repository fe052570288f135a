import { withCommas } from '../../base/numbers.ts';
import { refused } from '../../base/refused.ts';
import { type Fields, readFields } from './link-text.ts';
import { LINK_VERSION, upgraded } from './link-upgrades.ts';

export type ReadLinkFields =
  | {
      readonly ok: true;
      /** The fields of the case. */
      readonly wanted: Fields;
      /** What the link says besides its case: the moment, how the run is looked at. */
      readonly look: Fields;
    }
  | { readonly ok: false; readonly message: string };

/** The names of everything that a link says besides its case. */
const LOOK = [
  'model',
  'at',
  'with',
  'speed',
  'pick',
  'place',
  'colourBy',
  'picture',
  'side',
  'under',
  'nearness',
  'span',
  'log',
  'chart',
  'mapNearness',
  'against',
  'before',
  'guard',
  'exhibit',
];

/** A link has at most this many characters. */
const LONGEST = 16_384;

/** Reads the fields of a link of any version, without `#`: "v3&heads=8&…". */
export function readLinkFields(text: string): ReadLinkFields {
  if (text.length > LONGEST) {
    const letters = withCommas(text.length);
    return refused(`it has ${letters} letters; at most ${withCommas(LONGEST)} are read`);
  }
  const [first = ''] = text.split('&', 1);
  const version = Number(/^v([1-9]\d{0,5})$/.exec(first)?.[1]);
  if (Number.isNaN(version)) {
    return refused(`it is none of Rankscope’s: those begin with #v${LINK_VERSION}`);
  }
  if (version > LINK_VERSION) {
    return refused(
      `it is of version ${version}; this Rankscope reads up to ${LINK_VERSION}. A newer one opens it`,
    );
  }
  const read = readFields(text.slice(first.length));
  if (!read.ok) return refused(read.message);
  const fields = upgraded(read.fields, version);
  if (fields === null) return refused(`there is no version ${version}`);
  const isLook = ([name]: readonly [string, unknown]) => LOOK.includes(name);
  const entries = Object.entries(fields);
  return {
    ok: true,
    wanted: Object.fromEntries(entries.filter((entry) => !isLook(entry))),
    look: Object.fromEntries(entries.filter(isLook)),
  };
}
