import { useId, useState } from 'react';
import { FIELD_NAMES, type FieldName, fieldOf, inOrder } from '../../core/cases/case-fields.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Options } from '../kit/field.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './field-form.module.css';

/** The fields that are named first, as what a person tries most; others follow as in the table. */
const FIRST: readonly FieldName[] = [
  'numKvHeadsBefore',
  'heads',
  'kvHeads',
  'sp',
  'batchDimIdx',
  'batch',
  'seq',
  'headDim',
  'gatherIdx',
  'sequenceSplit',
  'sequenceOrder',
];

/** The fields in which the case beside may differ, as a person types them. */
const FIELDS = inOrder(FIELD_NAMES, FIRST).flatMap((field) => {
  const { beside } = fieldOf(field);
  return beside === undefined ? [] : [{ field, label: beside }];
});

/** The case of the page beside itself with one field changed; more, one after another. */
export function FieldForm({ onDone }: { readonly onDone: () => void }) {
  const store = useRankscopeStore();
  const wanted = useRankscope((state) => state.partner?.case ?? state.case);
  const [field, setField] = useState<FieldName>('numKvHeadsBefore');
  const [value, setValue] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const problemId = useId();
  const submit = async () => {
    const [refused] = await store.getState().changePartner({ [field]: valueIn(value) });
    if (refused === undefined) onDone();
    else setProblem(refused.message);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field label="This case with">
        {(id) => (
          <Options
            id={id}
            className={styles.field}
            value={field}
            data-testid="compare-field"
            onChange={({ target }) => setField(target.value as FieldName)}
          >
            {FIELDS.map((one) => (
              <option key={one.field} value={one.field}>
                {one.label}
              </option>
            ))}
          </Options>
        )}
      </Field>
      <Input
        aria-label="Value"
        aria-invalid={problem !== null}
        aria-describedby={problemId}
        autoComplete="off"
        placeholder={String(wanted[field] ?? 'none')}
        value={value}
        data-testid="compare-value"
        onChange={({ target }) => {
          setValue(target.value);
          setProblem(null);
        }}
      />
      <Button look="primary" type="submit" data-testid="compare-submit">
        Compare
      </Button>
      <p id={problemId} role="alert">
        {problem !== null && `✕ ${problem}`}
      </p>
    </form>
  );
}

/** What was typed: nothing for none, a number, or a word. */
function valueIn(text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === 'none') return null;
  const number = Number(trimmed);
  return Number.isNaN(number) ? trimmed : number;
}
