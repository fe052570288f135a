import { ACTION_GROUPS } from '../../actions/action.ts';
import { ACTIONS } from '../../actions/index.ts';
import styles from './dialogs.module.css';
import { Keys } from './keys.tsx';
import { Sheet } from './sheet.tsx';

/** Keys that a focused part of the page takes for itself, beside those of the actions. */
const PLACES: readonly { readonly what: string; readonly chords: readonly string[] }[] = [
  { what: 'Zoom the stage or the timeline, where it has the focus', chords: ['+', '-', '0'] },
  { what: 'Look at one rank, on the timeline', chords: ['ArrowUp', 'ArrowDown'] },
  { what: 'Go to a row’s moment, in the event log', chords: ['Enter'] },
  { what: 'Copy a row for an issue, in the event log', chords: ['Mod+C'] },
  {
    what: 'Walk over elements, once Enter was pressed on the stage',
    chords: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
  },
];

/** The sheet of all keys. */
export function KeySheet() {
  return (
    <Sheet name="keys" title="Keys" testId="key-sheet" content={styles.columns}>
      {ACTION_GROUPS.map((group) => {
        const own = ACTIONS.filter(
          ({ group: other, keys }) => other === group && keys !== undefined,
        );
        return own.length === 0 ? null : (
          <section key={group} className={styles.group}>
            <h3 className={styles.groupLabel}>{group}</h3>
            <dl className={styles.pairs}>
              {own.map(({ id, title, keys = [] }) => (
                <div key={id}>
                  <dt>{title}</dt>
                  <dd>
                    <Keys chords={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
      <section className={styles.group}>
        <h3 className={styles.groupLabel}>Where the focus is</h3>
        <dl className={styles.pairs}>
          {PLACES.map(({ what, chords }) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>
                <Keys chords={chords} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </Sheet>
  );
}
