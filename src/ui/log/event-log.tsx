import { useMemo, useState } from 'react';
import { at } from '../../base/assert.ts';
import { withCommas } from '../../base/numbers.ts';
import { ALL_ROWS, emptyText, type LogFilter } from '../../store/log-filter.ts';
import type { Trace } from '../../trace/trace.ts';
import { Button } from '../kit/button.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { copyText } from './copy-text.ts';
import { type Fold, foldsOf } from './folds.ts';
import { inSlices } from './in-slices.ts';
import styles from './log.module.css';
import { LogFilters } from './log-filters.tsx';
import { rowsOf } from './log-rows.ts';
import { LogTable } from './log-table.tsx';
import { foldText, headText, rowText, type TableFormat } from './log-text.ts';
import { useMatchingRows } from './use-matching-rows.ts';

/** All events of the run as a table, in causal order: the timeline's facts, to be read and searched. */
export function EventLog() {
  const store = useRankscopeStore();
  const filter = useRankscope((state) => state.log);
  const trace = useRankscope((state) => state.shown?.trace ?? null);
  const { rows, begins, done, filter: used } = useMatchingRows(trace, filter);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const folds = useMemo(
    () => (trace === null ? [] : foldsOf(trace, rows, begins, opened)),
    [trace, rows, begins, opened],
  );
  const [told, setTold] = useState('');
  const onFilter = (log: LogFilter) => store.getState().look({ log });
  if (trace === null) return null;
  const total = counted(rowsOf(trace).count);
  const found =
    rows.length === rowsOf(trace).count ? total : `${withCommas(rows.length)} of ${total}`;
  return (
    <div className={styles.log} data-testid="log">
      <LogFilters
        filter={filter}
        trace={trace}
        onFilter={(next) => {
          setTold('');
          onFilter(next);
        }}
        found={done ? found : `${found} …`}
        told={told}
        onCopy={async (format) => {
          const text = tableText(trace, folds, format);
          setTold(await copyText(text, `${counted(rows.length)} copied as ${format}`));
        }}
      />
      {rows.length > 0 && (
        <LogTable
          trace={trace}
          folds={folds}
          onFold={(row, open) => setOpened(toggled(opened, row, open))}
          onCopy={async (fold) => setTold(await copyText(foldText(trace, fold), 'row copied'))}
        />
      )}
      {rows.length === 0 && done && used !== null && (
        <div className={styles.empty} data-testid="log-empty">
          <p>{emptyText(used)}</p>
          <Button onClick={() => onFilter(ALL_ROWS)}>Show all {total}</Button>
        </div>
      )}
    </div>
  );
}

/** "1 event", "5,952 events" */
function counted(count: number): string {
  return `${withCommas(count)} ${count === 1 ? 'event' : 'events'}`;
}

function toggled(opened: ReadonlySet<number>, row: number, open: boolean): ReadonlySet<number> {
  const next = new Set(opened);
  if (open) next.add(row);
  else next.delete(row);
  return next;
}

/** All rows as they are seen as a table, made in slices: there may be many. */
function tableText(trace: Trace, folds: readonly Fold[], format: TableFormat): Promise<string> {
  const lines = [headText(format)];
  // An open row has those that it stands for behind it.
  const seen = folds.filter(({ open }) => open !== true);
  return new Promise((resolve) => {
    inSlices(
      seen.length,
      (from, to) => {
        for (let index = from; index < to; index++) {
          lines.push(rowText(trace, at(seen, index), format));
        }
      },
      (done) => {
        if (done) resolve(lines.join('\n'));
      },
    );
  });
}
