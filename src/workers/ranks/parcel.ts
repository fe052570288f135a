import { at, unreachable } from '../../base/assert.ts';
import type { CollectiveInfo } from '../../core/recording/event.ts';
import type { Header } from '../../core/recording/settle.ts';
import type { RunNumber } from './protocol.ts';

/**
 * What a Worker sends another one once a round, as the numbers of one buffer that is given away:
 * nothing is cloned on the way.
 *
 *   run, round, ranks, then of each rank its header, then the pieces, behind one another
 *
 * A header is a code; in a collective also how long its two lists are, and the lists: what it sends to
 * every rank and expects of it.
 */
export interface Parcel {
  readonly run: RunNumber;
  /** Counts the waits of one run, from 0. */
  readonly round: number;
  /** One a hosted rank, in the order of their numbers. They lie in the buffer, as the pieces do. */
  readonly headers: readonly Header[];
  /**
   * What the sender's ranks bring to the receiver's, rank by rank: from each rank that is in a
   * collective to each of the receiver's as much as its header says.
   */
  readonly pieces: Int32Array;
}

const COLLECTIVES: readonly CollectiveInfo['kind'][] = [
  'all_to_all_single',
  'all_to_all',
  'all_gather',
];
/** Codes of a header: below these, the index of its collective. */
const CALL_ENDED = 10;
const CALL_FAILED = 11;
const LOST = 12;
const STANDING = 13;

/** All of a parcel but its pieces: the same for every peer. */
export function parcelHead(run: RunNumber, round: number, headers: readonly Header[]): number[] {
  const head = [run, round, headers.length];
  for (const header of headers) {
    switch (header.kind) {
      case 'exchange': {
        const { collective, sends, expects } = header;
        head.push(COLLECTIVES.indexOf(collective), sends.length, expects.length);
        head.push(...sends, ...expects);
        break;
      }
      case 'call-end':
        head.push(header.failed ? CALL_FAILED : CALL_ENDED);
        break;
      case 'lost':
        head.push(LOST);
        break;
      case 'standing':
        head.push(STANDING);
        break;
      default:
        unreachable(header);
    }
  }
  return head;
}

/** The header of a rank that is in no collective. */
function waitOf(code: number): Header {
  if (code === LOST) return { kind: 'lost' };
  if (code === STANDING) return { kind: 'standing' };
  return { kind: 'call-end', failed: code === CALL_FAILED };
}

/** Reads a parcel where it lies. */
export function openParcel(buffer: ArrayBuffer): Parcel {
  const numbers = new Int32Array(buffer);
  const headers: Header[] = [];
  let next = 3;
  for (let left = at(numbers, 2); left > 0; left--) {
    const code = at(numbers, next);
    if (code >= CALL_ENDED) {
      headers.push(waitOf(code));
      next += 1;
      continue;
    }
    const sends = next + 3;
    const expects = sends + at(numbers, next + 1);
    next = expects + at(numbers, next + 2);
    headers.push({
      kind: 'exchange',
      collective: at(COLLECTIVES, code),
      sends: numbers.subarray(sends, expects),
      expects: numbers.subarray(expects, next),
    });
  }
  return { run: at(numbers, 0), round: at(numbers, 1), headers, pieces: numbers.subarray(next) };
}
