import { useId } from 'react';
import { callTitle } from '../../core/contract/call-title.ts';
import { LONGEST, type LogFilter, parseRanks, typingRanks } from '../../store/log-filter.ts';
import { ENTRY_KINDS } from '../../trace/entry.ts';
import type { Trace } from '../../trace/trace.ts';
import { Button } from '../kit/button.tsx';
import { Input, Options } from '../kit/field.tsx';
import styles from './log.module.css';
import type { TableFormat } from './log-text.ts';

interface Props {
  readonly filter: LogFilter;
  readonly trace: Trace;
  readonly onFilter: (filter: LogFilter) => void;
  /** How many events are shown, in words. */
  readonly found: string;
  /** What became of the last copy. */
  readonly told: string;
  readonly onCopy: (format: TableFormat) => void;
}

/** Which events are shown, how many they are, and copying them. */
export function LogFilters({ filter, trace, onFilter, found, told, onCopy }: Props) {
  const id = useId();
  const ranks = parseRanks(filter.ranks, trace.lanes.length);
  const { calls: all } = trace.recording.contract;
  const titles = all.map((_, call) => callTitle(all, call));
  // A call that only an earlier run had stays chosen, and to be seen.
  const calls = [...new Set([...titles, filter.call].filter((title) => title !== ''))];
  return (
    <div className={styles.filters}>
      <Input
        size="small"
        type="search"
        className={styles.text}
        aria-label="Events that say this"
        placeholder="find in all columns"
        value={filter.text}
        maxLength={LONGEST.text}
        onChange={({ target }) => onFilter({ ...filter, text: target.value })}
        data-testid="log-text"
      />
      <Input
        size="small"
        className={styles.ranks}
        aria-label="Ranks"
        placeholder="ranks: 0, 4-7"
        value={filter.ranks}
        maxLength={LONGEST.ranks}
        aria-invalid={!ranks.ok}
        aria-describedby={ranks.ok ? undefined : `${id}-problem`}
        onChange={({ target }) => onFilter(typingRanks(filter, target.value, trace.lanes.length))}
        data-testid="log-ranks"
      />
      <Options
        size="small"
        className={styles.choice}
        aria-label="Call"
        value={filter.call}
        onChange={({ target }) => onFilter({ ...filter, call: target.value })}
        data-testid="log-call"
      >
        <option value="">every call</option>
        {calls.map((title) => (
          <option key={title}>{title}</option>
        ))}
      </Options>
      <Options
        size="small"
        className={styles.choice}
        aria-label="Kind"
        value={filter.kind}
        onChange={({ target }) =>
          onFilter({ ...filter, kind: ENTRY_KINDS.find((kind) => kind === target.value) ?? '' })
        }
        data-testid="log-kind"
      >
        <option value="">every kind</option>
        {ENTRY_KINDS.map((kind) => (
          <option key={kind}>{kind}</option>
        ))}
      </Options>
      {ranks.ok ? (
        <p className={styles.found} role="status" data-testid="log-found">
          {told === '' ? found : `${found} · ${told}`}
        </p>
      ) : (
        <p className={styles.problem} id={`${id}-problem`} role="alert" data-testid="log-problem">
          {ranks.message}
        </p>
      )}
      <span className={styles.copies}>
        copy
        {(['Markdown', 'TSV'] as const).map((format) => (
          <Button
            size="small"
            key={format}
            title={`Copy these rows as ${format === 'TSV' ? 'tab-separated text, for a spreadsheet' : format}`}
            aria-label={`Copy these rows as ${format}`}
            onClick={() => onCopy(format)}
            data-testid={`log-copy-${format}`}
          >
            {format}
          </Button>
        ))}
      </span>
    </div>
  );
}
