import { useState } from 'react';
import { at } from '../../base/assert.ts';
import { withCommas } from '../../base/numbers.ts';
import { ALL_ROWS, emptyText, type LogFilter } from '../../store/log-filter.ts';
import { quoteText } from '../../trace/entry.ts';
import type { Trace } from '../../trace/trace.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { copyText } from './copy-text.ts';
import { inSlices } from './in-slices.ts';
import styles from './log.module.css';
import { LogFilters } from './log-filters.tsx';
import { entryAt, rowsOf } from './log-rows.ts';
import { LogTable } from './log-table.tsx';
import { headText, rowText, type TableFormat } from './log-text.ts';
import { useMatchingRows } from './use-matching-rows.ts';

/** All events of the run as a table, in causal order: the timeline's facts, to be read and searched. */
export function EventLog() {
  const store = useRankscopeStore();
  const filter = useRankscope((state) => state.log);
  const trace = useRankscope((state) => state.shown?.trace ?? null);
  const { rows, done, filter: used } = useMatchingRows(trace, filter);
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
          const text = tableText(trace, rows, format);
          setTold(await copyText(text, `${counted(rows.length)} copied as ${format}`));
        }}
      />
      {rows.length > 0 && (
        <LogTable
          trace={trace}
          rows={rows}
          onCopy={async (row) =>
            setTold(await copyText(quoteText(entryAt(trace, row)), 'row copied'))
          }
        />
      )}
      {rows.length === 0 && done && used !== null && (
        <div className={styles.empty} data-testid="log-empty">
          <p>{emptyText(used)}</p>
          <button type="button" className={styles.button} onClick={() => onFilter(ALL_ROWS)}>
            Show all {total}
          </button>
        </div>
      )}
    </div>
  );
}

/** "1 event", "5,952 events" */
function counted(count: number): string {
  return `${withCommas(count)} ${count === 1 ? 'event' : 'events'}`;
}

/** All of `rows` as a table, made in slices: there may be many. */
function tableText(trace: Trace, rows: Int32Array, format: TableFormat): Promise<string> {
  const lines = [headText(format)];
  return new Promise((resolve) => {
    inSlices(
      rows.length,
      (from, to) => {
        for (let index = from; index < to; index++) {
          lines.push(rowText(trace, at(rows, index), format));
        }
      },
      (done) => {
        if (done) resolve(lines.join('\n'));
      },
    );
  });
}
