import { select } from 'd3';
import { at } from '../../base/assert.ts';
import { sizesOf } from '../../engine/case.ts';
import type { Picture } from '../../store/view.ts';
import type { Trace } from '../../trace/trace.ts';
import { attributes, words } from '../restate.ts';
import { describeHolding, describeMemory, describeState, describeStatus } from './describe.ts';
import type { Frame, RankFrame } from './frame.ts';
import { numberPlace, type StageLayout, signPlaces } from './layout.ts';
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
  const beside = narrow ? BESIDE.number : BESIDE.rank;
  const all = frame.every(fails);
  const cards = select(svg)
    .selectAll<SVGGElement, unknown>('g.card')
    .data(
      layout.cards.map((box, rank) => {
        const card = at(frame, rank);
        return {
          box,
          rank,
          card,
          status: describeStatus(card, frame.length, lettersIn(box.width - beside)),
        };
      }),
    )
    .join((enter) => {
      const group = enter.append('g').attr('class', 'card');
      group.append('rect').attr('class', 'card-box');
      group.append('rect').attr('class', 'card-swatch').attr('rx', 3);
      const head = group.append('text').attr('class', 'card-head').attr('x', 32).attr('y', 25);
      head.append('tspan').attr('class', 'card-rank');
      head.append('tspan').attr('class', 'card-holding').attr('dx', 8);
      group.append('text').attr('class', 'card-number').attr('x', 5);
      group.append('text').attr('class', 'card-sign');
      group.append('text').attr('class', 'card-status').attr('y', 25);
      group.append('text').attr('class', 'card-state');
      group.append('text').attr('class', 'card-memory').attr('x', 16);
      return group;
    })
    .call(attributes, {
      class: small ? 'card small' : 'card',
      'data-rank': ({ rank }) => rank,
      'data-status': ({ card }) => card.state.status,
      'data-cause': ({ card }) => `${!all && fails(card)}`,
      transform: ({ box }) => `translate(${box.x}, ${box.y})`,
    });
  const each = (name: string) => cards.select<SVGElement>(`.${name}`);
  each('card-box').call(attributes, {
    rx: small ? 3 : 12,
    x: 0.5,
    y: 0.5,
    width: ({ box }) => Math.max(0, box.width - 1),
    height: ({ box }) => Math.max(0, box.height - 1),
  });
  if (small) {
    const count = layout.cards.length;
    const numbered = numberPlace(at(layout.cards, 0), count) !== null;
    const places = signPlaces(at(layout.cards, 0), count);
    each('card-number')
      .call(attributes, { y: places.number })
      .call(words, ({ rank }) => (numbered ? `${rank}` : ''));
    each('card-sign')
      .call(attributes, { x: places.sign?.x ?? 0, y: places.sign?.y ?? 0 })
      .call(words, ({ status }) =>
        numbered && places.sign !== null && status.startsWith('✕') ? '✕' : '',
      );
    return;
  }
  each('card-swatch').call(attributes, {
    x: 14,
    y: 15,
    width: 10,
    height: 10,
    fill: ({ rank }) => rankColour(rank, scheme),
  });
  each('card-rank').call(words, ({ rank }) => (narrow ? `${rank}` : `rank ${rank}`));
  each('card-holding').call(words, ({ card, box, status }) => {
    const sizes = sizesOf(c, at(c.calls, card.state.latest?.call ?? 0));
    return describeHolding(card, sizes, lettersIn(box.width - beside) - status.length);
  });
  each('card-status')
    .call(attributes, { x: ({ box }) => box.width - 14 })
    .call(words, ({ status }) => status);
  each('card-state')
    .call(attributes, { x: ({ box }) => box.width - 12, y: ({ box }) => box.height - 10 })
    .call(words, ({ card }) => describeState(card));
  each('card-memory')
    .call(attributes, { y: ({ box }) => box.height - 14 })
    .call(words, ({ card, box }) =>
      picture === 'memory'
        ? describeMemory(card.state, (box.width - 30) / MONO_LETTER - describeState(card).length)
        : '',
    );
}

/** Whether a rank fails by itself, and not because another does not come. */
function fails({ state: { status } }: RankFrame): boolean {
  return status === 'raised' || status === 'lost';
}

/** What a card's head takes beside its words, in CSS pixels: "rank 0" or "0", and the margins. */
const BESIDE = { rank: 104, number: 62 };

/** The widths of a letter, in CSS pixels. */
const LETTER = 6.3;
const MONO_LETTER = 6.65;

function lettersIn(width: number): number {
  return width / LETTER;
}
