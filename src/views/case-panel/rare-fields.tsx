import { FAULT_KINDS, type FaultKind, type KvRepeat } from '../../engine/case.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './case-panel.module.css';
import { ChoiceField } from './choice-field.tsx';
import { Problem } from './problem.tsx';

const REPEAT_CHOICES: Record<KvRepeat, { label: string; detail: string }> = {
  'in-place': { label: 'in place', detail: 'each head next to itself: 0 0 1 1' },
  tile: { label: 'by tiling', detail: 'the wrong way: 0 1 0 1' },
};

const FAULT_CHOICES: Record<FaultKind, { label: string; detail: string }> = {
  'raises-before': { label: 'raises before', detail: 'an exception before the collective' },
  'raises-in': { label: 'raises in', detail: 'an exception inside the collective' },
  'raises-after': { label: 'raises after', detail: 'an exception once the pieces have landed' },
  'sends-less': { label: 'sends less', detail: 'one element fewer than its peer expects' },
  'other-collective': { label: 'calls another', detail: 'an all_gather where others all_to_all' },
  terminates: { label: 'is gone', detail: 'its Worker is terminated' },
  loops: { label: 'loops', detail: 'its Worker never comes back from a loop' },
};

const NONE = 'none';

/** What most cases leave alone: gather index, KV repetition, and a rank that is made to fail. */
export function RareFields() {
  const store = useRankscopeStore();
  const wanted = useRankscope((state) => state.case);
  const problem = useRankscope((state) => state.problems.find((one) => one.field === 'fault'));
  const change = store.getState().change;
  const { fault } = wanted;
  return (
    <details className={styles.rare} data-testid="rare-fields">
      <summary>Gather index, KV repeat, faults</summary>
      <ChoiceField
        label="Gather index of pass 1"
        testId="field-gatherIdx"
        value={wanted.gatherIdx === undefined ? NONE : String(wanted.gatherIdx)}
        choices={[
          { value: NONE, label: 'the sequence’s', detail: 'as the layout has it' },
          { value: '0', label: '0', detail: 'DeepSpeed’s default' },
          { value: '1', label: '1' },
        ]}
        onChoose={(value) => void change({ gatherIdx: value === NONE ? null : Number(value) })}
      />
      <ChoiceField
        label="KV heads repeated"
        testId="field-kvRepeat"
        value={wanted.kvRepeat ?? NONE}
        choices={[
          { value: NONE, label: 'not by the caller' },
          ...Object.entries(REPEAT_CHOICES).map(([value, choice]) => ({ value, ...choice })),
        ]}
        onChoose={(value) => void change({ kvRepeat: value === NONE ? null : value })}
      />
      <ChoiceField
        label="A rank that fails"
        testId="field-fault"
        value={fault?.kind ?? NONE}
        choices={[
          { value: NONE, label: 'none' },
          ...FAULT_KINDS.map((kind) => ({ value: kind, ...FAULT_CHOICES[kind] })),
        ]}
        onChoose={(kind) =>
          void change({
            fault: kind === NONE ? null : { rank: fault?.rank ?? 0, call: fault?.call ?? 0, kind },
          })
        }
      />
      {fault !== undefined && (
        <div className={styles.faultPlace}>
          <PlaceField
            label="rank"
            value={fault.rank}
            onType={(rank) => void change({ fault: { ...fault, rank } })}
          />
          <PlaceField
            label="call"
            value={fault.call}
            onType={(call) => void change({ fault: { ...fault, call } })}
          />
        </div>
      )}
      <Problem id="fault-problem" message={problem?.message} />
    </details>
  );
}

function PlaceField(props: {
  readonly label: string;
  readonly value: number;
  readonly onType: (value: number) => void;
}) {
  return (
    <label>
      {props.label}
      <input
        className={styles.number}
        inputMode="numeric"
        autoComplete="off"
        data-testid={`fault-${props.label}`}
        defaultValue={props.value}
        key={props.value}
        onChange={({ target: { value } }) => {
          if (value.trim() !== '') props.onType(Number(value));
        }}
      />
    </label>
  );
}
