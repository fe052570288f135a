import { printChord } from '../../actions/chord.ts';
import styles from './dialogs.module.css';

const APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Chords as keys to be pressed. */
export function Keys({ chords }: { readonly chords: readonly string[] }) {
  return (
    <span className={styles.keys}>
      {chords.map((chord) => (
        <kbd key={chord}>{printChord(chord, APPLE)}</kbd>
      ))}
    </span>
  );
}
