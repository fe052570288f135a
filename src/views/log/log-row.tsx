import type { KeyboardEvent } from 'react';
import type { Trace } from '../../trace/trace.ts';
import styles from './log.module.css';
import { entryAt } from './log-rows.ts';
import { COLUMNS } from './log-text.ts';

interface Props {
  readonly trace: Trace;
  /** Which of all events it is. */
  readonly row: number;
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
  readonly onCopy: (row: number) => void;
}

/** One event. */
export function LogRow({ trace, row, index, top, active, current, ...on }: Props) {
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
      {COLUMNS.map(({ id, textOf }) => (
        <td key={id} data-column={id} title={textOf(entry)}>
          {textOf(entry)}
        </td>
      ))}
      <td>
        <button
          type="button"
          tabIndex={-1}
          className={styles.copy}
          aria-label="Copy this row"
          title="Copy this row, fit for an issue (Ctrl/⌘ C)"
          onClick={(event) => {
            event.stopPropagation();
            on.onCopy(row);
          }}
        >
          copy
        </button>
      </td>
    </tr>
  );
}
