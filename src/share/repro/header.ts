import { memoized } from '../../base/memo.ts';
import { FIELD_NAMES, fieldOf } from '../../core/cases/case-fields.ts';
import type { Case } from '../../core/contract/case.ts';
import { judge } from '../../core/judge/checks/index.ts';
import type { Verdict } from '../../core/judge/finding.ts';
import type { Recording } from '../../core/recording/event.ts';
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
  return FIELD_NAMES.flatMap((name) => {
    const words = fieldOf(name).words(c);
    return words === null ? [] : [plainWords(words)];
  }).join(', ');
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
