import * as v from 'valibot';
import { quoted } from '../../base/quoted.ts';

/** The forms that a link's fields have, each with the sentence that refuses anything else. */

/** How much of what a link says is quoted. */
const shown = (input: unknown) => quoted(input, 60);

/** One of some choices. */
export function choice<const T extends readonly string[]>(name: string, choices: T) {
  return v.picklist(
    choices,
    ({ input }) => `${name} is ${shown(input)}; allowed are ${choices.join(', ')}`,
  );
}

/** Numbers with marks between them, such as `example`. */
export function form(name: string, pattern: RegExp, example: string) {
  const allowed = ({ input }: { input: unknown }) =>
    `${name} is ${shown(input)}; it should be like ${example}`;
  return v.pipe(v.string(allowed), v.regex(pattern, allowed));
}

/** A text of so many letters at most. */
export function text(name: string, longest: number) {
  const allowed = ({ input }: { input: unknown }) =>
    `${name} is ${shown(input)}; it is a text of at most ${longest} letters`;
  return v.pipe(v.string(allowed), v.maxLength(longest, allowed));
}

/** What is meant as letters, though it is written in digits alone. */
export const letters = v.pipe(
  v.unknown(),
  v.transform((value) => (typeof value === 'number' ? String(value) : value)),
);

/** Digits stand in a link without quotes, as a number does. */
export function unquoted(value: string): string | number {
  return /^(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value;
}

/** "3:0:17@1:12" */
export function numbersIn(value: string): number[] {
  return value.split(/[:@]/).map(Number);
}
