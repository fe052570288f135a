import { GLOSSARY, type TermId } from './terms.ts';
import type { Word } from './words/word.ts';

/** A text in pieces: plain, or a word that the glossary explains. */
export type Piece = string | { readonly term: TermId; readonly text: string };

const ID_OF_FORM: ReadonlyMap<string, TermId> = new Map(
  GLOSSARY.flatMap(({ id, term, forms }) =>
    [term, ...forms].map((form) => [form.toLowerCase(), id] as const),
  ),
);

/** The longest form first: "KV heads" is not a "head". */
const FORMS = new RegExp(
  `(?<![\\w-])(?:${[...ID_OF_FORM.keys()]
    .toSorted((a, b) => b.length - a.length)
    .map((form) => form.replaceAll(' ', '\\s'))
    .join('|')})(?![\\w-])`,
  'giu',
);

/** Texts that are read one after the other, each word of the glossary marked where it is first met. */
export function glossed(texts: readonly string[]): readonly (readonly Piece[])[] {
  const met = new Set<TermId>();
  return texts.map((text) => {
    const pieces: Piece[] = [];
    let position = 0;
    for (const found of text.matchAll(FORMS)) {
      const [form] = found;
      const term = ID_OF_FORM.get(form.toLowerCase());
      if (term === undefined || met.has(term)) continue;
      met.add(term);
      if (found.index > position) pieces.push(text.slice(position, found.index));
      pieces.push({ term, text: form });
      position = found.index + form.length;
    }
    if (position < text.length) pieces.push(text.slice(position));
    return pieces;
  });
}

/** The words of the glossary that texts use, in the order of the alphabet: where none can be hovered. */
export function wordsIn(texts: readonly string[]): readonly Word[] {
  const used = new Set(
    glossed(texts)
      .flat()
      .flatMap((piece) => (typeof piece === 'string' ? [] : [piece.term])),
  );
  return GLOSSARY.filter(({ id }) => used.has(id));
}
