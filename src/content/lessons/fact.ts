import { at } from '../../base/assert.ts';
import { product, range, sum } from '../../base/numbers.ts';
import { type Coordinates, coordinates } from '../../core/contract/case.ts';
import { sizesOf } from '../../core/contract/contract.ts';
import { VERDICTS } from '../../core/judge/finding.ts';
import type { RankEvent } from '../../core/recording/event.ts';
import { elementsOf } from '../../core/recording/recorded-tensor.ts';
import { rankStateAt } from '../../trace/state.ts';
import type { Tick } from '../../trace/trace.ts';
import type { LessonRun } from './lesson-run.ts';

/**
 * Something that a run says of itself in one of its moments, named in words: what a question asks
 * for, and what a step claims. The phrases are the whole language, one line each, in `PHRASES`.
 */
export interface Fact {
  readonly phrase: string;
  /** What kind of answer it is, for those who ask. */
  readonly kind: FactKind;
  /** What it is in a run; null where it is nothing there. */
  valueIn(run: LessonRun, tick: Tick): FactValue | null;
  /** Whether it is of its moment alone, and of another moment is another fact. */
  readonly passing: boolean;
  /** What can be answered where it is one of a few; empty for others. */
  readonly choices: readonly string[];
  /** What can be picked for an answer: all members that a list may have, or all choices. */
  optionsIn(run: LessonRun): readonly (number | string)[];
}

/** `heads`, `tokens`, `ranks`: a list of numbers. `text`: part of a text, which cannot be asked for. */
export type FactKind = 'heads' | 'tokens' | 'ranks' | 'number' | 'choice' | 'shape' | 'text';

export type FactValue = number | string | readonly number[];

/** A fact with what it is said to be. */
export interface Claim {
  readonly fact: Fact;
  readonly value: FactValue;
  readonly line: number;
}

interface Phrase {
  readonly example: string;
  readonly pattern: RegExp;
  readonly kind: FactKind;
  readonly passing?: true;
  value(run: LessonRun, tick: Tick, parts: readonly string[]): FactValue | null;
  /** Of a choice. */
  readonly choices?: readonly string[];
  /** Of a list. */
  options?(run: LessonRun): readonly number[];
}

const PHRASES: readonly Phrase[] = [
  {
    example: 'heads on rank 2',
    pattern: /^heads on rank (\d+)$/,
    kind: 'heads',
    value: (run, tick, [rank]) => held(run, tick, Number(rank), 'h'),
    options: ({ trace }) => range(Math.max(...trace.recording.contract.calls.map((c) => c.heads))),
  },
  {
    example: 'tokens on rank 2',
    pattern: /^tokens on rank (\d+)$/,
    kind: 'tokens',
    value: (run, tick, [rank]) => held(run, tick, Number(rank), 's'),
    options: ({ trace }) => range(trace.recording.contract.seq),
  },
  {
    example: 'number of heads on rank 2',
    pattern: /^number of heads on rank (\d+)$/,
    kind: 'number',
    value: (run, tick, [rank]) => held(run, tick, Number(rank), 'h')?.length ?? null,
  },
  {
    example: 'elements on rank 2',
    pattern: /^elements on rank (\d+)$/,
    kind: 'number',
    value: (run, tick, [rank]) =>
      run.trace.lanes[Number(rank)] === undefined
        ? null
        : sum(stateOf(run, tick, Number(rank)).holding.map(({ shape }) => product(shape))),
  },
  {
    example: 'storages on rank 2',
    pattern: /^storages on rank (\d+)$/,
    kind: 'number',
    value: (run, tick, [rank]) => storagesOf(run, tick, Number(rank)),
  },
  {
    example: 'head count on rank 2',
    pattern: /^head count on rank (\d+)$/,
    kind: 'number',
    value: (run, tick, [rank]) =>
      run.trace.lanes[Number(rank)] === undefined
        ? null
        : stateOf(run, tick, Number(rank)).numKvHeads,
  },
  {
    example: 'causal pairs on rank 2',
    pattern: /^causal pairs on rank (\d+)$/,
    kind: 'number',
    value: (run, tick, [rank]) => {
      const tokens = held(run, tick, Number(rank), 's');
      return tokens === null ? null : sum(tokens.map((token) => token + 1));
    },
  },
  {
    example: 'elements rank 0 sends to rank 3',
    pattern: /^elements rank (\d+) sends to rank (\d+)$/,
    kind: 'number',
    value: (run, tick, [from, to]) =>
      latest(run, tick, Number(from), 'offered')?.sends[Number(to)] ?? null,
  },
  {
    example: 'elements rank 3 expects from rank 0',
    pattern: /^elements rank (\d+) expects from rank (\d+)$/,
    kind: 'number',
    value: (run, tick, [to, from]) =>
      latest(run, tick, Number(to), 'offered')?.expects[Number(from)] ?? null,
  },
  {
    example: 'ranks that hold h3',
    pattern: /^ranks that hold ((?:[bshd]\d+)(?: [bshd]\d+)*)$/,
    kind: 'ranks',
    value: (run, tick, [wanted = '']) => holders(run, tick, wanted),
    options: allRanks,
  },
  {
    example: 'ranks that raise',
    pattern: /^ranks that raise$/,
    kind: 'ranks',
    value: (run, tick) => ranksBy(run, tick, ['raised']),
    options: allRanks,
  },
  {
    example: 'ranks that wait',
    pattern: /^ranks that wait$/,
    kind: 'ranks',
    value: (run, tick) => ranksBy(run, tick, ['waiting', 'stuck']),
    options: allRanks,
  },
  {
    example: 'verdict',
    pattern: /^verdict$/,
    kind: 'choice',
    value: ({ verdict }) => verdict,
    choices: VERDICTS,
  },
  {
    example: 'path',
    pattern: /^path$/,
    kind: 'choice',
    value: (run, tick) => latest(run, tick, 0, 'decided')?.branch ?? null,
    choices: ['even', 'uneven'],
  },
  {
    example: 'moved',
    pattern: /^moved$/,
    kind: 'choice',
    passing: true,
    value(run, tick) {
      const { event } = stateOf(run, tick, 0).latest ?? {};
      return event?.kind === 'local' ? (event.moved ? 'yes' : 'no') : null;
    },
    choices: ['yes', 'no'],
  },
  {
    example: 'shape on rank 2',
    pattern: /^shape on rank (\d+)$/,
    kind: 'shape',
    value: (run, tick, [rank]) =>
      run.trace.lanes[Number(rank)] === undefined
        ? null
        : (stateOf(run, tick, Number(rank)).holding[0]?.shape ?? null),
  },
  {
    example: 'strides on rank 2',
    pattern: /^strides on rank (\d+)$/,
    kind: 'shape',
    value: (run, tick, [rank]) =>
      run.trace.lanes[Number(rank)] === undefined
        ? null
        : (stateOf(run, tick, Number(rank)).holding[0]?.strides ?? null),
  },
  {
    example: 'copies of heads on rank 2',
    pattern: /^copies of heads on rank (\d+)$/,
    kind: 'shape',
    value: (run, tick, [rank]) => copiesOfHeads(run, tick, Number(rank)),
  },
  {
    example: 'condition on rank 2',
    pattern: /^condition on rank (\d+)$/,
    kind: 'text',
    value: (run, tick, [rank]) => latest(run, tick, Number(rank), 'decided')?.condition ?? null,
  },
  {
    example: 'collective on rank 2',
    pattern: /^collective on rank (\d+)$/,
    kind: 'text',
    value: (run, tick, [rank]) =>
      latest(run, tick, Number(rank), 'offered')?.collective.kind ?? null,
  },
  {
    example: 'exception on rank 2',
    pattern: /^exception on rank (\d+)$/,
    kind: 'text',
    value: (run, tick, [rank]) => latest(run, tick, Number(rank), 'raised')?.message ?? null,
  },
  {
    example: 'check splits-agree',
    pattern: /^check ([a-z0-9-]+)$/,
    kind: 'text',
    value: ({ findings }, _, [id]) => findings.find(({ check }) => check === id)?.summary ?? null,
  },
  {
    example: 'status of check splits-agree',
    pattern: /^status of check ([a-z0-9-]+)$/,
    kind: 'choice',
    value: ({ findings }, _, [id]) => findings.find(({ check }) => check === id)?.status ?? null,
    choices: ['pass', 'fail', 'not-applicable'],
  },
];

export const FACT_EXAMPLES = PHRASES.map(({ example }) => `“${example}”`).join(', ');

/** Those that can be asked for. */
export const ASKABLE_EXAMPLES = PHRASES.filter(({ kind }) => isAskable(kind))
  .map(({ example }) => `“${example}”`)
  .join(', ');

/** Reads a phrase; null where it is none. */
export function readFact(phrase: string): Fact | null {
  for (const { pattern, kind, passing = false, value, choices = [], options } of PHRASES) {
    const met = pattern.exec(phrase);
    if (met === null) continue;
    return {
      phrase,
      kind,
      passing,
      valueIn: (run, tick) => value(run, tick, met.slice(1)),
      choices,
      optionsIn: (run) => options?.(run) ?? choices,
    };
  }
  return null;
}

export function isAskable(kind: FactKind): boolean {
  return kind !== 'shape' && kind !== 'text';
}

/** Whether an answer is right: of lists only the members count, whichever way they were picked. */
export function isRight(given: FactValue, right: FactValue): boolean {
  if (!isList(given) || !isList(right)) return given === right;
  const wanted = new Set(right);
  return new Set(given).size === wanted.size && given.every((one) => wanted.has(one));
}

/** Whether a claim is true: lists to the order, and of a text that it has that part. */
export function isTrue({ fact, value }: Claim, found: FactValue | null): boolean {
  if (fact.kind === 'text') return typeof found === 'string' && found.includes(String(value));
  return JSON.stringify(found) === JSON.stringify(value);
}

/** "0, 1 and 2", "none", "12", "even": a value as a sentence says it. */
export function printValue(value: FactValue | null): string {
  if (value === null) return 'nothing';
  if (!isList(value)) return String(value);
  const [last, ...before] = value.toReversed();
  if (last === undefined) return 'none';
  return before.length === 0 ? String(last) : `${before.toReversed().join(', ')} and ${last}`;
}

function isList(value: FactValue): value is readonly number[] {
  return Array.isArray(value);
}

function allRanks({ trace }: LessonRun): readonly number[] {
  return range(trace.lanes.length);
}

function stateOf({ trace }: LessonRun, tick: Tick, rank: number) {
  return rankStateAt(trace, rank, tick);
}

/** The coordinates of all that a rank holds, tensor by tensor in their order; padding left out. */
function heldCoordinates(run: LessonRun, tick: Tick, rank: number): Coordinates[] {
  const { recording } = run.trace;
  const { latest: last, holding } = stateOf(run, tick, rank);
  const sizes = sizesOf(recording.contract, at(recording.contract.calls, last?.call ?? 0));
  return holding.flatMap((ref) =>
    Array.from(elementsOf(at(recording.ranks, rank), ref))
      .filter((id) => id >= 0)
      .map((id) => coordinates(sizes, id)),
  );
}

/** The heads or tokens that a rank holds, each once, in the order in which it holds them. */
function held(run: LessonRun, tick: Tick, rank: number, name: 'h' | 's'): number[] | null {
  if (run.trace.lanes[rank] === undefined) return null;
  return [...new Set(heldCoordinates(run, tick, rank).map((where) => where[name]))];
}

/** The head of every column of a rank's first token, in order: copies as often as they are there. */
function copiesOfHeads(run: LessonRun, tick: Tick, rank: number): number[] | null {
  if (run.trace.lanes[rank] === undefined) return null;
  const all = heldCoordinates(run, tick, rank);
  const [first] = all;
  const ofToken = all.filter(({ b, s, d }) => b === first?.b && s === first.s && d === first.d);
  return ofToken.map(({ h }) => h);
}

/** How many storages a rank has used in the call that it is in, the one of the input among them. */
function storagesOf({ trace }: LessonRun, tick: Tick, rank: number): number | null {
  const past = (trace.lanes[rank] ?? []).filter(({ tick: when }) => when <= tick);
  const call = past.at(-1)?.call;
  const used = past.flatMap(({ event, call: its }) => {
    if (its !== call) return [];
    if (event.kind === 'called') return [event.input.storage];
    const made = event.kind === 'local' || event.kind === 'received' ? event.outputs : [];
    return made.map(({ storage }) => storage);
  });
  return used.length === 0 ? null : new Set(used).size;
}

/** The ranks that hold an element with all of the coordinates: "s5 h3". */
function holders(run: LessonRun, tick: Tick, wanted: string): number[] {
  const tests = wanted.split(' ').map((part) => {
    const name = part[0] as keyof Coordinates;
    return (where: Coordinates) => where[name] === Number(part.slice(1));
  });
  return range(run.trace.lanes.length).filter((rank) =>
    heldCoordinates(run, tick, rank).some((where) => tests.every((test) => test(where))),
  );
}

function ranksBy(run: LessonRun, tick: Tick, statuses: readonly string[]): number[] {
  return range(run.trace.lanes.length).filter((rank) =>
    statuses.includes(stateOf(run, tick, rank).status),
  );
}

/** The last event of a kind that a rank had up to a tick, in the call that it is in then; null for none. */
function latest<K extends RankEvent['kind']>(
  { trace }: LessonRun,
  tick: Tick,
  rank: number,
  kind: K,
): Extract<RankEvent, { kind: K }> | null {
  const isIt = (event: RankEvent): event is Extract<RankEvent, { kind: K }> => event.kind === kind;
  const past = (trace.lanes[rank] ?? []).filter(({ tick: when }) => when <= tick);
  const call = past.at(-1)?.call;
  return (
    past.flatMap((one) => (one.call === call && isIt(one.event) ? [one.event] : [])).at(-1) ?? null
  );
}
