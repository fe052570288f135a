import { FIELD_NAMES, fieldOf } from '../../core/cases/case-fields.ts';
import type { CasePatch } from '../../core/cases/case-option.ts';
import type { Case } from '../../core/contract/case.ts';

/** What tells a case from the one beside it, apart from who wrote it: "heads 12, SP 8". */
export function distinctionOf(wanted: Case, differs: CasePatch): string {
  return FIELD_NAMES.flatMap((field) => {
    const { name, told } = fieldOf(field);
    if (name === null || !(field in differs)) return [];
    return [`${name} ${told === undefined ? String(wanted[field] ?? 'none') : told(wanted)}`];
  }).join(', ');
}
