import { assert } from '../../base/assert.ts';
import { glossed, type Piece } from '../../glossary/glossed.ts';
import type { Exhibit } from '../../museum/exhibit.ts';
import { EXHIBITS } from '../../museum/index.ts';

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
  'passes; ✕ is where something is wrong, and a hatched box waits for ever.';

const LABELS = ['Believed', 'Happens', 'Shows', 'Repaired'] as const;

/** Glossed in the order in which the museum is read: a word is marked once in all of it. */
const [INTRO_PIECES = [], ...ALL] = glossed([
  INTRO,
  ...EXHIBITS.flatMap(({ believed, happens, shows, repaired }) => [
    believed,
    happens,
    shows,
    repaired,
  ]),
]);

/** The introduction, glossed. */
export const INTRODUCTION: readonly Piece[] = INTRO_PIECES;

/** What was believed, what happens, how it shows, how it was repaired. */
export function textsOf(exhibit: Exhibit): readonly LabelledText[] {
  const first = EXHIBITS.indexOf(exhibit) * LABELS.length;
  return LABELS.map((label, index) => {
    const pieces = ALL[first + index];
    assert(pieces !== undefined, 'every exhibit of the museum is in its catalogue');
    return { label, pieces };
  });
}
