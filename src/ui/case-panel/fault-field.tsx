import { useState } from 'react';
import { callTitle } from '../../core/contract/call-title.ts';
import { FAULT_KINDS, type Fault, type FaultKind } from '../../core/contract/case.ts';
import type { RankscopeState } from '../../store/state.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { ChoiceField } from './choice-field.tsx';
import { labelOf } from './field-label.ts';
import { NumberRow } from './number-row.tsx';
import { Problem } from './problem.tsx';
import { useDraft } from './use-draft.ts';

const FAULT_CHOICES: Record<FaultKind, { label: string; detail: string }> = {
  'raises-before': {
    label: 'raises before the collective',
    detail: 'an exception; this rank sends nothing',
  },
  'raises-in': {
    label: 'raises during the collective',
    detail: 'an exception between sending and receiving',
  },
  'raises-after': {
    label: 'raises after the collective',
    detail: 'an exception when the pieces have arrived',
  },
  'sends-less': { label: 'sends less', detail: 'one element fewer than its peer expects' },
  'other-collective': { label: 'calls another', detail: 'an all_gather where others all_to_all' },
  terminates: { label: 'process dies', detail: 'its Worker is terminated' },
  loops: { label: 'loops', detail: 'its Worker loops forever' },
};

const NONE = 'none';

/** A rank that is made to fail, and where. */
export function FaultField() {
  const store = useRankscopeStore();
  const fault = useRankscope((state) => state.case.fault);
  const problem = useRankscope(faultProblem);
  return (
    <>
      <ChoiceField
        {...labelOf('fault')}
        value={fault?.kind ?? NONE}
        choices={[
          { value: NONE, label: 'none' },
          ...FAULT_KINDS.map((kind) => ({ value: kind, ...FAULT_CHOICES[kind] })),
        ]}
        onChoose={(kind) =>
          void store.getState().change({
            fault: kind === NONE ? null : { rank: fault?.rank ?? 0, call: fault?.call ?? 0, kind },
          })
        }
      />
      {fault === undefined ? (
        <Problem id="fault-problem" message={problem?.message} />
      ) : (
        <FaultPlace fault={fault} />
      )}
    </>
  );
}

/** What is wrong with it. */
export function faultProblem({ problems }: RankscopeState) {
  return problems.find(({ field }) => field === 'fault');
}

/** On which rank and in which call it fails. */
function FaultPlace({ fault }: { readonly fault: Fault }) {
  const calls = useRankscope((state) => state.case.calls);
  const { typed, problem, type, rest, leave } = useDraft('fault');
  const [typedPart, setTypedPart] = useState<Part>('rank');
  const labels: Record<Part, string> = {
    rank: 'on rank',
    call: fault.call < calls.length ? `in call (${callTitle(calls, fault.call)})` : 'in call',
  };
  return PARTS.map((part) => {
    return (
      <NumberRow
        key={part}
        name={labels[part]}
        label={labels[part]}
        least={0}
        text={part === typedPart && typed !== null ? typed : String(fault[part])}
        problem={part === typedPart ? problem : undefined}
        testId={`fault-${part}`}
        onType={(text) => {
          setTypedPart(part);
          const value = /^\s*-?\d+\s*$/.test(text) ? Number(text) : text.trim();
          type(text, { ...fault, [part]: value });
        }}
        onRest={rest}
        onLeave={leave}
      />
    );
  });
}

const PARTS = ['rank', 'call'] as const;
type Part = (typeof PARTS)[number];
