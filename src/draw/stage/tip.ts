import { select } from 'd3';
import type { Size } from '../../picture/size.ts';
import type { ElementFacts } from './element-facts.ts';
import type { Box } from './layout.ts';

/** What is pointed at, in words beside it; and read out, where keys led there. */
export interface Tip {
  show(facts: ElementFacts, beside: Box, within: Size): void;
  hide(): void;
  /** Has a screen reader say it, and find it where it is seen: a finger or a magnifier meets it there. */
  say(text: string, over: Box): void;
  hush(): void;
  destroy(): void;
}

const GAP = 10;

/** Hidden and silent until it is told something. */
export function createTip(host: HTMLElement): Tip {
  const tip = select(host)
    .append('div')
    .attr('data-drawn', 'tip')
    .attr('data-testid', 'stage-tip')
    .attr('aria-hidden', 'true')
    .property('hidden', true);
  const voice = select(host)
    .append('div')
    .attr('class', 'visually-hidden')
    .attr('data-testid', 'stage-voice')
    .attr('aria-live', 'polite');
  return {
    show({ name, lines, wrong }, beside, within) {
      tip.property('hidden', false).attr('data-wrong', wrong);
      tip
        .selectAll('p')
        .data([name, ...lines])
        .join('p')
        .text((line) => line);
      const width = tip.node()?.offsetWidth ?? 0;
      const height = tip.node()?.offsetHeight ?? 0;
      const right = beside.x + beside.width + GAP;
      const x = right + width <= within.width ? right : beside.x - width - GAP;
      const y = Math.min(beside.y, within.height - height);
      tip.style('left', `${Math.max(0, x)}px`).style('top', `${Math.max(0, y)}px`);
    },
    hide() {
      tip.property('hidden', true);
    },
    say(text, { x, y, width, height }) {
      if (voice.text() !== text) voice.text(text);
      voice
        .style('left', `${x}px`)
        .style('top', `${y}px`)
        .style('width', `${width}px`)
        .style('height', `${height}px`);
    },
    hush() {
      voice.text('');
    },
    destroy() {
      tip.remove();
      voice.remove();
    },
  };
}
