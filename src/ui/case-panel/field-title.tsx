import type { TermId } from '../../content/glossary/terms.ts';
import { Term } from '../glossary/term.tsx';

/** A label, told where it is a word of the glossary. */
export function FieldTitle({
  label,
  term,
}: {
  readonly label: string;
  readonly term?: TermId | undefined;
}) {
  return term === undefined ? label : <Term id={term}>{label}</Term>;
}
