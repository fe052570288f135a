import type { RankEvent } from '../../core/recording/event.ts';
import { changeText, type Entry } from '../../trace/entry.ts';
import { kindOf } from '../../trace/event-kinds.ts';

/**
 * What is written into a mark with room for `lines` lines of `letters` letters: the operation's name,
 * then its arguments, then the shapes before and after, then what there is to say of it. Empty where
 * not even the beginning of a name fits.
 */
export function markWords(
  entry: Entry,
  event: RankEvent,
  letters: number,
  lines: number,
): string[] {
  const { operation, note } = entry;
  const change = changeText(entry);
  // "return [2, 4]" has said it.
  const shapes = operation.endsWith(change) ? '' : change;
  const names = [operation, operation.replace(/\(.*$/, ''), ...kindOf(event).names(event)];
  const head = names.find((text) => text !== '' && text.length <= letters);
  if (head === undefined) return letters < SHORTEST ? [] : [`${cutName(event, letters - 1)}…`];
  if (lines === 1) {
    const joined = [`${operation}  ${shapes}  ${note}`, `${operation}  ${shapes}`].find(
      (text) => text.trim().length <= letters && shapes !== '',
    );
    return [joined?.trim() ?? head];
  }
  const rest = [shapes, note].filter((text) => text !== '' && text.length <= letters);
  return [head, ...rest].slice(0, lines);
}

function cutName(event: RankEvent, letters: number): string {
  return (kindOf(event).names(event)[0] ?? '').slice(0, letters);
}

/** A name cut shorter than this says nothing. */
const SHORTEST = 5;
