import { at } from '../../base/assert.ts';
import { memoized } from '../../base/memo.ts';
import { finish, type Steps } from '../../base/steps.ts';
import type { Picture } from '../../store/view.ts';
import type { Tick, Trace } from '../../trace/trace.ts';
import { wrongPlacesOn } from '../../trace/wrong-elements.ts';
import { CELLS_PER_STEP } from './cells.ts';
import { type Frame, frameInSteps, type RankFrame } from './frame.ts';

/**
 * For each rank that has just returned from a call: the cells that hold anything but what belongs
 * there. Null for a rank that is in the middle of a call, where no place is right or wrong yet, or
 * whose result has another number of elements than it should.
 */
export function wrongCells(trace: Trace, tick: Tick, picture: Picture): WrongCells {
  return finish(wrongInSteps(trace, tick, picture));
}

/** The same in steps. */
export function* wrongInSteps(trace: Trace, tick: Tick, picture: Picture): Steps<WrongCells> {
  const frame = yield* frameInSteps(trace, tick, picture);
  const known = wrongIn(trace);
  const wrong = known.get(frame) ?? (yield* findWrong(trace, frame));
  known.set(frame, wrong);
  return wrong;
}

type WrongCells = readonly (ReadonlySet<number> | null)[];

const wrongIn = memoized((_: Trace) => new Map<Frame, WrongCells>());

function* findWrong({ recording }: Trace, frame: Frame): Steps<WrongCells> {
  const found: (ReadonlySet<number> | null)[] = [];
  for (const [rank, card] of frame.entries()) {
    const { latest } = card.state;
    const returned = latest?.event.kind === 'returned';
    const places = returned ? wrongPlacesOn(recording, latest.call, rank) : null;
    found.push(places == null ? null : yield* cellsOf(card, places));
    yield;
  }
  return found;
}

/** The cells in which elements at some places are drawn. */
function* cellsOf({ held: { arrangement } }: RankFrame, places: Int32Array): Steps<Set<number>> {
  const found = new Set<number>();
  if (places.length === 0) return found;
  const asked = new Set(places);
  const { depths } = arrangement;
  const cells = yield* arrangement.cellsInSteps();
  for (let cell = 0; cell < cells.count; cell++) {
    const place = at(cells.place, cell);
    if (place >= 0 && at(depths, 0).some((behind) => asked.has(place + behind))) found.add(cell);
    if (cell % CELLS_PER_STEP === 0) yield;
  }
  return found;
}
