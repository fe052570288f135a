import { changeText, entryOf } from '../../trace/entry.ts';
import type { Strip } from '../../trace/event-kind.ts';
import { kindOf } from '../../trace/event-kinds.ts';
import type { Trace } from '../../trace/trace.ts';
import type { Frame } from './frame.ts';

/** What the card of `rank` says in a frame: its decision with its own operands, or what it does. */
export function stripFor(trace: Trace, frame: Frame, rank: number): Strip {
  const { latest, status } = frame[rank]?.state ?? { latest: null, status: 'working' };
  if (latest === null) return { tone: 'note', texts: [] };
  const { event, index } = latest;
  const waits = status === 'waiting' && frame.some(({ state }) => state.status !== 'waiting');
  const own = kindOf(event).strip?.(event, { count: frame.length, waits }) ?? null;
  return own ?? { tone: 'note', texts: notesOf(trace, rank, index) };
}

/** An operation with its shapes, as far as there is room. */
function notesOf(trace: Trace, rank: number, index: number): string[] {
  const entry = entryOf(trace, rank, index);
  const { operation, sent, received } = entry;
  const change = changeText(entry);
  if (sent !== null) return [`sends ${sent} elements, ${operation}`, `sends ${sent} elements`];
  if (received !== null) return [`${received} elements landed`];
  const name = operation.replace(/\(.*$/, '');
  const shapes = operation.endsWith(change) ? [] : [`${operation} ${change}`, `${name} ${change}`];
  return [...shapes, operation, name];
}
