import { range } from '../../../base/numbers.ts';
import type { ConditionName } from './names.ts';
import { parseCondition } from './parse.ts';

/** A change of a condition: the condition before it and after it, each in one line. */
export interface ConditionHunk {
  readonly before: string;
  readonly after: string;
}

type Sign = ' ' | '-' | '+';

/** A line of a hunk: on both sides, or on one. */
interface HunkLine {
  readonly sign: Sign;
  readonly text: string;
}

/** What a patch says about its lines. */
const HEADER = /^(@@|diff |index |--- |\+\+\+ |\\ No newline)/;
const KEYWORD = /^\s*(if|elif|while|assert|return)\b/;
/** Lines of a hunk that are read, at most. */
const MOST_LINES = 200;

/**
 * Reads a hunk of a patch as it is pasted: lines that begin with `-` and `+`, with or without context,
 * `@@` and file names. Gives the first condition that its sides have differently; null where the text
 * is a condition by itself, or no change of one.
 */
export function parseHunk(text: string, more: readonly ConditionName[] = []): ConditionHunk | null {
  if (!/^[+-]/m.test(text) || parseCondition(text, more).ok) return null;
  const lines = linesOf(text);
  for (const { from, to } of groupsOf(lines)) {
    for (const start of startsFor(lines, from)) {
      for (const end of range(lines.length - to + 1).map((more) => to + more)) {
        const before = parseCondition(sideOf(lines.slice(start, end), '-'), more);
        const after = parseCondition(sideOf(lines.slice(start, end), '+'), more);
        if (before.ok && after.ok && before.text !== after.text) {
          return { before: before.text, after: after.text };
        }
      }
    }
  }
  return null;
}

function linesOf(text: string): HunkLine[] {
  return text
    .split('\n')
    .slice(0, MOST_LINES)
    .filter((line) => !HEADER.test(line))
    .map((line) => {
      const sign = line.startsWith('-') ? '-' : line.startsWith('+') ? '+' : ' ';
      return { sign, text: sign === ' ' ? line : line.slice(1) };
    });
}

/** The text of one side. */
function sideOf(lines: readonly HunkLine[], side: '-' | '+'): string {
  const own = lines.filter(({ sign }) => sign === ' ' || sign === side);
  return own.map(({ text }) => text).join('\n');
}

/** Changed lines without context between them. */
function groupsOf(lines: readonly HunkLine[]): { readonly from: number; readonly to: number }[] {
  const groups: { from: number; to: number }[] = [];
  for (const [index, { sign }] of lines.entries()) {
    const last = groups.at(-1);
    if (sign === ' ') continue;
    if (last?.to === index) last.to = index + 1;
    else groups.push({ from: index, to: index + 1 });
  }
  return groups;
}

/**
 * Where the statement may begin that a group of changed lines belongs to: with the group or above it,
 * the nearest first; then the group alone, whose first word may have been left out.
 */
function startsFor(lines: readonly HunkLine[], from: number): number[] {
  const above = range(from + 1)
    .map((distance) => from - distance)
    .filter((index) => KEYWORD.test(lines[index]?.text ?? ''));
  return [...above, from];
}
