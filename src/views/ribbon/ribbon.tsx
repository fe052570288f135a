import { useMemo } from 'react';
import { at } from '../../base/assert.ts';
import type { Case } from '../../engine/case.ts';
import { momentsOf } from '../../trace/moment.ts';
import { type Stop, stopsOf } from '../../trace/stops.ts';
import { useRankscope } from '../store-context.ts';
import styles from './ribbon.module.css';

/** The shapes of one tensor on its way there and back, beside what they should be. */
export function Ribbon() {
  const trace = useRankscope((state) => state.shown?.trace ?? null);
  const call = useRankscope((state) =>
    state.shown === null ? 0 : at(momentsOf(state.shown.trace), Math.ceil(state.cursor)).call,
  );
  const stops = useMemo(
    () => (trace === null ? [] : stopsOf(trace.recording, call)),
    [trace, call],
  );
  if (trace === null) return <div className={styles.ribbon} />;
  return (
    <ol className={styles.ribbon} aria-label="Layout of the tensor" data-testid="ribbon">
      {stops.map((stop) => (
        <li
          key={stop.title}
          className={styles.stop}
          data-wrong={stop.wrong}
          data-current={stop.call === call}
        >
          <strong>{shapeText(stop)}</strong>
          <span title={stopText(stop, trace.recording.case)}>
            {stopText(stop, trace.recording.case)}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** "[1, 8, 2, D]"; "[1, 8, k, D], k = 3 · 3 · 2" where ranks differ; a dash where nothing came. */
function shapeText({ shapes }: Stop): string {
  const there = shapes.filter((shape) => shape !== null);
  const [first] = there;
  if (first === undefined) return '—';
  const varying = first.flatMap((size, dim) =>
    there.some((shape) => shape[dim] !== size) ? [dim] : [],
  );
  const [dim] = varying;
  if (dim === undefined) return `[${first.join(', ')}]`;
  const printed = first.map((size, index) => (varying.includes(index) ? 'k' : size)).join(', ');
  if (shapes.length > 8) return `[${printed}]`;
  return `[${printed}], k = ${shapes.map((shape) => shape?.[dim] ?? '–').join(' · ')}`;
}

/** "held by each rank · [B, S, H, D]", "after pass 1", "✕ pass 2 should give [1, 2, 8, 2]" */
function stopText(stop: Stop, c: Case): string {
  const { title, shapes, should, wrong, shapeWrong, wrongElements, call } = stop;
  if (call === null) return `${title} · ${c.batchDimIdx === 0 ? '[B, S, H, D]' : '[S, B, H, D]'}`;
  if (!wrong || should === null) return `${wrong ? '✕ ' : ''}${title}`;
  if (!shapeWrong) return `✕ ${title.replace('after ', '')}: ${wrongElements} elements misplaced`;
  const returning = shapes.filter((shape) => shape !== null).length;
  const on =
    returning > 0 && returning < shapes.length ? ` on ${returning} of ${shapes.length} ranks` : '';
  return `✕ ${title.replace('after ', '')}${on}; should be [${should.join(', ')}]`;
}
