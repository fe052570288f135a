import { select } from 'd3';
import { wordsIn } from '../../content/glossary/glossed.ts';
import type { RankEvent } from '../../core/recording/event.ts';
import { changeText, entryOf } from '../../trace/entry.ts';
import { kindOf } from '../../trace/event-kinds.ts';
import type { Trace } from '../../trace/trace.ts';
import { eventAt } from './pick.ts';
import type { TimelineLayout } from './timeline-layout.ts';

/** A few words beside the pointer: what the operation under it is. */
export interface Tooltip {
  show(trace: Trace, layout: TimelineLayout, place: { rank: number; tick: number }): void;
  hide(): void;
  remove(): void;
}

/** An element is an id of this many bytes here. */
const BYTES = Int32Array.BYTES_PER_ELEMENT;

/** Hidden until it is shown. */
export function createTooltip(host: HTMLElement): Tooltip {
  const box = select(host).append('div').attr('data-drawn', 'tooltip').attr('aria-hidden', 'true');
  const lines = ['where', 'operation', 'meaning', 'shapes', 'note'] as const;
  for (const line of lines) box.append('p').attr('data-drawn', line);
  const hide = () => box.attr('hidden', '');
  hide();

  return {
    show(trace, layout, { rank, tick }) {
      const placed = eventAt(trace, rank, tick);
      if (placed === null) {
        hide();
        return;
      }
      const entry = entryOf(trace, rank, placed.index);
      const { sent, received } = entry;
      const moved = [
        sent === null ? '' : `sends ${sent} elements, ${sent * BYTES} bytes`,
        received === null ? '' : `receives ${received} elements, ${received * BYTES} bytes`,
        entry.note,
      ];
      const words = {
        where: `rank ${rank} · ${entry.call} · step ${entry.step}`,
        operation: `${entry.fails ? '✕ ' : ''}${entry.operation}`,
        meaning: wordsIn([wordOf(placed.event)])[0]?.meaning ?? '',
        shapes: changeText(entry),
        note: moved.filter((text) => text !== '').join(' · '),
      };
      for (const line of lines) {
        box
          .select(`[data-drawn="${line}"]`)
          .text(words[line])
          .attr('hidden', words[line] === '' ? '' : null);
      }
      box.attr('hidden', null).attr('data-fails', entry.fails);
      const node = box.node();
      if (node === null) return;
      // Above the mark, so that it never covers what follows; inside of the timeline's width.
      const x = layout.xOf(tick + 0.5) - node.offsetWidth / 2;
      const left = Math.min(Math.max(8, x), layout.size.width - node.offsetWidth - 8);
      const top = layout.yOf(rank) - Math.min(layout.laneHeight / 2, 12) - node.offsetHeight - 6;
      box.style('left', `${left}px`).style('top', `${top}px`);
    },
    hide,
    remove() {
      box.remove();
    },
  };
}

/** What an operation is called where people speak of it: nothing within a tooltip can be hovered. */
function wordOf(event: RankEvent): string {
  return kindOf(event).term?.(event) ?? '';
}
