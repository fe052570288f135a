import { useEffect, useState } from 'react';
import { FORMS } from '../../share/export/forms.ts';
import { SUBJECTS } from '../../store/panel.ts';
import { isJudged, isStanding } from '../../store/shown.ts';
import { NOT_OVER } from '../../store/shown-text.ts';
import { perform } from '../actions/action.ts';
import { pageBytesOf } from '../actions/export-actions.ts';
import { actionOf } from '../actions/index.ts';
import { DialogFrame } from '../dialogs/dialog-frame.tsx';
import { Button } from '../kit/button.tsx';
import { DialogHead } from '../kit/dialog.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './export.module.css';
import { FilmForm } from './film-form.tsx';

/** What is on the screen, as pictures, as a page of its own, as a film. */
export function ExportDialog() {
  const standing = useRankscope((state) => isStanding(state.shown));
  return (
    <DialogFrame name="export" testId="export-dialog" className={styles.sheet}>
      <DialogHead title="Export" />
      <section className={styles.part}>
        <h3>A picture</h3>
        <p>As it is on the screen, with the case, the version and the link under it.</p>
        {SUBJECTS.map((subject) => (
          <div key={subject} className={styles.row}>
            <span>{subject}</span>
            {FORMS.map((form) => (
              <SaveButton key={form} id={`save-${subject}-${form}`}>
                {form.toUpperCase()}
              </SaveButton>
            ))}
          </div>
        ))}
      </section>
      <section className={styles.part}>
        <h3>One HTML file</h3>
        <PageWords />
        <div className={styles.row}>
          <SaveButton id="save-page" unless={standing ? NOT_OVER : undefined}>
            Save one HTML file
          </SaveButton>
        </div>
      </section>
      <section className={styles.part}>
        <h3>A film</h3>
        <FilmForm />
      </section>
    </DialogFrame>
  );
}

/** What the HTML file is, and how large. */
function PageWords() {
  const store = useRankscopeStore();
  const shown = useRankscope((state) => state.shown);
  const [bytes, setBytes] = useState<number | null>(null);
  useEffect(() => {
    if (!isJudged(shown)) return;
    let over = false;
    void pageBytesOf(store.getState(), shown).then((size) => {
      if (!over) setBytes(size);
    });
    return () => {
      over = true;
    };
  }, [store, shown]);
  return (
    <p data-testid="page-words">
      What the ranks recorded, and a player. It opens from a disk and needs no network.{' '}
      {isStanding(shown) ? NOT_OVER : bytes === null ? 'Calculating size…' : sizeText(bytes)}
    </p>
  );
}

function sizeText(bytes: number): string {
  const size = `At most about ${Math.max(0.1, bytes / 1e6).toFixed(1)} MB`;
  return bytes < AT_EASE
    ? `${size}: small enough for an issue.`
    : `${size}: too large to attach to most issues. Fewer ranks, heads or tokens make it smaller.`;
}

/** Bytes that every issue tracker takes. */
const AT_EASE = 1_000_000;

/** Saves something, where it is on the screen; the dialog stays for the next. */
function SaveButton(props: {
  readonly id: string;
  /** Why it cannot be saved now. */
  readonly unless?: string | undefined;
  readonly children: string;
}) {
  const { id, unless = 'Not on the screen', children } = props;
  const store = useRankscopeStore();
  const action = actionOf(id);
  const enabled = useRankscope((state) => action.enabled?.(state) !== false);
  return (
    <Button
      disabled={!enabled}
      aria-label={action.title}
      title={enabled ? action.title : unless}
      data-testid={id}
      onClick={() => perform(action, store)}
    >
      {children}
    </Button>
  );
}
