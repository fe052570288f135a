import { assert, at } from '../../base/assert.ts';
import { runAlike } from '../bulk/alike.ts';
import { Arena } from '../bulk/arena.ts';
import { type Case, isBackward } from '../contract/case.ts';
import { judgeBriefly } from '../judge/checks/index.ts';
import { focusOf } from '../judge/explain/story.ts';
import { type Severity, severityOf, type Verdict } from '../judge/finding.ts';
import { findImplementation } from '../programs/implementations/index.ts';

/** What a case came to that was tried. */
export interface Tried {
  readonly verdict: Verdict;
  readonly severity: Severity;
  /** Whether what decides it shows in the backward pass. */
  readonly backward: boolean;
}

/** Runs a case in this thread, ranks that do the same once, and keeps only what it came to. */
export function tryCase(wanted: Case): Tried {
  arena.clear();
  const implementation = findImplementation(wanted.implementation);
  assert(implementation !== undefined, 'only known implementations are tried');
  const recording = runAlike(wanted, implementation, { arena });
  const { verdict, findings } = judgeBriefly(recording);
  const call = focusOf(recording, findings, verdict);
  const severity = severityOf(verdict, findings);
  return { verdict, severity, backward: isBackward(at(wanted.calls, call)) };
}

/** No recording is read after the next is made. */
const arena = new Arena();

/** "raises in backward", "hangs", "is silently wrong in forward". */
export function whyNot({ verdict, backward }: Pick<Tried, 'verdict' | 'backward'>): string {
  const where = backward ? 'backward' : 'forward';
  switch (verdict) {
    case 'ranks disagree':
      return `hangs in ${where}`;
    case 'raises':
      return `raises in ${where}`;
    case 'silently wrong':
      return `is silently wrong in ${where}`;
    case 'wrong shape':
      return `returns a wrong shape in ${where}`;
    case 'unbalanced':
      return 'leaves the heads unbalanced';
    case 'fine':
      return 'is fine';
  }
}
