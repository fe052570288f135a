import { select } from 'd3';
import { entryOf } from '../../trace/entry.ts';
import { momentText, outOf } from '../../trace/moment-text.ts';
import type { Trace } from '../../trace/trace.ts';
import { eventAt } from './pick.ts';

/** The slider's value, and in words; with what the chosen rank does there. */
export function tellValue(
  host: HTMLElement,
  trace: Trace,
  cursor: number,
  chosen: number | null,
): void {
  const tick = Math.round(cursor);
  const { call, operation } = momentText(trace, tick);
  const step = `step ${tick + 1}${outOf(trace)}`;
  select(host)
    .attr('aria-valuemax', trace.ticks - 1)
    .attr('aria-valuenow', tick)
    .attr('aria-valuetext', `${call}, ${operation}, ${step}${doingText(trace, chosen, tick)}`);
}

/** ", rank 2: permute(1, 0)" */
function doingText(trace: Trace, rank: number | null, tick: number): string {
  if (rank === null) return '';
  const placed = eventAt(trace, rank, tick);
  const doing = placed === null ? 'nothing' : entryOf(trace, rank, placed.index).operation;
  return `, rank ${rank}: ${doing}`;
}
