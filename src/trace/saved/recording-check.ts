import { at } from '../../base/assert.ts';
import { product, sameNumbers, sum } from '../../base/numbers.ts';
import type { Contract } from '../../core/contract/contract.ts';
import { sizesOf } from '../../core/contract/contract.ts';
import { chunkOf } from '../../core/contract/shard.ts';
import type { Span } from '../../core/python/condition/syntax.ts';
import {
  caseOf,
  type RankEvent,
  type RankRecording,
  type Recording,
  type TensorRef,
} from '../../core/recording/event.ts';
import { elementsOf } from '../../core/recording/recorded-tensor.ts';
import type { EventOf, LaneSoFar, Standing } from '../event-kind.ts';
import { kindOf } from '../event-kinds.ts';
import { keyOf } from '../flow.ts';
import { sameRef } from '../state.ts';
import { Damage, damaged } from './damage.ts';
import { checkMeetings } from './meeting-check.ts';
import { checkOperation } from './operation-check.ts';

/**
 * Whether the parts of a recording that came from outside fit one another as those of a run do, so
 * that whoever reads it later need ask nothing: every tensor lies within its storage and holds
 * elements of its call, every rank's events come in an order in which a rank can leave them, and
 * what became of each collective follows from what the ranks brought to it. What is wrong, and
 * where; null where all fits. The events have the form of `recording-schema.ts`.
 */
export function inconsistencyOf(recording: Recording): string | null {
  try {
    recording.ranks.forEach((ranked, rank) => {
      if (!isSilent(ranked)) new LaneCheck(recording, rank, ranked).run();
    });
    checkMeetings(recording, isSilent);
    return null;
  } catch (error) {
    if (error instanceof Damage) return error.message;
    throw error;
  }
}

/** A rank of which nothing is known but that it never came back. */
function isSilent({ events }: RankRecording): boolean {
  const [first] = events;
  return events.length === 1 && first?.kind === 'lost' && first.how === 'unknown';
}

/** Follows one rank through its events. */
class LaneCheck {
  private standing: Standing = 'between calls';
  private call = -1;
  private readonly stored = new Map<string, TensorRef>();
  private readonly made = new Set<string>();
  private readonly used = new Set<number>();
  private readonly largest: readonly number[];
  private readonly c: Contract;

  constructor(
    private readonly recording: Recording,
    private readonly rank: number,
    private readonly ranked: RankRecording,
  ) {
    this.c = recording.contract;
    this.largest = ranked.storages.map((ids, storage) => {
      let largest = -1;
      for (const id of ids) {
        if (id < 0)
          damaged(`ranks[${rank}].storages[${storage}]`, `holds ${id}, which is no element`);
        if (id > largest) largest = id;
      }
      return largest;
    });
  }

  run(): void {
    const { events } = this.ranked;
    events.forEach((event, index) => {
      const place = `ranks[${this.rank}].events[${index}]`;
      this.standing = this.follow(event, place);
    });
    if (this.standing === 'in a call' || this.standing === 'at a collective') {
      damaged(`ranks[${this.rank}].events`, `end while the rank is ${this.standing}`);
    }
    if (events.length === 0) damaged(`ranks[${this.rank}].events`, 'are missing');
  }

  /** Where the rank stands after an event. */
  private follow(event: RankEvent, place: string): Standing {
    const { order, check } = kindOf(event);
    if (!order.from.includes(this.standing)) {
      damaged(place, `is “${event.kind}” while the rank is ${this.standing}`);
    }
    check?.(event, this.soFar(place));
    return order.to ?? this.standing;
  }

  /** What may be required of the event at `place`. */
  private soFar(place: string): LaneSoFar {
    return {
      begins: (event) => this.beginCall(event, place),
      performs: (event) =>
        checkOperation(event, this.ranked, (storage) => !this.used.has(storage), place),
      leaves: (output) => {
        const call = at(this.c.calls, this.call);
        this.stored.set(call.pass === 1 ? call.tensor : call.to, output);
      },
      isLost: (event) => this.requireFault(event, place),
      made: (tensors, field) => this.requireMade(tensors, `${place}.${field}`),
      inside: (tensors, field) => this.requireInside(tensors, `${place}.${field}`),
      distinct: (tensors, field) => this.requireDistinct(tensors, `${place}.${field}`),
      makes: (tensors) => this.noteMade(tensors),
      spans: (condition, parts) => this.requireSpans(condition, parts, place),
      holds: (holds, otherwise) => {
        if (!holds) damaged(place, otherwise);
      },
    };
  }

  /** A rank that is lost knowingly is the one that the case says, in that call. */
  private requireFault({ how }: EventOf<'lost'>, place: string): void {
    const own = caseOf(this.recording);
    if (how === 'unknown' || own === null) return;
    const { fault } = own;
    if (fault?.kind === how && fault.rank === this.rank && fault.call === this.call) return;
    damaged(place, `is a rank that ${how}, which its case does not ask for`);
  }

  /** A call begins on the rank's shard, or on what an earlier call left. */
  private beginCall({ call, input }: EventOf<'called'>, place: string): void {
    this.call += 1;
    const wanted = this.c.calls[call];
    if (call !== this.call || wanted === undefined) {
      damaged(`${place}.call`, `is ${call}; ${this.call} of ${this.c.calls.length} comes here`);
    }
    this.requireInside([input], `${place}.input`);
    this.noteMade([input]);
    if (wanted.pass === 2) {
      const stored = this.stored.get(wanted.tensor);
      if (stored !== undefined && sameRef(stored, input)) return;
      damaged(`${place}.input`, `is not what an earlier call left of ${wanted.tensor}`);
    }
    const { shape, ids } = chunkOf(this.c, wanted, this.rank);
    const elements = elementsOf(this.ranked, input);
    if (!sameNumbers(shape, input.shape) || elements.some((id, index) => id !== ids[index])) {
      damaged(
        `${place}.input`,
        `is not the shard of ${wanted.tensor} that the case deals to this rank`,
      );
    }
  }

  /** A tensor that is taken was made by an event before it. */
  private requireMade(tensors: readonly TensorRef[], place: string): void {
    this.requireInside(tensors, place);
    if (!tensors.every((ref) => this.made.has(keyOf(ref)))) damaged(place, 'was made by nothing');
  }

  /** What is exchanged with one peer is not exchanged with another as well. */
  private requireDistinct(tensors: readonly TensorRef[], place: string): void {
    const filled = tensors.filter(({ shape }) => product(shape) > 0).map(keyOf);
    if (new Set(filled).size < filled.length) damaged(place, 'name one tensor twice');
  }

  /** From here on these tensors are there to be taken. */
  private noteMade(tensors: readonly TensorRef[]): void {
    for (const ref of tensors) {
      this.made.add(keyOf(ref));
      this.used.add(ref.storage);
    }
  }

  /** What is said of a condition's parts is said of letters that it has. */
  private requireSpans(condition: string, parts: readonly Span[], place: string): void {
    const spoken = parts.every(({ from, to }) => from <= to && to <= condition.length);
    if (!spoken) damaged(place, 'speaks of letters that its condition does not have');
  }

  /** Every element of a tensor lies in its storage, and is one of the call's. */
  private requireInside(tensors: readonly TensorRef[], place: string): void {
    const sizes = sizesOf(this.c, at(this.c.calls, this.call));
    const elements = product([sizes.batch, sizes.seq, sizes.heads, sizes.headDim]);
    for (const { storage, shape, strides, offset } of tensors) {
      const ids = this.ranked.storages[storage];
      if (ids === undefined) {
        damaged(place, `lies in storage ${storage}; this rank has ${this.ranked.storages.length}`);
      }
      if (shape.length !== strides.length) {
        damaged(place, `has ${shape.length} sizes and ${strides.length} strides`);
      }
      if (shape.some((length) => length > (elements + 1) * this.c.sp)) {
        damaged(place, `has shape [${shape.join(', ')}] of a tensor of ${elements} elements`);
      }
      const size = product(shape);
      const last = offset + sum(shape.map((length, dim) => (length - 1) * at(strides, dim)));
      const inside = size === 0 || (last < ids.length && size <= ids.length);
      if (!inside) {
        damaged(place, `reaches beyond its storage of ${ids.length} elements`);
      }
      if (at(this.largest, storage) >= elements) {
        damaged(place, `holds element ${at(this.largest, storage)}; its tensor has ${elements}`);
      }
    }
  }
}
