import type { ReactNode } from 'react';
import { at } from '../../base/assert.ts';
import { glossed } from '../../content/glossary/glossed.ts';
import { FORM_MEANS } from '../../draw/timeline/mark-form.ts';
import { MARK_FORMS, type MarkForm } from '../../trace/mark-forms.ts';
import { GlossedText } from '../glossary/glossed-text.tsx';
import { Popover } from '../popover/popover.tsx';
import styles from './legend.module.css';

const MEANINGS = glossed(MARK_FORMS.map((form) => FORM_MEANS[form]));

/** What the marks of the timeline mean, and how one moves about. */
export function Legend() {
  return (
    <Popover
      title="Marks"
      side="top"
      align="end"
      className={styles.popup}
      trigger={
        <button type="button" className={styles.open} data-testid="timeline-legend">
          <span aria-hidden="true">?</span>
          <span className="visually-hidden">What the marks mean</span>
        </button>
      }
    >
      <ul className={styles.forms}>
        {MARK_FORMS.map((form, index) => (
          <li key={form}>
            <Swatch>{SWATCHES[form]}</Swatch>
            <span>
              <GlossedText pieces={at(MEANINGS, index)} />
            </span>
          </li>
        ))}
        <li>
          <Swatch>
            <rect x="1" y="4" width="26" height="8" className={styles.wait} />
            <path d="M4 12l8-8M10 12l8-8M16 12l8-8" className={styles.wait} />
          </Swatch>
          waits for other ranks; open at its end: forever
        </li>
        <li>
          <Swatch>
            <path d="M2 3L24 12" className={styles.message} />
            <path d="M27 13.3l-6.2.1 2-5z" className={styles.collective} />
          </Swatch>
          elements on their way; among many ranks, those of the rank that is looked at
        </li>
      </ul>
      <dl className={styles.ways}>
        <dt>Drag</dt>
        <dd>moves the cursor</dd>
        <dt>Wheel, + − 0</dt>
        <dd>zooms; over the names, the lanes alone</dd>
        <dt>Shift + drag or wheel</dt>
        <dd>pans</dd>
        <dt>Double click</dt>
        <dd>fills the width with an operation or a call</dd>
        <dt>↑ ↓, or a name</dt>
        <dd>looks at one rank</dd>
      </dl>
    </Popover>
  );
}

function Swatch({ children }: { readonly children: ReactNode }) {
  return (
    <svg width="28" height="16" viewBox="0 0 28 16" aria-hidden="true">
      {children}
    </svg>
  );
}

const SWATCHES: Record<MarkForm, ReactNode> = {
  edge: <rect x="12" y="3" width="4" height="10" className={styles.edge} />,
  view: <rect x="7" y="3" width="14" height="10" rx="3" className={styles.view} />,
  copy: <rect x="4" y="3" width="20" height="10" rx="3" className={styles.copy} />,
  attention: <rect x="3" y="3" width="22" height="10" rx="3" className={styles.attention} />,
  decision: <rect x="7" y="3" width="14" height="10" rx="3" className={styles.decision} />,
  offer: <path d="M5 3h12l5 5-5 5H5z" className={styles.collective} />,
  landing: <path d="M6 3h16v10H6l5-5z" className={styles.collective} />,
  follows: <path d="M9 3l10 10M19 3L9 13" className={styles.follows} />,
  fault: <path d="M9 3l10 10M19 3L9 13" className={styles.fault} />,
};
