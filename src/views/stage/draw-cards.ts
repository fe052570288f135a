import { select } from 'd3';
import { at } from '../../base/assert.ts';
import { sizesOf } from '../../engine/case.ts';
import type { Picture } from '../../store/state.ts';
import type { Trace } from '../../trace/trace.ts';
import { describeHolding, describeMemory, describeState, describeStatus } from './describe.ts';
import type { Frame, RankFrame } from './frame.ts';
import { isNumbered, type StageLayout } from './layout.ts';
import { rankColour, type Scheme } from './palette.ts';

/** What the cards and their words depend on. */
export interface CardScene {
  readonly trace: Trace;
  readonly frame: Frame;
  readonly layout: StageLayout;
  readonly scheme: Scheme;
  readonly picture: Picture;
}

/** Cards narrower than this, in CSS pixels, spare the word "rank". */
const NARROW = 250;

/** The cards and their words. d3 keeps one group a rank; only words change from frame to frame. */
export function drawCards(
  svg: SVGSVGElement,
  { trace, frame, layout, scheme, picture }: CardScene,
): void {
  const c = trace.recording.case;
  const { small } = layout;
  const { width } = at(layout.cards, 0);
  const narrow = width < NARROW;
  const cards = select(svg)
    .selectAll<SVGGElement, unknown>('g.card')
    .data(layout.cards.map((box, rank) => ({ box, rank, card: at(frame, rank) })))
    .join((enter) => {
      const group = enter.append('g').attr('class', 'card');
      group.append('rect').attr('class', 'card-box');
      group.append('rect').attr('class', 'card-swatch').attr('rx', 3);
      const head = group.append('text').attr('class', 'card-head').attr('x', 32).attr('y', 25);
      head.append('tspan').attr('class', 'card-rank');
      head.append('tspan').attr('class', 'card-holding').attr('dx', 8);
      group.append('text').attr('class', 'card-number').attr('x', 5).attr('y', 14);
      group.append('text').attr('class', 'card-status').attr('y', 25);
      group.append('text').attr('class', 'card-state');
      group.append('text').attr('class', 'card-memory').attr('x', 16);
      return group;
    })
    .attr('data-rank', ({ rank }) => rank)
    .attr('data-status', ({ card }) => card.state.status)
    .attr('transform', ({ box }) => `translate(${box.x}, ${box.y})`)
    .classed('small', small);
  cards
    .select('.card-box')
    .attr('rx', small ? 3 : 12)
    .attr('x', 0.5)
    .attr('y', 0.5)
    .attr('width', ({ box }) => Math.max(0, box.width - 1))
    .attr('height', ({ box }) => Math.max(0, box.height - 1));
  cards.select('.card-number').text(({ box, rank }) => (small && isNumbered(box) ? rank : ''));
  if (small) return;
  cards
    .select('.card-swatch')
    .attr('x', 14)
    .attr('y', 15)
    .attr('width', 10)
    .attr('height', 10)
    .attr('fill', ({ rank }) => rankColour(rank, scheme));
  cards.select('.card-rank').text(({ rank }) => (narrow ? `${rank}` : `rank ${rank}`));
  cards.select('.card-holding').text(({ card, box }) => {
    const sizes = sizesOf(c, at(c.calls, card.state.latest?.call ?? 0));
    return describeHolding(card, sizes, lettersFor(card, box.width, narrow));
  });
  cards
    .select('.card-status')
    .attr('x', ({ box }) => box.width - 14)
    .text(({ card }) => statusLine(card));
  cards
    .select('.card-state')
    .attr('x', ({ box }) => box.width - 12)
    .attr('y', ({ box }) => box.height - 10)
    .text(({ card }) => describeState(card));
  cards
    .select('.card-memory')
    .attr('y', ({ box }) => box.height - 14)
    .text(({ card, box }) =>
      picture === 'memory' ? describeMemory(card.state, (box.width - 30) / MONO_LETTER) : '',
    );
}

/** The widths of a letter, in CSS pixels. */
const LETTER = 6.3;
const MONO_LETTER = 6.65;

/** Letters that fit between a rank's name and its status, in a card of `width` CSS pixels. */
function lettersFor(card: RankFrame, width: number, narrow: boolean): number {
  return (width - (narrow ? 66 : 104)) / LETTER - statusLine(card).length;
}

function statusLine(card: RankFrame): string {
  const status = describeStatus(card);
  if (status === null) return '';
  return card.state.status === 'waiting' ? status : `✕ ${status}`;
}
