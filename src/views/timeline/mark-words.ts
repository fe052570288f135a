import { changeText, type Entry } from '../../trace/entry.ts';

/**
 * What is written into a mark with room for `lines` lines of `letters` letters: the operation's name,
 * then its arguments, then the shapes before and after, then what there is to say of it. Empty where
 * not even the beginning of the name fits.
 */
export function markWords(entry: Entry, letters: number, lines: number): string[] {
  const { operation, note } = entry;
  const name = operation.replace(/\(.*$/, '');
  const change = changeText(entry);
  // "return [2, 4]" has said it.
  const shapes = operation.endsWith(change) ? '' : change;
  const head = [operation, name].find((text) => text.length <= letters);
  if (head === undefined) {
    return letters < SHORTEST ? [] : [`${name.slice(0, letters - 1)}…`];
  }
  if (lines === 1) {
    const joined = [`${operation}  ${shapes}  ${note}`, `${operation}  ${shapes}`].find(
      (text) => text.trim().length <= letters && shapes !== '',
    );
    return [joined?.trim() ?? head];
  }
  const rest = [shapes, note].filter((text) => text !== '' && text.length <= letters);
  return [head, ...rest].slice(0, lines);
}

/** A name cut shorter than this says nothing. */
const SHORTEST = 7;
