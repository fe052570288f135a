import { useId } from 'react';
import { range } from '../../base/numbers.ts';
import { CASE_FIELDS } from '../../core/cases/case-fields.ts';
import type { Case } from '../../core/contract/case.ts';
import {
  dealingOf,
  lengthsOf,
  type NamedSplit,
  SEQUENCE_ORDERS,
  SEQUENCE_SPLITS,
  shareLength,
} from '../../core/contract/sequence.ts';
import { ORDER_TEXTS } from '../../core/contract/sequence-text.ts';
import { expectedOrder } from '../../core/programs/implementations/index.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './case-panel.module.css';
import { ChoiceField } from './choice-field.tsx';
import { labelOf } from './field-label.ts';
import { problemOf } from './number-input.tsx';
import { Problem } from './problem.tsx';
import { useDraft } from './use-draft.ts';

const SPLITS: Readonly<Record<NamedSplit, { readonly label: string; readonly detail: string }>> = {
  'nearly-equal': { label: 'nearly equal', detail: 'the first ranks hold one token more' },
  chunk: { label: 'torch.chunk', detail: 'as long as the longest while tokens last' },
  drop: { label: 'leftover dropped', detail: 'equal; what is left over belongs to nobody' },
  pad: { label: 'padded', detail: 'equal, with padding behind the last token' },
  refuse: { label: 'refused', detail: 'raises where the ranks do not divide it' },
};

/** Not a name of a split: the case lists a length for each rank. */
const LIST = 'list';

/** How the sequence is dealt to the ranks, apart from the code that exchanges it. */
export function SequenceFields() {
  const store = useRankscopeStore();
  const split = useRankscope(({ case: c }) => c.sequenceSplit ?? 'nearly-equal');
  const order = useRankscope(({ case: c }) => c.sequenceOrder ?? expectedOrder(c));
  const expected = useRankscope(({ case: c }) => expectedOrder(c));
  const isDealt = useRankscope(({ case: c }) => CASE_FIELDS.sequenceSplit.applies(c));
  if (!isDealt) return null;
  const isList = lengthsOf(split) !== null;
  const change = store.getState().change;
  return (
    <>
      <ChoiceField
        {...labelOf('sequenceSplit')}
        value={isList ? LIST : split}
        choices={[
          ...SEQUENCE_SPLITS.map((value) => ({ value, ...SPLITS[value] })),
          { value: LIST, label: 'by lengths', detail: 'a length for each rank' },
        ]}
        onChoose={(value) =>
          void change(
            value === LIST
              ? { sequenceSplit: usualList(store.getState().case), sequenceOrder: 'contiguous' }
              : { sequenceSplit: value },
          )
        }
      />
      {isList && <LengthsField />}
      <ChoiceField
        {...labelOf('sequenceOrder')}
        value={order}
        choices={SEQUENCE_ORDERS.map((value) => ({
          value,
          label: value,
          detail: `${ORDER_TEXTS[value]}${value === expected ? ', as this code expects' : ''}`,
        }))}
        onChoose={(value) => void change({ sequenceOrder: value })}
      />
    </>
  );
}

/** "5,5,4,4": what each rank holds. */
function LengthsField() {
  const value = useRankscope(({ case: c }) => c.sequenceSplit ?? '');
  const { typed, problem, type, leave } = useDraft('sequenceSplit');
  const id = useId();
  return (
    <div className={styles.row}>
      <label htmlFor={id}>Tokens per rank</label>
      <input
        id={id}
        className={styles.number}
        autoComplete="off"
        spellCheck={false}
        placeholder="5,5,4,4"
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : problemOf(id)}
        data-testid="field-sequenceLengths"
        value={typed ?? value}
        onChange={(event) => type(event.target.value, event.target.value)}
        onBlur={leave}
      />
      <Problem id={problemOf(id)} message={problem} />
    </div>
  );
}

/** The shares that the ranks hold already, to be changed one by one. */
function usualList(c: Case): string {
  const { sequenceSplit: _, sequenceOrder: __, ...plain } = c;
  return range(c.sp)
    .map((rank) => shareLength(dealingOf(plain, 'contiguous'), rank))
    .join(',');
}
