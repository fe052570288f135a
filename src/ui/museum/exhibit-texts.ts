import { assert } from '../../base/assert.ts';
import { glossed, type Piece } from '../../content/glossary/glossed.ts';
import type { Exhibit, Room } from '../../content/museum/exhibit.ts';
import { ROOMS } from '../../content/museum/index.ts';

/** A text of an exhibit under its label, with the words marked that are first met in it. */
export interface LabelledText {
  readonly label: string;
  readonly pieces: readonly Piece[];
}

/** What is read before the first exhibit. */
const INTRO =
  'Each of these was met by people in real jobs or in real runs, and each runs here again. The ' +
  'pictures are drawn from those runs, at the moment that tells the bug: a box is a rank, its ' +
  'columns are heads, its rows the sequence. Hue says which rank owns the head between the two ' +
  'passes; ✕ is where something is wrong, and a hatched box waits forever.';

const LABELS = ['Assumption', 'What happens', 'Symptom', 'Fix'] as const;

const textsIn = ({ believed, happens, shows, repaired }: Exhibit) => [
  believed,
  happens,
  shows,
  repaired,
];
const verdictsIn = ({ broken }: Exhibit) => broken.map(({ verdict }) => verdict);

/** Glossed in the order in which the museum is read: a word is marked once in all of it. */
const ALL = glossed([
  INTRO,
  ...ROOMS.flatMap(({ about, exhibits }) => [
    about,
    ...exhibits.flatMap((exhibit) => [...textsIn(exhibit), ...verdictsIn(exhibit)]),
  ]),
]).values();

function next(): readonly Piece[] {
  const { value } = ALL.next();
  assert(value !== undefined, 'every text is taken in the order in which it was glossed');
  return value;
}

/** The introduction, glossed. */
export const INTRODUCTION: readonly Piece[] = next();

interface GlossedExhibit {
  readonly texts: readonly LabelledText[];
  /** One for each of its cases. */
  readonly verdicts: readonly (readonly Piece[])[];
}

const ABOUT = new Map<Room, readonly Piece[]>();
const EXHIBITS = new Map<Exhibit, GlossedExhibit>();
for (const room of ROOMS) {
  ABOUT.set(room, next());
  for (const exhibit of room.exhibits) {
    const texts = LABELS.map((label) => ({ label, pieces: next() }));
    EXHIBITS.set(exhibit, { texts, verdicts: verdictsIn(exhibit).map(next) });
  }
}

/** What a room is about. */
export function aboutOf(room: Room): readonly Piece[] {
  const pieces = ABOUT.get(room);
  assert(pieces !== undefined, 'every room of the museum is in its catalogue');
  return pieces;
}

/** What was believed, what happens, how it shows, how it was repaired; and what its cases come to. */
export function textsOf(exhibit: Exhibit): GlossedExhibit {
  const glossedExhibit = EXHIBITS.get(exhibit);
  assert(glossedExhibit !== undefined, 'every exhibit of the museum is in its catalogue');
  return glossedExhibit;
}
