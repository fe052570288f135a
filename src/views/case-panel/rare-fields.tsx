import { useId, useState } from 'react';
import { FAULT_KINDS, type Fault, type FaultKind, type KvRepeat } from '../../engine/case.ts';
import { callTitle } from '../../engine/event.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './case-panel.module.css';
import { ChoiceField } from './choice-field.tsx';
import { NumberInput, problemOf } from './number-input.tsx';
import { Problem } from './problem.tsx';
import { useDraft } from './use-draft.ts';

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

/**
 * Rarely changed: gather index, KV repetition, and a rank that is made to fail. Open as long as the
 * state says so: the browser's own folding would be told of a moment later, and by then what was
 * refused meanwhile could stay hidden.
 */
export function RareFields() {
  const store = useRankscopeStore();
  const fault = useRankscope((state) => state.case.fault);
  const gatherIdx = useRankscope((state) => state.case.gatherIdx);
  const kvRepeat = useRankscope((state) => state.case.kvRepeat);
  const problem = useRankscope((state) => state.problems.find((one) => one.field === 'fault'));
  const [opened, setOpened] = useState(false);
  const [shown, setShown] = useState(problem);
  if (shown !== problem) {
    setShown(problem);
    if (problem !== undefined) setOpened(true);
  }
  const change = store.getState().change;
  const set = [gatherIdx, kvRepeat, fault].filter((one) => one !== undefined).length;
  return (
    <details
      className={styles.rare}
      data-testid="rare-fields"
      open={opened}
      // The browser opens it too, where it finds a word in it.
      onToggle={({ currentTarget }) => setOpened(currentTarget.open)}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is the button of its details */}
      <summary
        onClick={(event) => {
          event.preventDefault();
          setOpened(!opened);
        }}
      >
        Rarely changed
        {set > 0 && (
          <strong className={styles.set}>
            {set}
            <span className="visually-hidden"> set</span>
          </strong>
        )}
      </summary>
      <ChoiceField
        label="Gather index of pass 1"
        term="gather-index"
        testId="field-gatherIdx"
        value={gatherIdx === undefined ? NONE : String(gatherIdx)}
        choices={[
          { value: NONE, label: 'the sequence’s', detail: 'as the layout has it' },
          { value: '0', label: '0', detail: 'DeepSpeed’s default: right for [S, B, H, D]' },
          { value: '1', label: '1', detail: 'right for [B, S, H, D]' },
        ]}
        onChoose={(value) => void change({ gatherIdx: value === NONE ? null : Number(value) })}
      />
      <ChoiceField
        label="KV heads repeated"
        term="kv-head"
        testId="field-kvRepeat"
        value={kvRepeat ?? NONE}
        choices={[
          { value: NONE, label: 'not by the caller' },
          ...Object.entries(REPEAT_CHOICES).map(([value, choice]) => ({ value, ...choice })),
        ]}
        onChoose={(value) => void change({ kvRepeat: value === NONE ? null : value })}
      />
      <ChoiceField
        label="A rank that fails"
        term="fault"
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
      {fault === undefined ? (
        <Problem id="fault-problem" message={problem?.message} />
      ) : (
        <FaultPlace fault={fault} />
      )}
    </details>
  );
}

/** On which rank and in which call it fails. */
function FaultPlace({ fault }: { readonly fault: Fault }) {
  const calls = useRankscope((state) => state.case.calls);
  const { typed, problem, type, leave } = useDraft('fault');
  const [typedPart, setTypedPart] = useState<Part>('rank');
  const id = useId();
  const call = calls[fault.call];
  const labels: Record<Part, string> = {
    rank: 'on rank',
    call: call === undefined ? 'in call' : `in call (${callTitle(call)})`,
  };
  return PARTS.map((part) => {
    const own = `${id}-${part}`;
    const refused = part === typedPart ? problem : undefined;
    return (
      <div key={part} className={styles.headCount}>
        <label htmlFor={own}>{labels[part]}</label>
        <NumberInput
          id={own}
          text={part === typedPart && typed !== null ? typed : String(fault[part])}
          problem={refused}
          testId={`fault-${part}`}
          onType={(text) => {
            setTypedPart(part);
            const value = /^\s*-?\d+\s*$/.test(text) ? Number(text) : text.trim();
            type(text, { ...fault, [part]: value });
          }}
          onLeave={leave}
        />
        <Problem id={problemOf(own)} message={refused} />
      </div>
    );
  });
}

const PARTS = ['rank', 'call'] as const;
type Part = (typeof PARTS)[number];
