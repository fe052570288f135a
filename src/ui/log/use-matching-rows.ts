import { useEffect, useState } from 'react';
import { at } from '../../base/assert.ts';
import type { LogFilter } from '../../store/log-filter.ts';
import type { Trace } from '../../trace/trace.ts';
import { useRankscopeStore } from '../store-context.ts';
import { saysTheSame } from './folds.ts';
import { inSlices } from './in-slices.ts';
import { rowsMatching, rowsOf } from './log-rows.ts';

interface Found {
  readonly trace: Trace | null;
  readonly filter: LogFilter | null;
  readonly rows: Int32Array;
  /** Of each row, whether it says something else than the one before it: 1, else 0. */
  readonly begins: Uint8Array;
  readonly done: boolean;
}

const NOTHING: Found = {
  trace: null,
  filter: null,
  rows: new Int32Array(0),
  begins: new Uint8Array(0),
  done: false,
};

/** The rows that a filter lets through, as they are found; few are found at once. */
export function useMatchingRows(trace: Trace | null, filter: LogFilter): Found {
  const store = useRankscopeStore();
  const [found, setFound] = useState(NOTHING);
  useEffect(() => {
    if (trace === null) return;
    const { count } = rowsOf(trace);
    const all = new Int32Array(count);
    const begins = new Uint8Array(count).fill(1);
    let length = 0;
    // The page is not idle while rows are looked for.
    const end = store.getState().begin();
    const stop = inSlices(
      count,
      (from, to) => {
        const more = rowsMatching(trace, filter, { from, to });
        for (const row of more) {
          if (length > 0 && saysTheSame(trace, row, at(all, length - 1))) begins[length] = 0;
          all[length] = row;
          length += 1;
        }
      },
      (done) => {
        setFound({ trace, filter, rows: all.subarray(0, length), begins, done });
        if (done) end();
      },
    );
    return () => {
      stop();
      end();
    };
  }, [store, trace, filter]);
  // What was found in another run is nothing here.
  return found.trace === trace ? found : NOTHING;
}
