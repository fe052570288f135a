import { at } from '../base/assert.ts';
import type { PartValue } from './condition/evaluate.ts';
import { printValue } from './condition/syntax.ts';
import { eventsByCall, type Rank, type RankEvent, type Recording } from './event.ts';

/** How one rank chose its path in one call. */
export interface Decision {
  readonly rank: Rank;
  /** Index into the rank's events. */
  readonly event: number;
  readonly decided: Extract<RankEvent, { kind: 'decided' }>;
  /** The heads of the tensor that it asked about. */
  readonly numHeads: number;
  /** The process-wide head count when it asked. */
  readonly numKvHeads: number | null;
}

/** Every rank's decision in a call; ranks that decided nothing are left out. */
export function decisionsOf(recording: Recording, call: number): Decision[] {
  return recording.ranks.flatMap((ranked, rank) => {
    const own = eventsByCall(ranked)[call];
    const called = own?.events[0];
    if (own === undefined || called?.kind !== 'called') return [];
    const index = own.events.findIndex((event) => event.kind === 'decided');
    const decided = own.events[index];
    if (decided?.kind !== 'decided') return [];
    return [
      {
        rank,
        event: own.start + index,
        decided,
        numHeads: at(called.input.shape, 2),
        numKvHeads: called.numKvHeads,
      },
    ];
  });
}

/**
 * The operands that settled a condition, with their values: "2 % 4 = 2", "head count = 6",
 * "2 % 4 = 2, scatter_idx = 1".
 */
export function operandsOf({ decided }: Decision): string {
  const { condition, evaluation } = decided;
  const source = (part: PartValue) => condition.slice(part.from, part.to);
  const valueOfName = (name: string) =>
    evaluation.parts.find((part) => part.kind === 'name' && source(part) === name)?.value;
  const phrases: string[] = [];
  for (const part of evaluation.parts) {
    const text = source(part);
    if (part.kind === 'arithmetic') {
      const filled = text.replace(/[a-z_]+(\(\))?/g, (name) => {
        const value = valueOfName(name);
        return value === undefined ? name : printValue(value);
      });
      phrases.push(`${filled} = ${printValue(part.value)}`);
    }
    if (part.kind === 'name' && /^(scatter|gather)_idx$/.test(text)) {
      phrases.push(`${text} = ${printValue(part.value)}`);
    }
    if (part.kind === 'name' && text === 'get_num_kv_heads()' && part.value !== null) {
      phrases.push(`head count = ${printValue(part.value)}`);
    }
  }
  return phrases.join(', ');
}
