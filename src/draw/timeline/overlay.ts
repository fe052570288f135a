import { type Selection, select } from 'd3';
import { attributes, words } from '../canvas/restate.ts';
import { type Bracket, bracketBase, type TimelineLayout } from './timeline-layout.ts';

/** The words around the marks, and the cursor: an SVG above the canvas. */
export interface Overlay {
  readonly svg: SVGSVGElement;
  /** Draws names and brackets anew: after another window, size, trace or rank that is looked at. */
  arrange(layout: TimelineLayout, lit: number | null): void;
  /** Moves the cursor, in ticks. */
  point(layout: TimelineLayout, cursor: number): void;
  remove(): void;
}

/** Space between a name and the lanes. */
const NAME_GAP = 8;

/** An empty one, over what is in `host`. */
export function createOverlay(host: HTMLElement): Overlay {
  const node = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  host.append(node);
  const svg = select(node).attr('aria-hidden', 'true');
  const names = svg.append('g');
  // Under the words, so that its line runs through none.
  const needle = svg.append('g').attr('data-drawn', 'needle');
  needle.append('line');
  needle.append('circle').attr('r', 4.5).attr('cy', 6);
  const brackets = svg.append('g');
  const ahead = svg.append('g').attr('data-drawn', 'ahead');
  ahead.append('line');
  ahead.append('text');

  return {
    svg: node,
    arrange(layout, lit) {
      const { plot } = layout;
      names
        .selectAll<SVGTextElement, Name>('text')
        .data(namesShown(layout, lit), ({ rank }) => rank)
        .join('text')
        .call(attributes, {
          x: plot.left - NAME_GAP,
          y: ({ y }) => y + 4,
          'data-drawn': 'name',
          'data-lit': ({ rank }) => `${rank === lit}`,
        })
        .call(words, ({ rank }) => (layout.folded ? 'all ranks' : `rank ${rank}`));
      const groups = brackets
        .selectAll<SVGGElement, Bracket>('g')
        .data(layout.brackets)
        .join((enter) => {
          const group = enter.append('g');
          // The words' pale edge is for the needle; the bracket's line runs over it.
          group.append('text');
          group.append('polyline');
          return group;
        })
        .call(attributes, {
          'data-drawn': 'bracket',
          'data-wrong': ({ cause }) => `${cause}`,
          'data-title': ({ title }) => title,
        });
      groups.select<SVGPolylineElement>('polyline').call(attributes, {
        points({ from, to, level }) {
          const base = bracketBase(layout, level);
          return `${from},${base} ${from},${base - 5} ${to},${base - 5} ${to},${base}`;
        },
      });
      groups
        .select<SVGTextElement>('text')
        .call(attributes, {
          x: ({ from, to }) => (from + to) / 2,
          y: ({ level }) => bracketBase(layout, level) - 8,
        })
        .call(words, bracketWords);
      needle.select<SVGLineElement>('line').call(attributes, { y1: 6, y2: plot.bottom });
      arrangeAhead(ahead, layout);
    },
    point(layout, cursor) {
      const { plot } = layout;
      const x = layout.xOf(cursor + 0.5);
      needle.call(attributes, {
        transform: `translate(${x}, 0)`,
        display: x < plot.left - 1 || x > plot.right + 1 ? 'none' : null,
      });
    },
    remove() {
      svg.remove();
    },
  };
}

/** Where ranks stand, and as many words as there is room for. */
function arrangeAhead(
  group: Selection<SVGGElement, unknown, null, undefined>,
  { ahead, plot, ranks, laneHeight, folded, yOf }: TimelineLayout,
): void {
  group.call(attributes, { display: ahead === null ? 'none' : null });
  if (ahead === null) return;
  const { from, to } = ahead;
  const room = (to - from) / LETTER;
  // Between two lanes, so that the line of none runs through it; one lane ends where time does.
  const middle = folded ? yOf(0) : yOf(Math.floor((ranks.from + ranks.to) / 2)) - laneHeight / 2;
  group
    .select<SVGLineElement>('line')
    .call(attributes, { x1: from, x2: from, y1: plot.top, y2: plot.bottom });
  group
    .select<SVGTextElement>('text')
    .call(attributes, { x: (from + to) / 2, y: middle + 4 })
    .call(words, STANDING.find((text) => text.length <= room) ?? '');
}

const STANDING = ['Paused before a question of this lesson.', 'Paused.'];

interface Name {
  readonly rank: number;
  readonly y: number;
}

/** The rank that is looked at has its name, whichever others give way to it. */
function namesShown({ names, yOf, ranks }: TimelineLayout, lit: number | null): readonly Name[] {
  if (lit === null || lit < ranks.from || lit >= ranks.to) return names;
  const own = { rank: lit, y: yOf(lit) };
  return [...names.filter(({ y }) => Math.abs(y - own.y) >= 13), own];
}

/** About the width of a letter of the brackets' words, in CSS pixels. */
const LETTER = 6;

/** "✕ forward: pass 1 of q", "✕ pass 1 of q", "✕ q", "✕": as much as there is room for. */
function bracketWords({ title, wrong, from, to }: Bracket): string {
  const sign = wrong ? '✕ ' : '';
  const short = title.replace(/^\w+: /, '');
  const tensor = /of (\w+)/.exec(short)?.[1] ?? short;
  const room = (to - from) / LETTER;
  return (
    [sign + title, sign + short, sign + tensor, sign.trim()].find((text) => text.length <= room) ??
    ''
  );
}
