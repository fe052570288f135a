import { titleOf } from '../core/cases/case-title.ts';
import { countsText, scopeOf } from '../core/cases/scope.ts';
import type { Case } from '../core/contract/case.ts';
import { lineOf } from './shown-text.ts';

/** A case in a line, before it has run: the same as `runText` says of its run. */
export function caseText(c: Case): string {
  const { sp, batchDimIdx } = c;
  return lineOf({ title: titleOf(c), counts: countsText(c), sp, scope: scopeOf(c) }, batchDimIdx);
}
