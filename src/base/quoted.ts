/** How many letters of what somebody wrote a sentence quotes, where it says nothing else. */
const LONGEST = 40;

/** A limit for where all of it is quoted. */
export const WHOLE = Number.POSITIVE_INFINITY;

/**
 * A value that came from outside, as a sentence can quote it: a text in its quotes, at most `longest`
 * letters of it, and "missing" for none.
 */
export function quoted(value: unknown, longest = LONGEST): string {
  if (value === undefined) return 'missing';
  return shortened(typeof value === 'number' ? String(value) : written(value), longest);
}

/** The beginning of a text that is too long for a sentence. */
export function shortened(text: string, longest = LONGEST): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** As JSON, where it can be; what JSON has no form for (8n, a cycle, what refuses to be read) is named. */
function written(value: unknown): string {
  if (typeof value === 'bigint') return `the BigInt ${value}n`;
  try {
    return JSON.stringify(value) ?? `a ${typeof value}`;
  } catch {
    return 'an object that cannot be written as JSON';
  }
}
