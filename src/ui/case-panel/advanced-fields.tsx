import { useLayoutEffect, useRef } from 'react';
import { callerIn } from '../../core/case-text/caller-in.ts';
import type { KvRepeat } from '../../core/contract/case.ts';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import type { RankscopeState } from '../../store/state.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './case-panel.module.css';
import { ChoiceField } from './choice-field.tsx';
import { FaultField, faultProblem } from './fault-field.tsx';
import { labelOf } from './field-label.ts';
import { HeadCountField } from './head-count-field.tsx';
import { SequenceFields } from './sequence-fields.tsx';

const REPEAT_CHOICES: Record<KvRepeat, { label: string; detail: string }> = {
  'in-place': { label: 'in place', detail: 'each head next to itself: 0 0 1 1' },
  tile: { label: 'by tiling', detail: 'the wrong way: 0 1 0 1' },
};

const NONE = 'none';

/** What stands around every function. */
const ATTENTION = 'attention runs between the passes';

/**
 * What is rarely changed: gather index, how the sequence is dealt, KV repetition, the caller, the head count before, and a rank
 * that is made to fail. The browser folds and
 * unfolds them; what is refused opens them, whatever the browser is about to tell of a folding.
 */
export function AdvancedFields() {
  const store = useRankscopeStore();
  const fault = useRankscope((state) => state.case.fault);
  const gatherIdx = useRankscope((state) => state.case.gatherIdx);
  const split = useRankscope((state) => state.case.sequenceSplit);
  const order = useRankscope((state) => state.case.sequenceOrder);
  const kvRepeat = useRankscope((state) => state.case.kvRepeat);
  const headCount = useRankscope((state) => state.case.numKvHeadsBefore);
  const caller = useRankscope((state) => callerIn(state.case));
  const part = useRankscope((state) => findImplementation(state.case.implementation)?.caller);
  const problem = useRankscope(refusedAmong);
  const fields = useRef<HTMLDetailsElement>(null);
  useLayoutEffect(() => {
    if (problem !== undefined && fields.current !== null) fields.current.open = true;
  }, [problem]);
  const change = store.getState().change;
  const bypassed = caller === 'bypassed' ? caller : undefined;
  const set = [gatherIdx, split ?? order, kvRepeat, bypassed, headCount ?? undefined, fault].filter(
    (one) => one !== undefined,
  ).length;
  return (
    <details ref={fields} className={styles.advanced} data-testid="advanced">
      <summary>
        Advanced
        {set > 0 && (
          <strong className={styles.set}>
            {set}
            <span className="visually-hidden"> set</span>
          </strong>
        )}
      </summary>
      <ChoiceField
        {...labelOf('gatherIdx')}
        value={gatherIdx === undefined ? NONE : String(gatherIdx)}
        choices={[
          { value: NONE, label: 'the sequence’s', detail: 'as the layout has it' },
          { value: '0', label: '0', detail: 'DeepSpeed’s default: right for [S, B, H, D]' },
          { value: '1', label: '1', detail: 'right for [B, S, H, D]' },
        ]}
        onChoose={(value) => void change({ gatherIdx: value === NONE ? null : Number(value) })}
      />
      <SequenceFields />
      <ChoiceField
        {...labelOf('kvRepeat')}
        value={kvRepeat ?? NONE}
        choices={[
          {
            value: NONE,
            label:
              caller === 'published' && part?.repeatsKv === true
                ? 'as the caller does: in place'
                : 'not by the caller',
          },
          ...Object.entries(REPEAT_CHOICES).map(([value, choice]) => ({ value, ...choice })),
        ]}
        onChoose={(value) => void change({ kvRepeat: value === NONE ? null : value })}
      />
      {caller !== null && (
        <ChoiceField
          {...labelOf('caller')}
          value={caller}
          choices={[
            { value: 'published', label: 'as published', detail: part?.about ?? ATTENTION },
            { value: 'bypassed', label: 'bypassed', detail: 'the function alone' },
          ]}
          onChoose={(value) => void change({ caller: value })}
        />
      )}
      <HeadCountField />
      <FaultField />
    </details>
  );
}

const AMONG = ['numKvHeadsBefore', 'sequenceSplit', 'sequenceOrder'];

/** What is refused of these fields. */
function refusedAmong(state: RankscopeState) {
  return faultProblem(state) ?? state.problems.find(({ field }) => AMONG.includes(field));
}
