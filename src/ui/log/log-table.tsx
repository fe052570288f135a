import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { at } from '../../base/assert.ts';
import type { Trace } from '../../trace/trace.ts';
import { Term } from '../glossary/term.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import type { Fold } from './folds.ts';
import styles from './log.module.css';
import { LogRow } from './log-row.tsx';
import { firstAt, placedAt } from './log-rows.ts';
import { COLUMNS } from './log-text.ts';

/** In CSS pixels, as in the style sheet. */
const ROW_HEIGHT = 24;
const HEAD_HEIGHT = 26;

interface Props {
  readonly trace: Trace;
  /** What is shown: the events that a filter lets through, those of equal ranks as one row. */
  readonly folds: readonly Fold[];
  /** Shows the ranks of a row one by one, or no longer. */
  readonly onFold: (row: number, open: boolean) => void;
  readonly onCopy: (fold: Fold) => void;
}

/**
 * The table: only the rows that are seen are there, and the active one, which Tab leads to. That is the
 * first of the moment under the cursor, until another is chosen by arrows or the mouse.
 */
export function LogTable({ trace, folds, onFold, onCopy }: Props) {
  const rows = useMemo(() => Int32Array.from(folds, ({ row }) => row), [folds]);
  const store = useRankscopeStore();
  const tick = useRankscope((state) => Math.round(state.cursor));
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(() => firstAt(trace, rows, tick));
  const chosen = Math.min(active, rows.length - 1);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    scrollPaddingStart: HEAD_HEIGHT,
    // The active row has company below it: a moment is several rows.
    scrollPaddingEnd: 3 * ROW_HEIGHT,
    scrollMargin: HEAD_HEIGHT,
    useFlushSync: false,
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      return seen.includes(chosen) ? seen : [...seen, chosen].sort((a, b) => a - b);
    },
  });

  // The active row goes with the cursor, unless it is in that moment already. Where rows are folded or
  // filtered while the cursor stays, the event that was active stays so.
  const known = useRef({ rows, tick });
  useEffect(() => {
    const was = known.current;
    known.current = { rows, tick };
    setActive((before) => {
      const row = was.rows[before];
      if (row === undefined) return firstAt(trace, rows, tick);
      if (was.rows !== rows && was.tick === tick) {
        const still = rows.indexOf(row);
        return still < 0 ? firstAt(trace, rows, tick) : still;
      }
      return placedAt(trace, row).tick === tick ? before : firstAt(trace, rows, tick);
    });
  }, [trace, rows, tick]);
  // By keys the focus goes along. The row that had it may be gone by now: it was there only as the active one.
  const byKey = useRef(false);
  useEffect(() => {
    virtual.scrollToIndex(chosen);
    const hasFocus = scroller.current?.contains(document.activeElement) === true;
    if (hasFocus || byKey.current)
      scroller.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    byKey.current = false;
  }, [virtual, chosen]);

  const go = (index: number) => setActive(Math.min(rows.length - 1, Math.max(0, index)));
  const seek = (index: number) => {
    go(index);
    store.getState().seek(placedAt(trace, at(rows, index)).tick);
  };
  const press = (event: KeyboardEvent) => {
    byKey.current = true;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const mod = event.ctrlKey || event.metaKey;
    const fold = folds[chosen];
    if (mod && event.key === 'c' && window.getSelection()?.isCollapsed !== false) {
      onCopy(at(folds, chosen));
    } else if (mod || event.altKey) return;
    else if (event.key === 'ArrowDown') go(chosen + 1);
    else if (event.key === 'ArrowUp') go(chosen - 1);
    else if (event.key === 'ArrowRight' && fold?.open === false) onFold(fold.row, true);
    else if (event.key === 'ArrowLeft' && fold?.open === true) onFold(fold.row, false);
    else if (event.key === 'PageDown') go(chosen + page);
    else if (event.key === 'PageUp') go(chosen - page);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(rows.length - 1);
    else if (event.key === 'Enter' && event.target instanceof HTMLTableRowElement) seek(chosen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={scroller} className={styles.scroller} data-testid="log-table">
      <table
        className={styles.table}
        aria-label="Event log: one row per event, in causal order; ranks that do the same share one, which Right and Left open and close. Enter goes to a row’s moment"
        aria-rowcount={rows.length + 1}
      >
        <thead className={styles.head}>
          <tr className={styles.row} aria-rowindex={1}>
            {COLUMNS.map(({ id, title, term }) => (
              <th key={id} scope="col" data-column={id}>
                {term === null ? title : <Term id={term}>{title}</Term>}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">copy</span>
            </th>
          </tr>
        </thead>
        <tbody className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <LogRow
              key={index}
              trace={trace}
              fold={at(folds, index)}
              index={index}
              top={start - HEAD_HEIGHT}
              active={index === chosen}
              current={placedAt(trace, at(rows, index)).tick === tick}
              onSeek={seek}
              onPress={press}
              onFold={onFold}
              onCopy={onCopy}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
