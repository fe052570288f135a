import { scaleLinear } from 'd3';
import { at } from '../../base/assert.ts';
import type { RankEvent } from '../../engine/event.ts';
import type { Trace } from '../../trace/trace.ts';

/** The form that an event takes on its lane. */
export type MarkForm = 'view' | 'copy' | 'collective' | 'decision' | 'edge' | 'fault';

export interface Mark {
  readonly rank: number;
  /** Index in the rank's events. */
  readonly index: number;
  readonly form: MarkForm;
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly event: RankEvent;
}

/** A call's bracket above the lanes. */
export interface Bracket {
  readonly call: number;
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly failed: boolean;
}

/** Where everything stands on the timeline, in CSS pixels. */
export interface TimelineLayout {
  readonly marks: readonly Mark[];
  readonly brackets: readonly Bracket[];
  readonly lanes: readonly { readonly rank: number; readonly y: number }[];
  readonly laneHeight: number;
  xOf(cursor: number): number;
  cursorAt(x: number): number;
}

/** Space for rank labels on the left, for brackets above. */
export const MARGIN = { left: 62, right: 18, top: 30, bottom: 8 };

export function layoutTimeline(
  trace: Trace,
  size: { readonly width: number; readonly height: number },
): TimelineLayout {
  const inner = Math.max(1, size.width - MARGIN.left - MARGIN.right);
  const scale = scaleLinear([0, Math.max(1, trace.ticks)], [MARGIN.left, MARGIN.left + inner]);
  const pitch = inner / Math.max(1, trace.ticks);
  const count = trace.lanes.length;
  const laneHeight = Math.max(1, (size.height - MARGIN.top - MARGIN.bottom) / count);
  const lanes = trace.lanes.map((_, rank) => ({
    rank,
    y: MARGIN.top + (rank + 0.5) * laneHeight,
  }));
  const marks = trace.lanes.flatMap((lane, rank) =>
    lane.map(({ event, index, tick }) => {
      const form = formOf(event);
      const width = pitch * WIDTHS[form];
      const x = scale(tick) + (pitch - width) / 2;
      return { rank, index, form, event, width, x, y: at(lanes, rank).y };
    }),
  );
  const { calls } = trace.recording.case;
  const brackets = trace.calls.map(({ call, first, last }) => {
    const { pass, ...rest } = at(calls, call);
    const name = 'to' in rest ? rest.to : rest.tensor;
    const failed = marks.some(
      (mark) => mark.form === 'fault' && at(at(trace.lanes, mark.rank), mark.index).call === call,
    );
    return {
      call,
      title: `pass ${pass} · ${name}`,
      from: scale(first) + 2,
      to: scale(last + 1) - 2,
      failed,
    };
  });
  return {
    marks,
    brackets,
    lanes,
    laneHeight,
    xOf: (cursor) => scale(cursor + 0.5),
    cursorAt: (x) => Math.min(trace.ticks - 1, Math.max(0, scale.invert(x) - 0.5)),
  };
}

/** The share of a tick's width that a mark takes. */
const WIDTHS: Record<MarkForm, number> = {
  view: 0.45,
  copy: 0.75,
  collective: 1,
  decision: 0.5,
  edge: 0.16,
  fault: 0.6,
};

function formOf(event: RankEvent): MarkForm {
  switch (event.kind) {
    case 'local':
      return event.moved ? 'copy' : 'view';
    case 'offered':
    case 'received':
      return 'collective';
    case 'decided':
    case 'guarded':
    case 'remembered':
      return 'decision';
    case 'attended':
      return 'copy';
    case 'called':
    case 'returned':
      return 'edge';
    case 'raised':
    case 'mismatched':
    case 'abandoned':
    case 'astray':
    case 'lost':
      return 'fault';
  }
}
