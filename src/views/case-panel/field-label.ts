import { CASE_FIELDS, type FieldName } from '../../engine/case-fields.ts';
import type { TermId } from '../../glossary/terms.ts';

interface FieldLabel {
  readonly label: string;
  /** The word of the glossary that the label is. */
  readonly term?: TermId;
  readonly testId: string;
}

/** What a field of the case is called on the page. */
export function labelOf(field: FieldName): FieldLabel {
  const known: { readonly label: string | null; readonly term?: TermId } = CASE_FIELDS[field];
  const { label, term } = known;
  return {
    label: label ?? field,
    ...(term === undefined ? {} : { term }),
    testId: `field-${field}`,
  };
}
