import type { Case } from '../engine/case.ts';

/** The name of a file about a case: "rankscope-deepspeed-6392-8-heads-sp-4-stage.svg". */
export function fileNameOf({ implementation, heads, sp }: Case, ending: string): string {
  return `rankscope-${implementation}-${heads}-heads-sp-${sp}${ending}`;
}
