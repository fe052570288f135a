import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { pairText } from '../../core/judge/checks/splits-agree.ts';
import type { Mismatch } from '../../core/recording/event.ts';
import { ScrollArea } from '../kit/scroll-area.tsx';
import styles from './inspector.module.css';
import type { Splits } from './splits.ts';

const ROW_HEIGHT = 24;
const HEADER_WIDTH = 40;
/** CSS pixels of a digit of the mono type at the size of a cell. */
const DIGIT = 6.8;

/**
 * Rows send, columns expect: the counts of every pair of ranks, of which only those in sight are
 * drawn. Pairs that disagree are listed first.
 */
export function SplitMatrix({ splits }: { readonly splits: Splits }) {
  const { worldSize, sends, expects, disagreeing, pairs, largest } = splits;
  const box = useRef<HTMLDivElement>(null);
  const digits = String(largest).length;
  const width = Math.ceil(DIGIT * (disagreeing > 0 ? 2 * digits + 5 : digits) + 14);
  const rows = useVirtualizer({
    count: worldSize,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    scrollMargin: ROW_HEIGHT,
    overscan: 4,
  });
  const columns = useVirtualizer({
    horizontal: true,
    count: worldSize,
    getScrollElement: () => box.current,
    estimateSize: () => width,
    scrollMargin: HEADER_WIDTH,
    overscan: 2,
  });
  const across = columns.getVirtualItems();
  const down = rows.getVirtualItems();
  const left = (across[0]?.start ?? HEADER_WIDTH) - HEADER_WIDTH;
  const above = (down[0]?.start ?? ROW_HEIGHT) - ROW_HEIGHT;
  const find = ({ source, destination }: Mismatch) => {
    rows.scrollToIndex(source, { align: 'center' });
    columns.scrollToIndex(destination, { align: 'center' });
  };
  return (
    <>
      <p data-testid="disagreeing" data-wrong={disagreeing > 0}>
        {disagreeing === 0
          ? '✓ Every rank sends what its peer expects.'
          : `✕ ${disagreeing} of ${worldSize * worldSize} pairs disagree.`}
      </p>
      {disagreeing > 0 && (
        <ul className={styles.pairs} data-testid="pairs">
          {pairs.map((pair) => (
            <li key={`${pair.source} ${pair.destination}`}>
              <button type="button" onClick={() => find(pair)}>
                ✕ {pairText(pair)}
              </button>
            </li>
          ))}
          {disagreeing > pairs.length && <li>and {disagreeing - pairs.length} more</li>}
        </ul>
      )}
      <ScrollArea
        across
        box={box}
        className={styles.matrix}
        label="What each rank (row) sends to each (column), in elements"
        testId="split-matrix"
      >
        <div
          style={{
            width: HEADER_WIDTH + columns.getTotalSize(),
            height: ROW_HEIGHT + rows.getTotalSize(),
          }}
        >
          <table aria-rowcount={worldSize + 1} aria-colcount={worldSize + 1}>
            <thead>
              <tr style={{ height: ROW_HEIGHT }}>
                <th scope="col" style={{ minWidth: HEADER_WIDTH }}>
                  to
                </th>
                {left > 0 && <td style={{ minWidth: left }} />}
                {across.map(({ index }) => (
                  <th key={index} scope="col" aria-colindex={index + 2} style={{ minWidth: width }}>
                    {index}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {above > 0 && (
                <tr style={{ height: above }}>
                  <td />
                </tr>
              )}
              {down.map(({ index: source }) => (
                <tr key={source} aria-rowindex={source + 2} style={{ height: ROW_HEIGHT }}>
                  <th scope="row">{source}</th>
                  {left > 0 && <td />}
                  {across.map(({ index: destination }) => (
                    <Cell
                      key={destination}
                      sent={sends[source]?.[destination]}
                      expected={expects[destination]?.[source]}
                      own={source === destination}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </ScrollArea>
    </>
  );
}

interface CellProps {
  readonly sent: number | undefined;
  readonly expected: number | undefined;
  /** Whether the piece stays on its rank. */
  readonly own: boolean;
}

function Cell({ sent, expected, own }: CellProps) {
  if (sent === undefined && expected === undefined) return <td data-own={own}>–</td>;
  if (sent === expected) return <td data-own={own}>{sent}</td>;
  const wrong = sent !== undefined && expected !== undefined;
  return (
    <td data-own={own} data-wrong={wrong}>
      {wrong ? '✕ ' : ''}
      {sent ?? '–'} / {expected ?? '–'}
    </td>
  );
}
