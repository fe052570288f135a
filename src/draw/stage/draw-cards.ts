import { type BaseType, type Selection, select } from 'd3';
import { at } from '../../base/assert.ts';
import type { Size } from '../../picture/size.ts';
import type { Picture } from '../../store/view.ts';
import type { Strip } from '../../trace/event-kind.ts';
import type { Trace } from '../../trace/trace.ts';
import { attributes, words } from '../canvas/restate.ts';
import { describeHolding, describeMemory, describeState, fitting } from './describe.ts';
import type { Frame, RankFrame } from './frame.ts';
import type { StageLayout } from './layout.ts';
import { rankColour, type Scheme } from './palette.ts';
import { numberPlace, signPlaces } from './small-card.ts';
import { stripFor } from './strip.ts';
import { letterWidth, TYPE } from './type.ts';

/** What the cards and their words depend on. */
export interface CardScene {
  readonly trace: Trace;
  readonly frame: Frame;
  readonly layout: StageLayout;
  readonly scheme: Scheme;
  readonly picture: Picture;
  /** The size of letters, in CSS pixels. */
  readonly type: number;
}

/** Cards narrower than this, in CSS pixels, spare the word "rank". */
const NARROW = 180;
/** From the border of a card to its words. */
const SIDE = 14;
/** A card's head: its baseline, and how far its words are from one another. */
const HEAD = { base: 21, apart: 10, swatch: 16 };
/** The box of a strip: how high, and how far from the lower border of its card. */
const STRIP = { height: 24, away: 10, inset: 12 };
/** The words of a card's head, and of its strip, are this much larger than the smallest letters. */
const LARGER = { rank: 2.5, holding: 1, strip: 0.5 };
/** The width of a letter of the sans type: a share of its size. */
const SANS_LETTER = 0.53;

/** The cards and their words. d3 keeps one group a rank; only words change from frame to frame. */
export function drawCards(svg: SVGSVGElement, scene: CardScene): void {
  const { trace, frame, layout, scheme, picture, type } = scene;
  const c = trace.recording.contract;
  const { small, footer } = layout;
  const { width } = at(layout.cards, 0);
  const narrow = width < NARROW;
  const all = frame.every(fails);
  const sizes = {
    rank: type + LARGER.rank,
    holding: type + LARGER.holding,
    strip: type + LARGER.strip,
  };
  const nameOf = (rank: number) => (narrow ? `${rank}` : `rank ${rank}`);
  const numbered = small && numberPlace(at(layout.cards, 0), layout.cards.length) !== null;
  const kind: CardKind = small ? (numbered ? 'numbered' : 'bare') : 'worded';
  select(svg).selectAll(`g[data-drawn="card"]:not([data-kind="${kind}"])`).remove();
  const cards = select(svg)
    .selectAll<SVGGElement, unknown>('g[data-drawn="card"]')
    .data(
      layout.cards.map((box, rank) => ({
        box,
        rank,
        card: at(frame, rank),
        strip: stripFor(trace, frame, rank),
      })),
    )
    .join((enter) => {
      const group = enter.append('g').attr('data-drawn', 'card').attr('data-kind', kind);
      group.append('rect').attr('data-drawn', 'card-box');
      if (kind === 'numbered') appendNumber(group);
      if (kind === 'worded') appendWords(group);
      return group;
    })
    .call(attributes, {
      'data-rank': ({ rank }) => rank,
      'data-status': ({ card }) => card.state.status,
      'data-tone': ({ strip }) => strip.tone,
      'data-cause': ({ card }) => `${!all && fails(card)}`,
      transform: ({ box }) => `translate(${box.x}, ${box.y})`,
    });
  const each = (name: string) => cards.select<SVGElement>(`[data-drawn="${name}"]`);
  each('card-box').call(attributes, {
    rx: small ? 3 : 10,
    x: 0.5,
    y: 0.5,
    width: ({ box }) => Math.max(0, box.width - 1),
    height: ({ box }) => Math.max(0, box.height - 1),
  });
  if (small) {
    if (!numbered) return;
    const places = signPlaces(at(layout.cards, 0), layout.cards.length);
    each('card-number')
      .call(attributes, { y: places.number })
      .call(words, ({ rank }) => `${rank}`);
    each('card-sign')
      .call(attributes, { x: places.sign?.x ?? 0, y: places.sign?.y ?? 0 })
      .call(words, ({ strip }) => (places.sign !== null && strip.tone === 'fault' ? '✕' : ''));
    return;
  }
  each('card-swatch').call(attributes, {
    x: SIDE,
    y: HEAD.base - 9,
    width: 10,
    height: 10,
    fill: ({ rank }) => rankColour(rank, scheme),
  });
  each('card-rank')
    .call(attributes, { x: SIDE + HEAD.swatch, y: HEAD.base, 'font-size': sizes.rank })
    .call(words, ({ rank }) => nameOf(rank));
  const roomInHead = ({ rank, box }: { rank: number; box: Size }) =>
    box.width - 2 * SIDE - HEAD.swatch - HEAD.apart - nameOf(rank).length * sizes.rank * 0.58;
  // What a low card has to say of its rank stands in its head.
  const inHead = ({ strip }: { strip: Strip }) => !footer && strip.tone !== 'note';
  each('card-holding')
    .call(attributes, {
      x: ({ box }) => box.width - SIDE,
      y: HEAD.base,
      'font-size': sizes.holding,
    })
    .call(words, (datum) => {
      if (inHead(datum)) return '';
      return describeHolding(datum.card, c, roomInHead(datum) / (SANS_LETTER * sizes.holding));
    });
  const isNote = ({ strip }: { strip: Strip }) => strip.tone === 'note';
  const memory = picture === 'memory';
  const strips = cards.data().map((datum) => {
    const { strip, box, card } = datum;
    const room = footer
      ? box.width - 2 * (STRIP.inset + (isNote(datum) ? 0 : 6)) - stateWidth(card, isNote(datum))
      : roomInHead(datum) - 12;
    const hidden = isNote(datum) && (!footer || memory);
    const fits = hidden ? '' : fitting(strip.texts, room / letterWidth(sizes.strip));
    // What is wrong is said in any case.
    const text = isNote(datum) || fits !== '' ? fits : (strip.texts.at(-1) ?? '');
    return { text, boxed: text !== '' && !isNote(datum) };
  });
  const boxWidth = (text: string) => text.length * letterWidth(sizes.strip) + 12;
  const baseOf = (box: Size) =>
    footer ? box.height - STRIP.away - STRIP.height / 2 + 0.36 * sizes.strip : HEAD.base;
  each('card-strip').call(attributes, {
    'data-tone': ({ strip }) => strip.tone,
    x: ({ box, rank }) =>
      footer ? STRIP.inset : box.width - SIDE - boxWidth(at(strips, rank).text) + 4,
    y: ({ box }) => (footer ? box.height - STRIP.away - STRIP.height : HEAD.base - 15),
    width: ({ box, rank }) =>
      footer ? box.width - 2 * STRIP.inset : boxWidth(at(strips, rank).text),
    height: footer ? STRIP.height : 22,
    visibility: ({ rank }) => (at(strips, rank).boxed ? null : 'hidden'),
  });
  each('card-status')
    .call(attributes, {
      'data-tone': ({ strip }) => strip.tone,
      'font-size': sizes.strip,
      'text-anchor': (datum) => (!footer ? 'end' : isNote(datum) ? 'start' : 'middle'),
      x: (datum) =>
        !footer ? datum.box.width - SIDE - 2 : isNote(datum) ? SIDE : datum.box.width / 2,
      y: ({ box }) => baseOf(box),
    })
    .call(words, ({ rank }) => at(strips, rank).text);
  each('card-state')
    .call(attributes, {
      x: ({ box }) => box.width - SIDE,
      y: ({ box }) => (footer ? baseOf(box) : box.height - 9),
      'font-size': type,
    })
    .call(words, (datum) =>
      footer && at(strips, datum.rank).boxed ? '' : describeState(datum.card),
    );
  each('card-memory')
    .call(attributes, {
      y: ({ box }) => (footer ? baseOf(box) : box.height - 10),
      'font-size': type,
    })
    .call(words, ({ card, box, rank }) =>
      memory && !(footer && at(strips, rank).boxed)
        ? describeMemory(
            card.state,
            (box.width - 2 * SIDE) / letterWidth(type) - describeState(card).length,
          )
        : '',
    );
}

/** What a card has to be drawn for: a small one has no words, one of hundreds not even its number. */
type CardKind = 'worded' | 'numbered' | 'bare';

function appendNumber<D, P extends BaseType>(group: Selection<SVGGElement, D, P, unknown>): void {
  group.append('text').attr('data-drawn', 'card-number').attr('x', 5);
  group.append('text').attr('data-drawn', 'card-sign');
}

function appendWords<D, P extends BaseType>(group: Selection<SVGGElement, D, P, unknown>): void {
  group.append('rect').attr('data-drawn', 'card-swatch').attr('rx', 3);
  group.append('text').attr('data-drawn', 'card-rank');
  group.append('text').attr('data-drawn', 'card-holding');
  group.append('rect').attr('data-drawn', 'card-strip').attr('rx', 5);
  group.append('text').attr('data-drawn', 'card-status');
  group.append('text').attr('data-drawn', 'card-state');
  group.append('text').attr('data-drawn', 'card-memory').attr('x', SIDE);
}

/** What "head count 7" takes beside a note, in CSS pixels. */
function stateWidth(card: RankFrame, beside: boolean): number {
  return beside ? describeState(card).length * SANS_LETTER * TYPE + 8 : 0;
}

/** Whether a rank fails by itself, and not because another does not come. */
function fails({ state: { status } }: RankFrame): boolean {
  return status === 'raised' || status === 'lost';
}
