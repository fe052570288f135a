import { describe, expect, it } from 'vitest';
import { matches, parseChord, printChord } from './chord.ts';
import { ACTIONS } from './index.ts';

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey', true>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('chords', () => {
  it('tell keys apart by what is held down', () => {
    expect(matches(parseChord('Space'), press(' '))).toBe(true);
    expect(matches(parseChord('Space'), press(' ', { shiftKey: true }))).toBe(false);
    expect(matches(parseChord('Shift+Space'), press(' ', { shiftKey: true }))).toBe(true);
    expect(matches(parseChord('Mod+K'), press('k', { metaKey: true }))).toBe(true);
    expect(matches(parseChord('Mod+K'), press('k'))).toBe(false);
    expect(matches(parseChord('?'), press('?', { shiftKey: true }))).toBe(true);
    expect(matches(parseChord('+'), press('+', { shiftKey: true }))).toBe(true);
    expect(matches(parseChord('Mod+Shift+Z'), press('Z', { ctrlKey: true, shiftKey: true }))).toBe(
      true,
    );
  });

  it('are printed as keys are', () => {
    expect(printChord('Mod+K', true)).toBe('⌘K');
    expect(printChord('Mod+K', false)).toBe('Ctrl K');
    expect(printChord('Shift+Space', false)).toBe('Shift Space');
    expect(printChord('ArrowRight', false)).toBe('→');
  });
});

describe('the catalogue of actions', () => {
  it('gives every action a name of its own, and every chord to one action', () => {
    const ids = ACTIONS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const chords = ACTIONS.flatMap(({ keys }) => keys ?? []);
    expect(new Set(chords).size).toBe(chords.length);
  });
});
