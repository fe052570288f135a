import { range } from '../base/numbers.ts';
import type { Verdict } from '../engine/finding.ts';
import { fieldAt, type MapExtent } from './setting.ts';

/**
 * The pattern of some fields of a map, found by trying a small family of formulas over H and P:
 * conjunctions of at most three of the statements below or their opposites, and two such (of at most
 * two) joined by "or". A pattern is claimed only if it holds on every marked field and on no other.
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
  /** Then of those verdicts that have one. */
  readonly verdicts: readonly { readonly verdict: Verdict; readonly formula: string }[];
}

/** The fields for which something holds, one bit each. */
type Bits = Uint32Array;

interface Candidate {
  readonly text: string;
  readonly bits: Bits;
  readonly parts: number;
}

/**
 * The shortest formula for just the marked fields among the counted ones, or null. `marked` and
 * `counted` tell of each field of `extent`, in the order of `fieldAt`.
 */
export function patternOf(
  extent: MapExtent,
  marked: (index: number) => boolean,
  counted: (index: number) => boolean = () => true,
): string | null {
  const size = extent.heads * extent.sp;
  const among = bitsOf(size, counted);
  const wanted = and(bitsOf(size, marked), among);
  if (isEmpty(wanted)) return null;
  if (equal(wanted, among)) return 'every field';
  const found = candidates(extent, size, among);
  const exact = found.find(({ bits }) => equal(bits, wanted));
  if (exact !== undefined) return exact.text;
  const within = found.filter(
    ({ bits, parts }) => parts <= 2 && !isEmpty(bits) && equal(and(bits, wanted), bits),
  );
  for (const [index, first] of within.entries()) {
    for (const second of within.slice(index + 1)) {
      if (equal(or(first.bits, second.bits), wanted)) {
        return `${grouped(first)} or ${grouped(second)}`;
      }
    }
  }
  return null;
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

function equal(a: Bits, b: Bits): boolean {
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

function isEmpty(bits: Bits): boolean {
  return bits.every((word) => word === 0);
}
