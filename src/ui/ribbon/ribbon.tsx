import { useMemo } from 'react';
import { at } from '../../base/assert.ts';
import { batchDimOf, type Contract, sequenceOf } from '../../core/contract/contract.ts';
import { strayText } from '../../core/contract/sequence-text.ts';
import { counted } from '../../core/judge/explain/story.ts';
import type { Recording } from '../../core/recording/event.ts';
import { momentsOf } from '../../trace/moment.ts';
import { type Stop, stopsOf } from '../../trace/stops.ts';
import type { Trace } from '../../trace/trace.ts';
import { Term } from '../glossary/term.tsx';
import { useRankscope } from '../store-context.ts';
import styles from './ribbon.module.css';

/** The way of the tensor under the cursor, in the run that the page shows. */
export function Ribbon() {
  const trace = useRankscope((state) => state.shown?.trace ?? null);
  const call = useRankscope((state) =>
    state.shown === null ? 0 : callAt(state.shown.trace, state.cursor),
  );
  return <RibbonOf trace={trace} call={call} testId="ribbon" />;
}

/** The call that a cursor stands in. */
export function callAt(trace: Trace, cursor: number): number {
  return at(momentsOf(trace), Math.ceil(cursor)).call;
}

/** The shapes of one tensor on its way there and back, beside what they should be. */
export function RibbonOf(props: {
  readonly trace: Trace | null;
  readonly call: number;
  readonly testId: string;
  /** The same way in another run: stops that differ from its own are marked. */
  readonly beside?: { readonly trace: Trace; readonly call: number } | null;
}) {
  const { trace, call, beside = null } = props;
  const stops = useMemo(
    () => (trace === null ? [] : stopsOf(trace.recording, call)),
    [trace, call],
  );
  const others = useMemo(
    () => (beside === null ? null : stopsOf(beside.trace.recording, beside.call)),
    [beside],
  );
  if (trace === null) return <div className={styles.ribbon} />;
  return (
    <ol
      className={styles.ribbon}
      aria-label="Layout of the tensor"
      data-part="ribbon"
      data-testid={props.testId}
    >
      {stops.map((stop, index) => {
        if (stop.ahead) {
          return (
            <li key={stop.title} className={styles.stop} data-current={stop.call === call}>
              <strong>?</strong>
              <span>{stop.title}</span>
            </li>
          );
        }
        const other = others?.[index];
        const differs =
          others !== null && (other === undefined || shapeText(other) !== shapeText(stop));
        return (
          <li
            key={stop.title}
            className={styles.stop}
            data-wrong={stop.wrong}
            data-current={stop.call === call}
            data-differs={differs}
            data-void={stop.shapes.every((shape) => shape === null)}
          >
            <strong title={shapeText(stop)}>{shortShapeText(stop)}</strong>
            <span title={stopText(stop, trace.recording.contract)}>
              {stop.call === null ? (
                <Held text={stopText(stop, trace.recording.contract)} recording={trace.recording} />
              ) : (
                stopText(stop, trace.recording.contract)
              )}
            </span>
            {differs && (
              <em className={styles.differs} title="The other side has another shape here">
                ≠<span className="visually-hidden"> differs from the other side</span>
              </em>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/**
 * "q on each rank · [B, S, H, D]", its letters explained; "q on each rank · s16–17 lost", where the
 * ranks do not hold the sequence as it is.
 */
function Held({ text, recording }: { readonly text: string; readonly recording: Recording }) {
  const [, tensor = '', between = '', layout = ''] = /^(\w+)(.*)(\[.*)$/.exec(text) ?? [];
  const stray = strayText(sequenceOf(recording.contract));
  return (
    <>
      <Term id="qkv">{tensor}</Term>
      {between}
      {stray === null ? (
        <Term id="layout">{layout}</Term>
      ) : (
        <em className={styles.stray} data-lost={stray.lost} data-testid="stray">
          {stray.lost ? '✕ ' : ''}
          {stray.text}
        </em>
      )}
    </>
  );
}

/** "[1, 8, 2, D]"; "[1, 8, h, D], h = 3 · 3 · 2" where ranks differ; a dash where nothing came. */
function shapeText(stop: Stop): string {
  return sayShape(stop, (sizes) => sizes.map((size) => size ?? '–').join(' · '));
}

/** The same in the width of a card: "[1, 8, h, D], h = 2–3". */
function shortShapeText(stop: Stop): string {
  const text = shapeText(stop);
  if (text.length <= MOST_LETTERS) return text;
  return sayShape(stop, (sizes) => {
    const there = sizes.filter((size) => size !== null);
    return `${Math.min(...there)}–${Math.max(...there)}`;
  });
}

/** A card has room for them in the smallest window. */
const MOST_LETTERS = 24;

/** The shape that all ranks have, or with letters for the sizes in which ranks differ. */
function sayShape(
  { shapes }: Stop,
  sayEach: (sizes: readonly (number | null)[]) => string,
): string {
  const there = shapes.filter((shape) => shape !== null);
  const [first] = there;
  if (first === undefined) return '—';
  const varying = first.flatMap((size, dim) =>
    there.some((shape) => shape[dim] !== size) ? [dim] : [],
  );
  const letter = (dim: number) => LETTERS[first.length - dim] ?? 's';
  const printed = first.map((size, dim) => (varying.includes(dim) ? letter(dim) : size));
  const sizes = varying.map(
    (dim) => `, ${letter(dim)} = ${sayEach(shapes.map((shape) => shape?.[dim] ?? null))}`,
  );
  return `[${printed.join(', ')}]${sizes.join('')}`;
}

/** What stands for the last dimension, and for the last but one: head dim and heads. */
const LETTERS: Readonly<Record<number, string>> = { 1: 'd', 2: 'h' };

/** "q on each rank · [B, S, H, D]", "after pass 1", "✕ pass 2; should be [1, 2, 8, 2]" */
function stopText(stop: Stop, c: Contract): string {
  const { title, shapes, should, wrong, shapeWrong, wrongElements, call } = stop;
  if (call === null) return `${title} · ${batchDimOf(c) === 0 ? '[B, S, H, D]' : '[S, B, H, D]'}`;
  if (!wrong || should === null) return `${wrong ? '✕ ' : ''}${title}`;
  if (!shapeWrong)
    return `✕ ${title.replace('after ', '')}: ${counted(wrongElements, 'element')} wrong`;
  const returning = shapes.filter((shape) => shape !== null).length;
  const on =
    returning > 0 && returning < shapes.length ? ` on ${returning} of ${shapes.length} ranks` : '';
  return `✕ ${title.replace('after ', '')}${on}; should be [${should.join(', ')}]`;
}
