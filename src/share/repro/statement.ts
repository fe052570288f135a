import { range } from '../../base/numbers.ts';

/**
 * A line of Python as one rank ran it. Numbers are kept apart from the text, so that ranks whose
 * lines differ in nothing else can share one.
 */
export interface Statement {
  readonly parts: readonly Part[];
  /** The shape of what it made, told in a comment; null where the line itself tells it. */
  readonly shape: readonly number[] | null;
}

export type Part = string | Hole;

/** A number, or a list of numbers, that may be another on another rank. */
export interface Hole {
  readonly list: boolean;
  readonly numbers: readonly number[];
}

/** A line of texts and holes; what it makes has no shape that another would need. */
export function statement(...parts: readonly Part[]): Statement {
  return { parts: joinedTexts(parts), shape: null };
}

/** Texts that stand beside one another are one part, so that equal lines have equal parts. */
function joinedTexts(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (typeof part === 'string' && typeof last === 'string') {
      result[result.length - 1] = last + part;
    } else result.push(part);
  }
  return result;
}

/** A number in a statement. */
export function one(value: number): Hole {
  return { list: false, numbers: [value] };
}

/** A list in a statement. */
export function list(numbers: readonly number[]): Hole {
  return { list: true, numbers };
}

/** Numbers as arguments: "4, 2, 8". */
export function args(numbers: readonly number[]): Part[] {
  return range(numbers.length * 2 - 1).map((index) =>
    index % 2 === 1 ? ', ' : one(numbers[index / 2] ?? 0),
  );
}

/** What two statements have in common that can be one line. */
export function skeleton({ parts }: Statement): string {
  return parts
    .map((part) => (typeof part === 'string' ? part : part.list ? '\u0001' : '\u0000'))
    .join('');
}
