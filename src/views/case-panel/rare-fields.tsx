import { useState } from 'react';
import type { KvRepeat } from '../../engine/case.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './case-panel.module.css';
import { ChoiceField } from './choice-field.tsx';
import { FaultField, faultProblem } from './fault-field.tsx';

const REPEAT_CHOICES: Record<KvRepeat, { label: string; detail: string }> = {
  'in-place': { label: 'in place', detail: 'each head next to itself: 0 0 1 1' },
  tile: { label: 'by tiling', detail: 'the wrong way: 0 1 0 1' },
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
  const problem = useRankscope(faultProblem);
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
      <FaultField />
    </details>
  );
}
