import { printChord } from '../actions/chord.ts';
import styles from './dialogs.module.css';

const APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A chord as this machine's keys are called. */
export function chordText(chord: string): string {
  return printChord(chord, APPLE);
}

/** Chords as keys to be pressed. */
export function Keys({ chords }: { readonly chords: readonly string[] }) {
  return (
    <span className={styles.keys}>
      {chords.map((chord) => (
        <kbd key={chord}>{chordText(chord)}</kbd>
      ))}
    </span>
  );
}
