import { assert } from '../../base/assert.ts';
import { glossed, type Piece } from '../../glossary/glossed.ts';
import type { Exhibit } from '../../museum/exhibit.ts';
import { EXHIBITS } from '../../museum/index.ts';

/** A text of an exhibit under its label, with the words marked that are first met in it. */
export interface LabelledText {
  readonly label: string;
  readonly pieces: readonly Piece[];
}

const LABELS = ['Believed', 'Happens', 'Shows', 'Repaired'] as const;

/** Glossed in the order in which the museum is read: a word is marked once in all of it. */
const ALL: readonly (readonly Piece[])[] = glossed(
  EXHIBITS.flatMap(({ believed, happens, shows, repaired }) => [
    believed,
    happens,
    shows,
    repaired,
  ]),
);

/** What was believed, what happens, how it shows, how it was repaired. */
export function textsOf(exhibit: Exhibit): readonly LabelledText[] {
  const first = EXHIBITS.indexOf(exhibit) * LABELS.length;
  return LABELS.map((label, index) => {
    const pieces = ALL[first + index];
    assert(pieces !== undefined, 'every exhibit of the museum is in its catalogue');
    return { label, pieces };
  });
}
