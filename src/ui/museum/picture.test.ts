import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { BROKEN_CASES } from '../../content/museum/index.ts';
import { frameAt } from '../../draw/stage/frame.ts';
import { momentsOf } from '../../trace/moment.ts';
import { recordCase } from '../../workers/map/judge-field.ts';
import { isLow, LOW_NUMBER, layoutPicture } from './picture-layout.ts';
import { rankSign } from './rank-sign.ts';
import { tellingOf } from './telling.ts';

/** What the picture of a broken case shows. */
function pictureOf(id: string) {
  const shown = BROKEN_CASES.find((one) => one.id === id);
  if (shown === undefined) throw new Error(`no ${id}`);
  const telling = tellingOf(shown.broken, recordCase(shown.broken.case));
  const { trace, tick } = telling;
  const frame = frameAt(trace, tick, 'heads');
  const said = frame.map((card, rank) => rankSign(telling, rank, card));
  const words = said.map((one) => (one === null ? '' : `${one.sign} ${one.word}`.trim()));
  return { frame, tick, words, moment: at(momentsOf(trace), tick) };
}

const IDS = BROKEN_CASES.map(({ id }) => [id] as const);

describe('the pictures of the museum', () => {
  it.each(IDS)('%s marks a rank at the moment that it claims', (id) => {
    expect(pictureOf(id).words.some((word) => /^[✕!]/.test(word))).toBe(true);
  });

  it.each<[string, string, number, string[]]>([
    ['6774', 'raised', 1, ['✕ raises', '✕ raises', '✕ raises', '✕ raises']],
    ['8291', 'returned', 0, ['', '', '', '! no head']],
    ['no-kv-head', 'raised', 6, ['✕ raises', '✕ stuck']],
    ['8317', 'returned', 1, ['✕ wrong', '✕ wrong', '✕ wrong', '✕ wrong']],
    ['162', 'returned', 1, ['', '✕ wrong', '✕ wrong', '']],
    ['5808', 'returned', 0, ['✕ wrong', '✕ wrong']],
    ['24694', 'astray', 0, ['✕ stuck', '✕ stuck', '✕ stuck', '✕ stuck']],
  ])('%s shows what %s in call %i', (id, kind, call, words) => {
    const picture = pictureOf(id);
    expect(picture.moment).toMatchObject({ kind, call });
    expect(picture.words).toEqual(words);
  });

  it('shows all that the ranks hold once the last of them has returned', () => {
    const { frame } = pictureOf('5716');
    expect(frame.map(({ state }) => state.status)).toEqual(['returned', 'returned']);
    expect(frame.map(({ width }) => width)).toEqual([4, 3]);
  });

  it.each(IDS)('%s fits its picture, wide or narrow', (id) => {
    const { frame, tick } = pictureOf(id);
    for (const size of [
      { width: 300, height: 152 },
      { width: 480, height: 152 },
    ]) {
      const { cards, insides, pitches } = layoutPicture(frame, tick, size);
      expect(cards).toHaveLength(frame.length);
      const pitch = at(pitches, tick);
      frame.forEach(({ width, height }, rank) => {
        const card = at(cards, rank);
        const inside = at(insides, rank);
        expect(card.x + card.width).toBeLessThanOrEqual(size.width + 0.01);
        expect(card.y + card.height).toBeLessThanOrEqual(size.height + 0.01);
        expect(width * pitch.x).toBeLessThanOrEqual(inside.width + 0.01);
        expect(height * pitch.y).toBeLessThanOrEqual(inside.height + 0.01);
        // "✕15", in its type.
        const number = LOW_NUMBER.left + `✕${rank}`.length * 6.6;
        if (isLow(card)) expect(inside.x - card.x).toBeGreaterThanOrEqual(number + 3);
      });
    }
  });
});
