import type { TermId } from '../../content/glossary/terms.ts';
import { CASE_FIELDS, type FieldName } from '../../core/cases/case-fields.ts';

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
