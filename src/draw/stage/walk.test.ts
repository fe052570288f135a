import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { coordinates } from '../../core/contract/case.ts';
import { sizesOf } from '../../core/contract/contract.ts';
import { runWith } from '../../core/world/testing.ts';
import { mergeTrace } from '../../trace/trace.ts';
import { elementIn } from './cells.ts';
import { frameAt } from './frame.ts';
import { type Spot, spotAt, zoomed } from './geometry.ts';
import { layoutStage } from './layout.ts';
import {
  boxOfSpot,
  type Direction,
  elementAt,
  firstSpot,
  type Ground,
  spotBeside,
  spotOf,
} from './walk.ts';

const trace = mergeTrace(runWith({ sp: 4 }));
const base = layoutStage(trace, { width: 700, height: 390 }, 'heads');
const c = trace.recording.contract;
const sizes = sizesOf(c, at(c.calls, 0));

function groundAt(k: number): Ground {
  return { layout: zoomed(base, { k, x: 0, y: 0 }), tick: 0, frame: frameAt(trace, 0, 'heads') };
}

const RIGHT: Direction = { x: 1, y: 0 };
const LEFT: Direction = { x: -1, y: 0 };
const DOWN: Direction = { x: 0, y: 1 };
const UP: Direction = { x: 0, y: -1 };

function first(ground: Ground): Spot {
  const spot = firstSpot(ground);
  if (spot === null) throw new Error('a rank holds something');
  return spot;
}

/** "0: s0 h1", with the head dim's index where the cell is cut. */
function name(ground: Ground, { rank, cell, depth }: Spot): string {
  const { arrangement } = at(ground.frame, rank).held;
  const { s, h, d } = coordinates(sizes, elementIn(arrangement, cell, depth ?? 0)?.id ?? -1);
  return `${rank}: s${s} h${h}${depth === null ? '' : ` d${d}`}`;
}

function walk(ground: Ground, ...way: readonly Direction[]): string {
  return name(
    ground,
    way.reduce((spot, step) => spotBeside(ground, spot, step), first(ground)),
  );
}

describe('a walk over the stage', () => {
  const ground = groundAt(1);

  it('goes from cell to cell', () => {
    expect(walk(ground)).toBe('0: s0 h0');
    expect(walk(ground, RIGHT)).toBe('0: s0 h1');
    expect(walk(ground, RIGHT, DOWN)).toBe('0: s1 h1');
    expect(walk(ground, RIGHT, DOWN, LEFT, UP)).toBe('0: s0 h0');
  });

  it('goes on to the card beside, and stays at the edge of the stage', () => {
    const along = Array.from({ length: 8 }, () => RIGHT);
    expect(walk(ground, ...along)).toBe('1: s2 h0');
    expect(walk(ground, DOWN, DOWN)).toBe('2: s4 h0');
    expect(walk(ground, UP)).toBe('0: s0 h0');
  });

  it('goes through the head dim where cells are cut into elements', () => {
    const near = groundAt(4);
    expect(walk(near)).toBe('0: s0 h0 d0');
    expect(walk(near, RIGHT)).toBe('0: s0 h0 d1');
    expect(walk(near, RIGHT, RIGHT)).toBe('0: s0 h1 d0');
    expect(walk(near, RIGHT, RIGHT, LEFT)).toBe('0: s0 h0 d1');
  });
});

describe.each([1, 4])('zoomed %i times', (k) => {
  const ground = groundAt(k);

  it('every element is found where it is drawn', () => {
    let elements = 0;
    ground.frame.forEach(({ held: { arrangement } }, rank) => {
      for (let cell = 0; cell < arrangement.cells.count; cell++) {
        for (let d = 0; d < sizes.headDim; d++) {
          const element = elementIn(arrangement, cell, d);
          const spot = element && spotOf(ground, { rank, ...element });
          if (spot === null) throw new Error('every element is drawn');
          const { x, y, width, height } = boxOfSpot(ground, spot);
          const found = spotAt(ground.layout, 0, ground.frame, x + width / 2, y + height / 2);
          expect(found).toEqual(spot);
          if (spot.depth === d) expect(elementAt(ground, spot)?.place).toBe(element?.place);
          elements += 1;
        }
      }
    });
    expect(elements).toBe(8 * 8 * 2);
  });

  it('nothing is found between the cards', () => {
    expect(spotAt(ground.layout, 0, ground.frame, 1, 1)).toBeNull();
  });
});
