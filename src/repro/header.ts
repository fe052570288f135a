import { memoized } from '../base/memo.ts';
import type { Case } from '../engine/case.ts';
import { judge } from '../engine/checks/index.ts';
import type { Recording } from '../engine/event.ts';
import type { Verdict } from '../engine/finding.ts';
import { oneLine } from './conditions.ts';
import { plainWords } from './text/python.ts';

/** What a script should print, and why. */
export interface Expected {
  readonly verdict: Verdict;
  /** The check that the verdict rests on, in a sentence; null where all is fine. */
  readonly because: string | null;
  /** Attention alone is wrong, or wrong too. */
  readonly attentionFails: boolean;
}

export const expectedOf = memoized((recording: Recording): Expected => {
  const { verdict, findings } = judge(recording);
  const decisive = findings.find((finding) => finding.verdict === verdict);
  return {
    verdict,
    because: decisive?.summary ?? null,
    attentionFails: findings.some(
      ({ check, status }) => check === 'attention-equal' && status === 'fail',
    ),
  };
});

/** "deepspeed-6392, roundTrip, P=4, B=1, S=8, H=8, D=2, batch first" */
export function caseWords(c: Case): string {
  const {
    gatherIdx,
    kvRepeat,
    sequenceSplit,
    sequenceOrder,
    caller,
    fault,
    condition,
    guards = {},
  } = c;
  return [
    c.implementation,
    plainWords(c.program),
    `P=${c.sp}, B=${c.batch}, S=${c.seq}, H=${c.heads}`,
    ...(c.kvHeads === c.heads ? [] : [`Hkv=${c.kvHeads}`]),
    `D=${c.headDim}`,
    c.batchDimIdx === 0 ? 'batch first' : 'sequence first',
    ...(c.numKvHeadsBefore === null ? [] : [`a head count of ${c.numKvHeadsBefore} left behind`]),
    ...(gatherIdx === undefined ? [] : [`gather_idx ${gatherIdx}`]),
    ...(kvRepeat === undefined ? [] : [`KV heads repeated (${kvRepeat})`]),
    ...(sequenceSplit === undefined ? [] : [`sequence split ${sequenceSplit}`]),
    ...(sequenceOrder === undefined ? [] : [`${sequenceOrder} order`]),
    ...(caller === undefined ? [] : ['with its published caller']),
    ...(condition === undefined ? [] : [`condition ${plainWords(oneLine(condition))}`]),
    ...Object.entries(guards).map(
      ([id, guard]) => `guard ${plainWords(id)}: ${plainWords(oneLine(guard))}`,
    ),
    ...(fault === undefined
      ? []
      : [`fault: rank ${fault.rank} ${fault.kind} in call ${fault.call}`]),
  ].join(', ');
}

/** Where the run is on the page; nothing where that is not known. */
export function linkEntry(link: string | undefined): string[] {
  return link === undefined ? [] : entry('page', plainWords(link));
}

/** A term and what is said of it, filled into lines; those behind the first are indented. */
export function entry(term: string, words: string): string[] {
  const lines: string[] = [];
  let line = term.padEnd(10);
  for (const word of words.split(' ')) {
    if (line.length + word.length > WIDTH) {
      lines.push(line.trimEnd());
      line = ' '.repeat(10);
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()];
}

const WIDTH = 84;
