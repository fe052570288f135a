import type { KeyboardEvent } from 'react';
import type { Trace } from '../../trace/trace.ts';
import { Button } from '../kit/button.tsx';
import type { Fold } from './folds.ts';
import styles from './log.module.css';
import { entryAt } from './log-rows.ts';
import { COLUMNS, cellText } from './log-text.ts';

interface Props {
  readonly trace: Trace;
  readonly fold: Fold;
  /** Which of those that are shown. */
  readonly index: number;
  /** Where it stands in the table's body, in CSS pixels. */
  readonly top: number;
  /** Whether Tab leads to it. */
  readonly active: boolean;
  /** Whether it belongs to the moment under the cursor. */
  readonly current: boolean;
  readonly onSeek: (index: number) => void;
  readonly onPress: (event: KeyboardEvent) => void;
  readonly onFold: (row: number, open: boolean) => void;
  readonly onCopy: (fold: Fold) => void;
}

/** One event, or the same one on several ranks. */
export function LogRow({ trace, fold, index, top, active, current, ...on }: Props) {
  const { row, open } = fold;
  const entry = entryAt(trace, row);
  return (
    <tr
      className={styles.row}
      // The first row is the head.
      aria-rowindex={index + 2}
      aria-current={current ? 'step' : undefined}
      tabIndex={active ? 0 : -1}
      data-active={active}
      data-fails={entry.fails}
      data-testid="log-row"
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => on.onSeek(index)}
      onKeyDown={on.onPress}
    >
      {COLUMNS.map(({ id }) => {
        const text = cellText(trace, fold, id);
        return (
          <td key={id} data-column={id} title={text}>
            {id === 'rank' && open !== null && (
              <button
                type="button"
                tabIndex={-1}
                className={styles.fold}
                aria-expanded={open}
                aria-label={open ? 'Show these ranks as one row' : 'Show these ranks one by one'}
                onClick={(event) => {
                  event.stopPropagation();
                  on.onFold(row, !open);
                }}
              >
                {open ? '▾' : '▸'}
              </button>
            )}
            {text}
          </td>
        );
      })}
      <td>
        <Button
          className={styles.copy}
          look="words"
          tabIndex={-1}
          aria-label="Copy this row"
          title="Copy this row, fit for an issue (Ctrl/⌘ C)"
          onClick={(event) => {
            event.stopPropagation();
            on.onCopy(fold);
          }}
        >
          copy
        </Button>
      </td>
    </tr>
  );
}
