import { Term } from '../glossary/term.tsx';
import { useRankscope } from '../store-context.ts';
import { NumberRow } from './number-row.tsx';
import { useDraft } from './use-draft.ts';

/** The process-wide head count that was set before the first call; empty for none. */
export function HeadCountField() {
  const value = useRankscope((state) => state.case.numKvHeadsBefore);
  const { typed, problem, type, rest, leave } = useDraft('numKvHeadsBefore');
  return (
    <NumberRow
      name="Head count before"
      label={<Term id="head-count">Head count before</Term>}
      text={typed ?? (value === null ? '' : String(value))}
      placeholder="none"
      problem={problem}
      testId="field-numKvHeadsBefore"
      onType={(text) => type(text, text.trim() === '' ? null : Number(text))}
      onRest={rest}
      onLeave={leave}
    />
  );
}
