/** A key with what is held down with it. `mod` is Ctrl, or ⌘ where there is one. */
export interface Chord {
  readonly key: string;
  readonly mod: boolean;
  readonly shift: boolean;
}

/** The parts of a `KeyboardEvent` that matter. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Reads "Mod+Shift+Z", "Space", "?", "+". */
export function parseChord(text: string): Chord {
  const [, held = '', key = ''] = /^(.*\+)?(.+)$/.exec(text) ?? [];
  return {
    key: key === 'Space' ? ' ' : key,
    mod: held.includes('Mod+'),
    shift: held.includes('Shift+'),
  };
}

/** Whether a key press is the chord. Signs such as "?" are the same with Shift and without. */
export function matches(chord: Chord, press: KeyPress): boolean {
  if (press.altKey || chord.mod !== (press.ctrlKey || press.metaKey)) return false;
  const same = (key: string) => (key.length === 1 ? key.toLowerCase() : key);
  if (same(press.key) !== same(chord.key)) return false;
  const isSign = /^[^\p{L}\s]$/u.test(chord.key);
  return isSign || chord.shift === press.shiftKey;
}

/** As it is printed on keys: "⌘K", "Ctrl K", "Shift Space", "→". */
export function printChord(text: string, apple: boolean): string {
  const { key, mod, shift } = parseChord(text);
  const shown = SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  const held = [...(mod ? [apple ? '⌘' : 'Ctrl'] : []), ...(shift ? ['Shift'] : [])];
  return [...held, shown].join(apple && !shift ? '' : ' ');
}

const SIGNS: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowRight: '→',
  ArrowLeft: '←',
  ArrowUp: '↑',
  ArrowDown: '↓',
};
