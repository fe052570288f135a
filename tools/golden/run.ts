import type { Case } from '../../src/core/contract/case.ts';
import type { CallOutcome } from '../../src/core/judge/outcome.ts';

/** One line of a runs file (`FORMAT.md`): a case, and what real ranks returned for it. */
export interface GoldenRun extends Case {
  readonly expected: readonly CallOutcome[];
}

/** The runs of a `.jsonl` text, one JSON object a line. */
export function parseRuns(text: string): GoldenRun[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as GoldenRun);
}
