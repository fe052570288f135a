import * as v from 'valibot';
import type { Case } from '../contract/case.ts';
import type { CaseOption } from './case-option.ts';

/** Says of a value that a field does not take what is wrong with it. */
export type Refusal = (issue: { readonly input: unknown }) => string;

/** All that is known of one field of a case: `case-fields.ts` has them all. */
export interface CaseField {
  /** What it may be, behind "it is 0; ". */
  readonly allowed: string;
  /** How a value from outside is read. */
  readonly form: (refused: Refusal) => v.GenericSchema;
  /** The largest value of a size; the smallest is 1. */
  readonly most?: number;
  /** What a link leaves out. Its version promises that: to change one is a new version. */
  readonly unsaid?: unknown;
  /** What it is called among the fields of the page; null where it is none of them. */
  readonly label: string | null;
  /** The word of the glossary that the label is. */
  readonly term?: string;
  /** Whether a case has it at all; every case, where nothing is said. */
  readonly applies?: (c: Case) => boolean;
  /** What it is called as what tells a case from the one beside it; null where that is told otherwise. */
  readonly name: string | null;
  /** What it says there, where it is more than the value. */
  readonly told?: (c: Case) => string;
  /** How a person chooses it to be another in the case beside; not, where nothing is said. */
  readonly beside?: string;
  /** What a script says of it in its first lines; null where it goes without saying. */
  readonly words: (c: Case) => string | null;
  /** The option that says it; several fields may have one together. */
  readonly option: CaseOption;
}

/** What a size is read by: a whole number from 1 to `most`. */
export function size<const Most extends number>(most: Most) {
  return { most, allowed: sizeUpTo(most), form: (refused: Refusal) => sizeForm(most, refused) };
}

/** The same, or null. */
export function sizeOrNull<const Most extends number>(most: Most) {
  const form = (refused: Refusal) => v.optional(v.nullable(sizeForm(most, refused)));
  return { most, allowed: `${sizeUpTo(most)}, or null`, form };
}

/** One of a list. */
export function oneOf<const Value extends string | number>(choices: readonly Value[]) {
  return (refused: Refusal) => v.picklist(choices, refused);
}

/** One of a list; null or nothing is what goes without saying. */
export function oneOfOrNull<const Value extends string | number>(choices: readonly Value[]) {
  return (refused: Refusal) => v.nullish(v.picklist(choices, refused));
}

export function sizeForm(most: number, refused: Refusal) {
  return v.pipe(
    v.number(refused),
    v.integer(refused),
    v.minValue(1, refused),
    v.maxValue(most, refused),
  );
}

function sizeUpTo(most: number): string {
  return `it must be a whole number from 1 to ${most}`;
}
