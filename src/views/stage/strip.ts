import type { PartValue } from '../../engine/condition/evaluate.ts';
import { printValue } from '../../engine/condition/syntax.ts';
import { operandsIn } from '../../engine/decision.ts';
import type { RankEvent } from '../../engine/event.ts';
import { rankList } from '../../engine/rank-list.ts';
import { changeText, entryOf } from '../../trace/entry.ts';
import type { Trace } from '../../trace/trace.ts';
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

const NEGATED: Readonly<Record<string, string>> = {
  '=': '≠',
  '≠': '=',
  '<': '≥',
  '≥': '<',
  '>': '≤',
  '≤': '>',
};

/**
 * The comparison that settled a condition, with values in the place of its names, as it came out:
 * "2 % 4 ≠ 0", "8 % 4 = 0"; `asAsked`: as it was asked, whether it held or not.
 */
function decidedBy(
  {
    condition,
    evaluation,
  }: Pick<Extract<RankEvent, { kind: 'decided' }>, 'condition' | 'evaluation'>,
  asAsked = false,
): string {
  const { parts, truth } = evaluation;
  const comparisons = parts.filter(({ kind }) => kind === 'comparison');
  const counting = comparisons.filter((one) => has(parts, one, 'arithmetic'));
  // What made it true is told by its sum; what made it false came last.
  const part = truth ? (counting.at(-1) ?? comparisons.at(-1)) : comparisons.at(-1);
  if (part === undefined) return operandsIn(condition, parts);
  const names = parts.filter((one) => one.kind === 'name' && within(one, part));
  if (names.some(({ from, to }) => condition.slice(from, to).includes('('))) {
    return operandsIn(condition, [...names]);
  }
  const text = filledIn(condition, part, names)
    .replaceAll('!=', '≠')
    .replaceAll('==', '=')
    .replaceAll('>=', '≥')
    .replaceAll('<=', '≤');
  if (asAsked || part.value === true) return text;
  return text.replace(/[=≠<≥>≤]/, (sign) => NEGATED[sign] ?? sign);
}

function has(parts: readonly PartValue[], whole: PartValue, kind: PartValue['kind']): boolean {
  return parts.some((part) => part.kind === kind && within(part, whole));
}

function within(part: PartValue, whole: PartValue): boolean {
  return whole.from <= part.from && part.to <= whole.to;
}

/** A part of a condition, with values in the place of names; a name alone keeps its own beside it. */
function filledIn(condition: string, part: PartValue, names: readonly PartValue[]): string {
  const ordered = names.toSorted((a, b) => a.from - b.from);
  let text = '';
  let position = part.from;
  for (const { from, to, value } of ordered) {
    text += condition.slice(position, from) + printValue(value);
    position = to;
  }
  return (text + condition.slice(position, part.to)).replace(/\s+/g, ' ');
}
