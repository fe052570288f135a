import { type Case, MOST_OWN_WORKERS, PROGRAMS, type ProgramName } from '../../engine/case.ts';
import { IMPLEMENTATIONS } from '../../engine/implementations/index.ts';
import { estimateBytes, mebibytes } from '../../engine/memory.ts';
import { MODELS } from '../../engine/models/presets.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './case-panel.module.css';
import { ChoiceField } from './choice-field.tsx';
import { ConfigDrop } from './config-drop.tsx';
import { HeadCountField } from './head-count-field.tsx';
import { LayoutField } from './layout-field.tsx';
import { NumberField } from './number-field.tsx';
import { RareFields } from './rare-fields.tsx';

const PROGRAM_CHOICES: Record<ProgramName, { label: string; detail: string }> = {
  roundTrip: { label: 'one tensor, there and back', detail: 'q: pass 1, pass 2' },
  layerForward: { label: 'attention layer, forward', detail: 'q, k, v: pass 1; o: pass 2' },
  layerForwardBackward: {
    label: 'attention layer, forward and backward',
    detail: 'the same, then do: pass 1; dq, dk, dv: pass 2',
  },
  twoModels: {
    label: 'two models in one process',
    detail: 'the second one has as many heads as “KV heads” says',
  },
  twoLayers: {
    label: 'two layers in one process',
    detail: 'the forward of one layer after that of another',
  },
};

const CUSTOM = 'custom';

/** On what the ranks run, and how much memory they take at most: said before they do. */
function workersNote(wanted: Case): string {
  const where = wanted.sp <= MOST_OWN_WORKERS ? 'a Worker each' : `on ${MOST_OWN_WORKERS} Workers`;
  return `${where}, at most ${mebibytes(estimateBytes(wanted))} MB`;
}

/** Every field of the case; each change runs it anew. */
export function CasePanel() {
  const store = useRankscopeStore();
  const wanted = useRankscope((state) => state.case);
  const modelName = useRankscope((state) => state.modelName);
  const model = MODELS.find((one) => one.name === modelName);
  const perRank = wanted.seq / wanted.sp;
  const custom = modelName ?? `${wanted.heads} heads, plain`;
  const program = PROGRAMS.find((name) => name === wanted.program);
  const change = store.getState().change;

  return (
    <form
      className={styles.panel}
      aria-label="Case"
      data-testid="case"
      onSubmit={(event) => event.preventDefault()}
    >
      <ChoiceField
        label="Model"
        testId="field-model"
        value={model?.name ?? CUSTOM}
        choices={[
          ...(model === undefined ? [{ value: CUSTOM, label: custom }] : []),
          ...MODELS.map(({ name, heads, kvHeads }) => ({
            value: name,
            label: name,
            detail: heads === kvHeads ? `${heads} heads` : `${heads} heads, ${kvHeads} KV heads`,
          })),
        ]}
        onChoose={(name) => {
          const chosen = MODELS.find((one) => one.name === name);
          if (chosen === undefined) return;
          const { heads, kvHeads, headDim } = chosen;
          void change({ heads, kvHeads, headDim }, name);
        }}
      />
      <ChoiceField
        label="Implementation"
        testId="field-implementation"
        value={wanted.implementation}
        choices={IMPLEMENTATIONS.map(({ id, title, about }) => ({
          value: id,
          label: `${title} (${id.replace('deepspeed-', '#')})`,
          detail: about,
        }))}
        onChoose={(implementation) => void change({ implementation })}
      />
      <LayoutField />
      <NumberField field="sp" label="Ranks (SP)" term="sp" reach={16} note={workersNote(wanted)} />
      <NumberField field="heads" label="Query heads" term="query-head" reach={128} />
      <NumberField field="kvHeads" label="KV heads" term="kv-head" reach={128} />
      <NumberField
        field="seq"
        label="Sequence"
        reach={64}
        note={
          Number.isInteger(perRank)
            ? `${perRank} ${perRank === 1 ? 'token' : 'tokens'} a rank`
            : `${wanted.sp} ranks do not divide it`
        }
      />
      <NumberField field="batch" label="Batch" reach={8} />
      <NumberField field="headDim" label="Head dim" term="head-dim" reach={128} />
      <HeadCountField />
      <ChoiceField
        label="Program"
        testId="field-program"
        value={program ?? CUSTOM}
        choices={[
          ...(program === undefined ? [{ value: CUSTOM, label: wanted.program }] : []),
          ...PROGRAMS.map((name) => ({ value: name, ...PROGRAM_CHOICES[name] })),
        ]}
        onChoose={(name) => {
          if (name !== CUSTOM) void change({ program: name });
        }}
      />
      <RareFields />
      <ConfigDrop />
    </form>
  );
}
