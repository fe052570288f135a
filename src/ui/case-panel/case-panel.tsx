import { estimateBytes, mebibytes } from '../../core/cases/memory.ts';
import { headsText } from '../../core/cases/models/model.ts';
import { MODELS } from '../../core/cases/models/presets.ts';
import {
  type Case,
  MOST_OWN_WORKERS,
  PROGRAMS,
  type ProgramName,
  programNamed,
} from '../../core/contract/case.ts';
import { dealingOf } from '../../core/contract/sequence.ts';
import { sharesText } from '../../core/contract/sequence-text.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { AdvancedFields } from './advanced-fields.tsx';
import { CASE_FIELDS } from './case-fields-id.ts';
import styles from './case-panel.module.css';
import { ChoiceField } from './choice-field.tsx';
import { ConfigDrop } from './config-drop.tsx';
import { labelOf } from './field-label.ts';
import { ImplementationField } from './implementation-field.tsx';
import { KindsField } from './kinds-field.tsx';
import { LayoutField } from './layout-field.tsx';
import { NumberField, SliderField } from './number-field.tsx';

const PROGRAM_CHOICES: Record<ProgramName, { label: string; detail: string }> = {
  roundTrip: { label: 'one tensor, there and back', detail: 'q: pass 1, pass 2' },
  layerForward: { label: 'attention layer, forward', detail: 'q, k, v: pass 1; o: pass 2' },
  layerForwardBackward: {
    label: 'attention layer, forward and backward',
    detail: 'the same, then do: pass 1; dq, dk, dv: pass 2',
  },
  twoModels: {
    label: 'two models in one process',
    detail:
      'q of the one, of the other, and of both again: as a vision tower and a language model take turns',
  },
  twoLayers: {
    label: 'two layers in one process',
    detail: 'the forward of one layer after that of another',
  },
};

const CUSTOM = 'custom';

/** On what the ranks run, and how much memory they take at most: said before they do. */
function workersNote(wanted: Case): string {
  const where =
    wanted.sp <= MOST_OWN_WORKERS ? 'one Worker per rank' : `on ${MOST_OWN_WORKERS} Workers`;
  return `${where}, up to ${mebibytes(estimateBytes(wanted))} MB`;
}

function tokensNote(c: Case): string {
  const { seq, sp } = c;
  const perRank = seq / sp;
  if (c.sequenceSplit !== undefined) return sharesText(dealingOf(c, 'contiguous'));
  if (!Number.isInteger(perRank)) return `not divisible by ${sp}`;
  return `${perRank} ${perRank === 1 ? 'token' : 'tokens'} per rank`;
}

/**
 * Every field of the case; each change runs it anew. A field is drawn again only when it says
 * something else: between a keystroke and its verdict there is no time for the others.
 */
export function CasePanel() {
  return (
    <form
      className={styles.panel}
      id={CASE_FIELDS}
      aria-label="Case"
      data-testid="case"
      onSubmit={(event) => event.preventDefault()}
    >
      <ModelField />
      <KindsField />
      <ImplementationField />
      <LayoutField />
      <RanksField />
      <SliderField field="heads" reach={128} />
      <KvHeadsField />
      <SequenceField />
      <NumberField field="batch" />
      <NumberField field="headDim" />
      <ProgramField />
      <AdvancedFields />
      <ConfigDrop />
    </form>
  );
}

function RanksField() {
  const note = useRankscope((state) => workersNote(state.case));
  return <SliderField field="sp" reach={16} note={note} />;
}

function KvHeadsField() {
  const second = useRankscope((state) => state.case.program === 'twoModels');
  return <NumberField field="kvHeads" {...(second ? SECOND_MODEL : {})} />;
}

/** What the key/value heads are where two models run. */
const SECOND_MODEL = { label: 'Heads of the second model', term: 'head' } as const;

function SequenceField() {
  const note = useRankscope((state) => tokensNote(state.case));
  return <NumberField field="seq" note={note} />;
}

const MODEL_CHOICES = MODELS.map((model) => ({
  value: model.name,
  label: model.name,
  detail: headsText(model),
}));

/** While it is none of them: what a person brought or entered. */
const OWN_MODEL_CHOICES = [
  { value: CUSTOM, label: 'your own', name: <OwnModel /> },
  ...MODEL_CHOICES,
];

function OwnModel() {
  return useRankscope(({ modelName, case: { heads } }) => modelName ?? `${heads} heads, plain`);
}

function ModelField() {
  const store = useRankscopeStore();
  const named = useRankscope(({ modelName }) => MODELS.find((one) => one.name === modelName)?.name);
  return (
    <ChoiceField
      label="Model"
      testId="field-model"
      value={named ?? CUSTOM}
      choices={named === undefined ? OWN_MODEL_CHOICES : MODEL_CHOICES}
      onChoose={(name) => {
        const chosen = MODELS.find((one) => one.name === name);
        if (chosen !== undefined) void store.getState().chooseModel(chosen);
      }}
    />
  );
}

function ProgramField() {
  const store = useRankscopeStore();
  const program = useRankscope((state) => state.case.program);
  const known = PROGRAMS.find((name) => name === program);
  return (
    <ChoiceField
      {...labelOf('program')}
      value={known ?? CUSTOM}
      choices={[
        ...(known === undefined ? [{ value: CUSTOM, label: program }] : []),
        ...PROGRAMS.map((name) => ({ value: name, ...PROGRAM_CHOICES[name] })),
      ]}
      onChoose={(name) => {
        const chosen = programNamed(name);
        if (chosen !== null) void store.getState().chooseProgram(chosen);
      }}
    />
  );
}
