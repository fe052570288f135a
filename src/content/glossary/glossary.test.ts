import { describe, expect, it } from 'vitest';
import { glossed, type Piece } from './glossed.ts';
import { GLOSSARY } from './terms.ts';
import type { Word } from './words/word.ts';

const TERMS: readonly Word[] = GLOSSARY;

const marked = (pieces: readonly Piece[] = []) =>
  pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [`${piece.text}=${piece.term}`]));

describe('the glossary', () => {
  it('gives every form to one term, in the order of the alphabet', () => {
    const forms = TERMS.flatMap(({ term, forms }) => [term, ...forms]);
    expect(new Set(forms.map((form) => form.toLowerCase())).size).toBe(forms.length);
    expect(new Set(TERMS.map(({ id }) => id)).size).toBe(TERMS.length);
    const names = TERMS.map(({ term }) => term.toLowerCase());
    expect(names).toEqual(names.toSorted());
  });

  it('explains each word in sentences, and not by itself', () => {
    for (const { term, meaning } of TERMS) {
      expect(meaning).toMatch(/^[A-Z.].*[.]$/);
      expect(meaning.toLowerCase().startsWith(`a ${term}`)).toBe(false);
    }
  });

  it('marks a word where it is first met, in whichever form', () => {
    const [first, second] = glossed([
      'Each rank has heads.',
      'All ranks send a head of the batch.',
    ]);
    expect(marked(first)).toEqual(['rank=rank', 'heads=head']);
    expect(marked(second)).toEqual(['batch=batch']);
  });

  it('prefers the longest form, and whole words', () => {
    expect(marked(glossed(['2 KV heads ahead, a viewer, all_to_all_single'])[0])).toEqual([
      'KV heads=kv-head',
      'all_to_all_single=all-to-all',
    ]);
  });

  it('leaves the text as it was', () => {
    const text = 'Pass 1 cuts heads; the gather_idx is 0: “view”.';
    const [pieces = []] = glossed([text]);
    expect(pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('')).toBe(
      text,
    );
    expect(marked(pieces)).toEqual([
      'Pass 1=pass',
      'heads=head',
      'gather_idx=gather-index',
      'view=view',
    ]);
  });
});
