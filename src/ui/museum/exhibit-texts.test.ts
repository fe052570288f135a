import { describe, expect, it } from 'vitest';
import { EXHIBITS, ROOMS } from '../../content/museum/index.ts';
import { aboutOf, INTRODUCTION, textsOf } from './exhibit-texts.ts';

describe('the texts of the museum', () => {
  it('explain a word once, where the museum is first read', () => {
    const pieces = [
      ...INTRODUCTION,
      ...ROOMS.flatMap(aboutOf),
      ...EXHIBITS.map(textsOf).flatMap(({ texts, verdicts }) => [
        ...texts.flatMap(({ pieces }) => pieces),
        ...verdicts.flat(),
      ]),
    ];
    const terms = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.term]));
    expect(new Set(terms).size).toBe(terms.length);
    expect(terms).toEqual(
      expect.arrayContaining(['rank', 'head', 'pass', 'kv-head', 'collective', 'unbalanced']),
    );
  });

  it('stand under their labels, in order', () => {
    const [exhibit] = EXHIBITS;
    if (exhibit === undefined) throw new Error('there are exhibits');
    const texts = textsOf(exhibit).texts.map(({ label, pieces }) => [
      label,
      pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join(''),
    ]);
    expect(texts).toEqual([
      ['Assumption', exhibit.believed],
      ['What happens', exhibit.happens],
      ['Symptom', exhibit.shows],
      ['Fix', exhibit.repaired],
    ]);
  });
});
