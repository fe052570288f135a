import { at } from '../../../base/assert.ts';
import { coordinates } from '../../contract/case.ts';
import {
  batchDimOf,
  isPacked,
  placedBefore,
  sizesOf,
  tokensBetween,
} from '../../contract/contract.ts';
import { ownersAlong } from '../../contract/layout.ts';
import { eventsByCall, type Recording } from '../../recording/event.ts';
import { passOneCallOf, returnedBy, returnedElements } from '../truth.ts';

/** Over what ranks attend, as the shape that pass 1 returned has it. */
export interface SequencesAttended {
  /** The pass 1 that returned it. */
  readonly call: number;
  readonly shape: readonly number[];
  /** How many sequences, of how many tokens. */
  readonly sequences: number;
  readonly tokens: number;
  /** Whether each of them holds tokens of one rank's chunk only, on every rank. */
  readonly withinChunks: boolean;
}

/**
 * The sequences over which ranks attended before a pass 2, or attend after a pass 1; null where nothing
 * was attended, or all ranks see whole sequences of the batch.
 */
export function sequencesAttended(recording: Recording, call: number): SequencesAttended | null {
  const c = recording.contract;
  const there = at(c.calls, call).pass === 1 ? call : passOneCallOf(c.calls, call);
  if (there === null || isPacked(c) || c.sp === 1) return null;
  const attended = recording.ranks.some((ranked) =>
    eventsByCall(ranked).some(({ events }) => events.some(({ kind }) => kind === 'attended')),
  );
  const shapes = returnedBy(recording, there);
  const [first] = shapes;
  if (!attended || first == null || first.shape.length !== 4) return null;
  const batchDim = batchDimOf(c);
  const rows = at(first.shape, batchDim);
  const tokens = at(first.shape, 1 - batchDim);
  if (tokens === tokensBetween(c)) return null;
  const sizes = sizesOf(c, at(c.calls, there));
  const owner = ownersAlong(placedBefore(c, at(c.calls, there)), 'S');
  const withinChunks = returnedElements(recording, there).every((ids, rank) => {
    const shape = shapes[rank]?.shape;
    if (ids === null || shape?.length !== 4) return false;
    const [outer, inner] = [at(shape, 0), at(shape, 1)];
    const perToken = at(shape, 2) * at(shape, 3);
    const owners = new Map<number, number>();
    return ids.every((id, place) => {
      const token = Math.floor(place / perToken);
      const row = batchDim === 0 ? Math.floor(token / inner) : token % inner;
      const rank = at(owner, coordinates(sizes, id).s);
      const known = owners.get(row) ?? rank;
      owners.set(row, known);
      return outer > 0 && known === rank;
    });
  });
  return { call: there, shape: first.shape, sequences: rows, tokens, withinChunks };
}
