import { useLayoutEffect, useRef, useState } from 'react';
import { caseOf } from '../../core/recording/event.ts';
import { type SourceLine, sourceLines } from '../../core/recording/source.ts';
import { hasEnded } from '../../core/recording/standstill.ts';
import type { PlacedEvent, Trace } from '../../trace/trace.ts';
import { ScrollArea } from '../kit/scroll-area.tsx';
import styles from './inspector.module.css';
import { listingOf } from './source-text.ts';

interface Props {
  readonly trace: Trace;
  readonly rank: number;
  readonly placed: PlacedEvent;
}

/**
 * The step in the implementation's own words: the file, its callers before it, and the line that
 * made the event. An event that no line makes shows the last line before it.
 */
export function Listing({ trace, rank, placed }: Props) {
  const made = lineBefore(trace, rank, placed);
  if (made === null) return <p className={styles.note}>{whyNoLine(trace, placed)}</p>;
  // Another step begins with its own innermost file.
  return (
    <Path
      key={made.path}
      path={made.path}
      implementation={caseOf(trace.recording)?.implementation ?? null}
    />
  );
}

function Path({
  path,
  implementation,
}: {
  readonly path: string;
  readonly implementation: string | null;
}) {
  const lines = sourceLines(path);
  const [seen, look] = useState(lines.length - 1);
  const line = lines[seen];
  if (line === undefined) return null;
  return (
    <figure className={styles.listing} data-testid="listing">
      <figcaption>
        <ol className={styles.breadcrumb} aria-label="How the program came here">
          {implementation !== null && lines[0]?.file !== implementation && (
            <li>{implementation}</li>
          )}
          {lines.map(({ file, line: number }, index) => (
            <li key={`${file}:${number}`}>
              <button
                type="button"
                aria-current={index === seen ? 'true' : undefined}
                onClick={() => look(index)}
              >
                {file}:{number}
              </button>
            </li>
          ))}
        </ol>
      </figcaption>
      <Lines key={line.file} {...line} />
    </figure>
  );
}

/** CSS pixels. */
const LINE_HEIGHT = 18;

function Lines({ file, line }: SourceLine) {
  const listing = listingOf(file);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current === null) return;
    box.current.scrollTop = line * LINE_HEIGHT - box.current.clientHeight / 2;
  }, [line]);
  if (listing === null) {
    return <p className={styles.note}>{file}.ts is no file of this version of the page.</p>;
  }
  return (
    <ScrollArea across box={box} className={styles.code} label={`${file}.ts, line ${line}`}>
      <ol>
        {listing.map((stretches, index) => {
          const number = index + 1;
          const now = number === line;
          return (
            <li
              key={number}
              aria-current={now ? 'step' : undefined}
              data-testid={now ? 'current-line' : undefined}
            >
              <span className={styles.number} aria-hidden="true">
                {now ? '▸' : ''} {number}
              </span>
              <code>
                {stretches.map(({ column, text, role }) => (
                  <span key={column} data-role={role ?? undefined}>
                    {text}
                  </span>
                ))}
              </code>
            </li>
          );
        })}
      </ol>
    </ScrollArea>
  );
}

/** The line of an event, or of the last one before it in the same call. */
function lineBefore(trace: Trace, rank: number, placed: PlacedEvent): { path: string } | null {
  const path = trace.lanes[rank]
    ?.slice(0, placed.index + 1)
    .findLast(({ call, event }) => call === placed.call && event.source !== undefined)
    ?.event.source;
  return path === undefined ? null : { path };
}

function whyNoLine({ recording }: Trace, { event }: PlacedEvent): string {
  const told = recording.ranks.some(({ events }) =>
    events.some(({ source }) => source !== undefined),
  );
  if (!told && hasEnded(recording))
    return 'This recording does not say which lines of the program made its steps.';
  return event.kind === 'called'
    ? 'The call begins: its caller hands the tensor over.'
    : 'This is done by the caller, before the published function begins.';
}
