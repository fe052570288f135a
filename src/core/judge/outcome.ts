import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { assert } from '../../base/assert.ts';
import { finish, type Steps } from '../../base/steps.ts';
import type { Implementation } from '../published/implementation.ts';
import {
  type CallEvents,
  type CollectiveInfo,
  endingOf,
  eventsByCall,
  type RankRecording,
  type Recording,
} from '../recording/event.ts';
import { elementsOf } from '../recording/recorded-tensor.ts';

/**
 * What every call came to on every rank, in the form in which the real runs are written down
 * (`tools/golden/FORMAT.md`), so that one can be laid beside the other field by field.
 */
export interface CallOutcome {
  readonly ranks: readonly RankOutcome[];
  /** `[source, destination, elements sent, elements expected]` where ranks disagree. */
  readonly mismatches?: readonly (readonly [number, number, number, number])[];
}

export interface RankOutcome {
  /** The shape that the call returned. */
  readonly shape?: readonly number[];
  /** First 16 hex digits of SHA-256 over the elements, row-major, as little-endian int32. */
  readonly sha?: string;
  /** The elements themselves, where there are at most `MAX_LISTED_ELEMENTS`. */
  readonly ids?: readonly number[];
  readonly error?: string;
  readonly message?: string;
  /** `PeerFailed`: the peers that never came. */
  readonly ranks?: readonly number[];
  /** The process-wide head count after the call, for implementations that have one. */
  readonly numKvHeads?: number | null;
  readonly collective?: CollectiveOutcome;
}

export type CollectiveOutcome =
  | {
      readonly input: readonly number[];
      readonly output: readonly number[];
      readonly inputSplits: readonly number[] | null;
      readonly outputSplits: readonly number[] | null;
    }
  | {
      readonly inputs: readonly (readonly number[])[];
      readonly outputs: readonly (readonly number[])[];
    };

/** Outcomes list elements up to this many, and give only their hash beyond. */
export const MAX_LISTED_ELEMENTS = 4096;

export interface OutcomeOptions {
  /** Elements are listed up to this many. */
  readonly mostListed?: number;
  /** SHA-256, where the machine has a faster one than the page. */
  readonly hash?: (bytes: Uint8Array) => Uint8Array;
}

/** The calls that were reached, in order. */
export function outcomesOf(
  recording: Recording,
  implementation: Implementation,
  options: OutcomeOptions = {},
): CallOutcome[] {
  return finish(outcomesInSteps(recording, implementation, options));
}

/** The same in steps, of a rank each. */
export function* outcomesInSteps(
  recording: Recording,
  implementation: Implementation,
  { mostListed = MAX_LISTED_ELEMENTS, hash = sha256 }: OutcomeOptions = {},
): Steps<CallOutcome[]> {
  const byRank = recording.ranks.map(eventsByCall);
  const reached = Math.max(...byRank.map((calls) => calls.length));
  const outcomes: CallOutcome[] = [];
  for (let call = 0; call < reached; call++) {
    const ranks: RankOutcome[] = [];
    for (const [index, rank] of recording.ranks.entries()) {
      const events = byRank[index]?.[call] ?? GONE;
      ranks.push(rankOutcome(rank, events, implementation, { mostListed, hash }));
      yield;
    }
    outcomes.push({ ranks, ...mismatchesIn(byRank, call) });
  }
  return outcomes;
}

/** The pairs of ranks that disagree in a call, where any do. */
function mismatchesIn(
  byRank: readonly (readonly CallEvents[])[],
  call: number,
): Pick<CallOutcome, 'mismatches'> {
  const pairs = byRank.flatMap((calls) => {
    const ending = endingOf(calls[call] ?? GONE);
    return ending?.kind === 'mismatched' ? [ending.pairs] : [];
  })[0];
  if (pairs === undefined) return {};
  return {
    mismatches: pairs.map(
      (pair) => [pair.source, pair.destination, pair.sent, pair.expected] as const,
    ),
  };
}

/** What a rank that is lost left of a later call. */
const GONE: CallEvents = { start: 0, events: [{ kind: 'lost', how: 'unknown' }] };

function rankOutcome(
  rank: RankRecording,
  call: CallEvents,
  implementation: Implementation,
  options: Required<OutcomeOptions>,
): RankOutcome {
  const ending = endingOf(call);
  assert(ending !== null, 'a call that was begun came to an end');
  return {
    ...endingFields(rank, ending, options),
    ...(implementation.remembersHeads ? { numKvHeads: headCountAfter(call) } : {}),
    ...collectiveFields(call),
  };
}

function endingFields(
  rank: RankRecording,
  ending: NonNullable<ReturnType<typeof endingOf>>,
  options: Required<OutcomeOptions>,
): RankOutcome {
  switch (ending.kind) {
    case 'returned': {
      const elements = elementsOf(rank, ending.output);
      const listed = elements.length <= options.mostListed;
      return {
        shape: ending.output.shape,
        sha: elementsHash(elements, options.hash),
        ...(listed ? { ids: Array.from(elements) } : {}),
      };
    }
    case 'raised':
      return { error: ending.error, message: ending.message };
    case 'mismatched':
      return { error: 'SplitMismatch' };
    case 'abandoned':
      return { error: 'PeerFailed', ranks: ending.by };
    case 'astray':
      return { error: 'DifferentCollectives', message: ending.collectives.join(', ') };
    case 'lost':
      return { error: 'RankLost', message: `this rank ${ending.how}` };
  }
}

function headCountAfter(call: CallEvents): number | null {
  let count: number | null = null;
  for (const event of call.events) {
    if (event.kind === 'called') count = event.numKvHeads;
    if (event.kind === 'remembered') count = event.after;
  }
  return count;
}

function collectiveFields(call: CallEvents): RankOutcome {
  for (const event of call.events) {
    if (event.kind !== 'offered') continue;
    const collective = collectiveOutcome(event.collective);
    if (collective !== null) return { collective };
  }
  return {};
}

function collectiveOutcome(info: CollectiveInfo): CollectiveOutcome | null {
  switch (info.kind) {
    case 'all_to_all_single': {
      const { input, output, inputSplits, outputSplits } = info;
      return { input, output, inputSplits, outputSplits };
    }
    case 'all_to_all':
      return { inputs: info.inputs, outputs: info.outputs };
    case 'all_gather':
      return null;
  }
}

/** First 16 hex digits of SHA-256 over `elements` as little-endian int32. */
function elementsHash(elements: Int32Array, hash: (bytes: Uint8Array) => Uint8Array): string {
  const bytes = new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
  return bytesToHex(hash(bytes)).slice(0, 16);
}
