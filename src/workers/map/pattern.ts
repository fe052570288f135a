import { range, withCommas } from '../../base/numbers.ts';
import type { Verdict } from '../../core/judge/finding.ts';
import { fieldAt, type MapExtent } from './setting.ts';

/**
 * The pattern of some fields of a map, found by trying a small family of formulas over H and P:
 * conjunctions of at most three of the statements below or their opposites, and two such (of at most
 * two) joined by "or". A pattern is claimed only if it holds on every marked
 * field and on no other; else the nearest is told with its exceptions.
 */
interface Statement {
  readonly says: string;
  readonly denies: string;
  holds(heads: number, sp: number): boolean;
}

const STATEMENTS: readonly Statement[] = [
  { says: 'P = 1', denies: 'P > 1', holds: (_, P) => P === 1 },
  { says: 'H % P = 0', denies: 'H % P ≠ 0', holds: (H, P) => H % P === 0 },
  {
    says: '(H/P) % P = 0',
    denies: '(H/P) % P ≠ 0',
    holds: (H, P) => Math.floor(H / P) % P === 0,
  },
  { says: 'H > P', denies: 'H ≤ P', holds: (H, P) => H > P },
  { says: 'H ≥ P', denies: 'H < P', holds: (H, P) => H >= P },
  { says: 'H ≥ 64', denies: 'H < 64', holds: (H) => H >= 64 },
  { says: 'H % 64 = 0', denies: 'H % 64 ≠ 0', holds: (H) => H % 64 === 0 },
  { says: 'P % 2 = 0', denies: 'P % 2 ≠ 0', holds: (_, P) => P % 2 === 0 },
  { says: 'H % 2 = 0', denies: 'H % 2 ≠ 0', holds: (H) => H % 2 === 0 },
];

/** What fields of a full sheet have in common, where a formula of the family holds on just them. */
export interface Patterns {
  /** Of all bad fields; null where none holds. */
  readonly bad: string | null;
  /** Then the formula that comes nearest to them; null where none comes near. */
  readonly near: NearMiss | null;
  /** Then of those verdicts that have one. */
  readonly verdicts: readonly { readonly verdict: Verdict; readonly formula: string }[];
}

/** A formula that holds on nearly the marked fields. */
export interface NearMiss {
  readonly formula: string;
  /** Marked fields on which it does not hold. */
  readonly missed: number;
  /** Fields on which it holds, though they are not marked. */
  readonly extra: number;
}

/** The formula of the bad fields with what is not right about it; null where there is none. */
export function formulaText({ bad, near }: Patterns): string | null {
  if (bad !== null) return bad;
  return near === null ? null : `${near.formula}, ${exceptionsText(near)}`;
}

/** "all but 12 cells: 10 fail besides, 2 of these do not" */
export function exceptionsText({ missed, extra }: NearMiss): string {
  const others = [
    ...(missed === 0
      ? []
      : [`${withCommas(missed)} more ${missed === 1 ? 'cell fails' : 'cells fail'}`]),
    ...(extra === 0 ? [] : [`${withCommas(extra)} of these ${extra === 1 ? 'does' : 'do'} not`]),
  ];
  return `all but ${withCommas(missed + extra)}: ${others.join(', ')}`;
}

/** The fields for which something holds, one bit each. */
type Bits = Uint32Array;

interface Candidate {
  readonly text: string;
  readonly bits: Bits;
  readonly parts: number;
}

/** What is found for some fields: a formula for just them, or the one that comes nearest. */
export type Found =
  | { readonly kind: 'exact'; readonly formula: string }
  | ({ readonly kind: 'near' } & NearMiss)
  | { readonly kind: 'none' };

/** A formula is near if it is wrong on at most this share of the marked fields. */
const NEAR = 0.05;

/**
 * The shortest formula for just the marked fields among the counted ones, else the nearest. `marked`
 * and `counted` tell of each field of `extent`, in the order of `fieldAt`.
 */
export function patternOf(
  extent: MapExtent,
  marked: (index: number) => boolean,
  counted: (index: number) => boolean = () => true,
): Found {
  const size = extent.heads * extent.sp;
  const among = bitsOf(size, counted);
  const wanted = and(bitsOf(size, marked), among);
  if (isEmpty(wanted)) return { kind: 'none' };
  if (equal(wanted, among)) return { kind: 'exact', formula: 'every cell' };
  const found = candidates(extent, size, among);
  const exact = found.find(({ bits }) => equal(bits, wanted));
  if (exact !== undefined) return { kind: 'exact', formula: exact.text };
  const short = found.filter(({ bits, parts }) => parts <= 2 && !isEmpty(bits));
  const within = short.filter(({ bits }) => equal(and(bits, wanted), bits));
  for (const { text, bits } of pairsOf(within)) {
    if (equal(bits, wanted)) return { kind: 'exact', formula: text };
  }
  return nearest(found, short, wanted);
}

/** Two formulas joined by "or", each pair once. */
function* pairsOf(some: readonly Candidate[]): Generator<Candidate> {
  for (const [index, first] of some.entries()) {
    for (const second of some.slice(index + 1)) {
      const text = `${grouped(first)} or ${grouped(second)}`;
      yield { text, bits: or(first.bits, second.bits), parts: first.parts + second.parts };
    }
  }
}

/** A pair is made only of formulas of which few are beside the mark: others cannot come near. */
function nearest(found: readonly Candidate[], short: readonly Candidate[], wanted: Bits): Found {
  const most = Math.floor(countOf(wanted) * NEAR);
  const hopeful = short.filter(({ bits }) => countOf(without(bits, wanted)) <= most);
  let best: NearMiss | null = null;
  for (const { text, bits } of [...found, ...pairsOf(hopeful)]) {
    const [missed, extra] = [countOf(without(wanted, bits)), countOf(without(bits, wanted))];
    const bound = best === null ? most + 1 : best.missed + best.extra;
    if (missed + extra < bound) best = { formula: text, missed, extra };
  }
  return best === null ? { kind: 'none' } : { kind: 'near', ...best };
}

function grouped({ text, parts }: Candidate): string {
  return parts === 1 ? text : `(${text})`;
}

/** Conjunctions of one, two and three statements, shortest first. */
function candidates(extent: MapExtent, size: number, among: Bits): Candidate[] {
  const literals = STATEMENTS.flatMap(({ says, denies, holds }, statement) => {
    const asked = (index: number) => {
      const { heads, sp } = fieldAt(extent, index);
      return holds(heads, sp);
    };
    const bits = and(bitsOf(size, asked), among);
    const opposite = and(
      bitsOf(size, (index) => !asked(index)),
      among,
    );
    return [
      { text: says, bits, parts: 1, statement },
      { text: denies, bits: opposite, parts: 1, statement },
    ];
  });
  const longer = (some: readonly (Candidate & { statement: number })[]) =>
    some.flatMap((one) =>
      literals
        .filter(({ statement }) => statement > one.statement)
        .map((literal) => ({
          text: `${one.text} and ${literal.text}`,
          bits: and(one.bits, literal.bits),
          parts: one.parts + 1,
          statement: literal.statement,
        })),
    );
  const pairs = longer(literals);
  return [...literals, ...pairs, ...longer(pairs)];
}

function bitsOf(size: number, holds: (index: number) => boolean): Bits {
  const bits = new Uint32Array(Math.ceil(size / 32));
  for (const index of range(size)) {
    if (holds(index)) bits[index >> 5] = (bits[index >> 5] ?? 0) | (1 << (index & 31));
  }
  return bits;
}

function and(a: Bits, b: Bits): Bits {
  return a.map((word, index) => word & (b[index] ?? 0));
}

function or(a: Bits, b: Bits): Bits {
  return a.map((word, index) => word | (b[index] ?? 0));
}

function without(a: Bits, b: Bits): Bits {
  return a.map((word, index) => word & ~(b[index] ?? 0));
}

function countOf(bits: Bits): number {
  let count = 0;
  for (let word of bits) {
    // Clears the lowest bit that is set.
    for (; word !== 0; word &= word - 1) count += 1;
  }
  return count;
}

function equal(a: Bits, b: Bits): boolean {
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

function isEmpty(bits: Bits): boolean {
  return bits.every((word) => word === 0);
}
