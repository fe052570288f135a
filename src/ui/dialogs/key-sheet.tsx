import { glossed } from '../../content/glossary/glossed.ts';
import { ACTION_GROUPS, type ActionGroup } from '../actions/action.ts';
import { ACTIONS } from '../actions/index.ts';
import { GlossedText } from '../glossary/glossed-text.tsx';
import styles from './dialogs.module.css';
import { Keys } from './keys.tsx';
import { Sheet } from './sheet.tsx';

interface Row {
  readonly what: string;
  readonly chords: readonly string[];
}

/** Keys that a focused part of the page takes for itself, beside those of the actions. */
const PLACES: readonly Row[] = [
  { what: 'Zoom the stage or the timeline, where it has the focus', chords: ['+', '-', '0'] },
  { what: 'Look at one rank, on the timeline', chords: ['ArrowUp', 'ArrowDown'] },
  { what: 'Go to a row’s moment, in the event log', chords: ['Enter'] },
  { what: 'Copy a row for an issue, in the event log', chords: ['Mod+C'] },
  {
    what: 'Walk over elements, once Enter was pressed on the stage',
    chords: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
  },
];

/** All keys, group by group. */
const GROUPS: readonly { readonly title: string; readonly rows: readonly Row[] }[] = [
  ...ACTION_GROUPS.map((title) => ({ title, rows: rowsOf(title) })),
  { title: 'Where the focus is', rows: PLACES },
].filter(({ rows }) => rows.length > 0);

function rowsOf(wanted: ActionGroup): Row[] {
  return ACTIONS.flatMap(({ group, title, keys }) =>
    group === wanted && keys !== undefined ? [{ what: title, chords: keys }] : [],
  );
}

const TEXTS = GROUPS.flatMap(({ rows }) => rows.map(({ what }) => what));

/** In the order in which they are read: a word is marked once in all of the sheet. */
const PIECES = new Map(glossed(TEXTS).map((pieces, index) => [TEXTS[index], pieces]));

/** The sheet of all keys. */
export function KeySheet() {
  return (
    <Sheet name="keys" title="Keys" testId="key-sheet" content={styles.keySheet}>
      <div className={styles.columns}>
        {GROUPS.map(({ title, rows }) => (
          <section key={title} className={styles.group}>
            <h3 className={styles.groupLabel}>{title}</h3>
            <dl className={styles.pairs}>
              {rows.map(({ what, chords }) => (
                <div key={what}>
                  <dt>
                    <GlossedText pieces={PIECES.get(what) ?? [what]} />
                  </dt>
                  <dd>
                    <Keys chords={chords} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Sheet>
  );
}
