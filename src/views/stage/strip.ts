import { rankList } from '../../engine/rank-list.ts';
import { changeText, entryOf } from '../../trace/entry.ts';
import type { Trace } from '../../trace/trace.ts';
import { decidedBy } from '../decided-by.ts';
import type { Frame } from './frame.ts';

/** How a strip is seen: red is for what is wrong, amber for what decides, grey for waiting. */
export type StripTone = 'note' | 'decision' | 'holds' | 'waits' | 'fault';

/** What a card says of its rank at a moment. */
export interface Strip {
  readonly tone: StripTone;
  /** From the longest on. */
  readonly texts: readonly string[];
}

/** What the card of `rank` says in a frame: its decision with its own operands, or what it does. */
export function stripFor(trace: Trace, frame: Frame, rank: number): Strip {
  const { latest, status } = frame[rank]?.state ?? { latest: null, status: 'working' };
  if (latest === null) return { tone: 'note', texts: [] };
  const { event } = latest;
  switch (event.kind) {
    case 'decided': {
      const operands = decidedBy(event);
      return { tone: 'decision', texts: [`${operands} → ${event.branch}`, `→ ${event.branch}`] };
    }
    case 'guarded': {
      const asked = decidedBy(event, true);
      if (event.held) return { tone: 'holds', texts: [`✓ ${asked}`, '✓ holds'] };
      return { tone: 'fault', texts: [`✕ ${asked} does not hold`, `✕ ${asked}`, '✕ assert'] };
    }
    case 'raised':
      return {
        tone: 'fault',
        texts: [`✕ ${event.error}: ${event.message}`, `✕ ${event.error}`, '✕ raised'],
      };
    case 'lost':
      return { tone: 'fault', texts: ['✕ never comes back', '✕ gone'] };
    case 'mismatched':
      return { tone: 'fault', texts: ['✕ sizes disagree', '✕ sizes'] };
    case 'astray':
      return { tone: 'fault', texts: ['✕ waits in another collective', '✕ astray'] };
    case 'abandoned': {
      const by = rankList(event.by, frame.length);
      return { tone: 'waits', texts: [`waits for ${by} forever`, 'waits forever', 'waits'] };
    }
    case 'offered':
      if (status === 'waiting' && frame.some((card) => card.state.status !== 'waiting')) {
        return { tone: 'waits', texts: [`waits in ${event.collective.kind}`, 'waits'] };
      }
      return { tone: 'note', texts: notesOf(trace, rank, latest.index) };
    default:
      return { tone: 'note', texts: notesOf(trace, rank, latest.index) };
  }
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
