import { useRankscope } from '../store-context.ts';
import { labelOf } from './field-label.ts';
import { FieldTitle } from './field-title.tsx';
import { NumberRow } from './number-row.tsx';
import { useDraft } from './use-draft.ts';

/** The process-wide head count that was set before the first call; empty for none. */
export function HeadCountField() {
  const { label, term, testId } = labelOf('numKvHeadsBefore');
  const value = useRankscope((state) => state.case.numKvHeadsBefore);
  const { typed, problem, type, rest, leave } = useDraft('numKvHeadsBefore');
  return (
    <NumberRow
      name={label}
      label={<FieldTitle label={label} term={term} />}
      text={typed ?? (value === null ? '' : String(value))}
      placeholder="none"
      problem={problem}
      testId={testId}
      onType={(text) => type(text, text.trim() === '' ? null : Number(text))}
      onRest={rest}
      onLeave={leave}
    />
  );
}
