import { hasEditedRule } from '../core/cases/scope.ts';
import type { Case } from '../core/contract/case.ts';

/**
 * The name of a file about a case: "rankscope-deepspeed-6392-8-heads-sp-4-stage.svg"; with "-edited-rule"
 * where what runs is not what was published.
 */
export function fileNameOf(c: Case, ending: string): string {
  const rule = hasEditedRule(c) ? '-edited-rule' : '';
  return `rankscope-${c.implementation}${rule}-${c.heads}-heads-sp-${c.sp}${ending}`;
}
