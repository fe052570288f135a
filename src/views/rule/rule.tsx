import { useEffect, useMemo, useRef, useState } from 'react';
import type { Case } from '../../engine/case.ts';
import { CONDITION_NAMES } from '../../engine/condition/names.ts';
import { parseCondition } from '../../engine/condition/parse.ts';
import { PRESETS } from '../../engine/condition-presets.ts';
import type { Implementation } from '../../engine/implementation.ts';
import { findImplementation } from '../../engine/implementations/index.ts';
import { type Tried, tryCondition } from '../../engine/try-condition.ts';
import { ChoiceField } from '../case-panel/choice-field.tsx';
import { Condition } from '../explanation/condition.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './rule.module.css';
import { createRuleEditor, type RuleEditor } from './rule-editor.ts';

/** The condition that decides, or a guard: which of an implementation's conditions is edited. */
const PATH = 'path';

/** The rule: the condition of the case in the Python of the source, to be edited, tried as one types. */
export function Rule() {
  const wanted = useRankscope((state) => state.case);
  const implementation = findImplementation(wanted.implementation);
  const store = useRankscopeStore();
  const guard = useRankscope((state) => state.guard);
  if (implementation === undefined) return null;
  const targets = targetsOf(implementation);
  const target = targets.find(({ id }) => id === (guard ?? PATH)) ?? targets[0];
  if (target === undefined) {
    return (
      <p className={styles.none}>
        {implementation.title} asks nothing: there is no condition to edit. Choose an implementation
        that decides between two paths, or one that asserts something.
      </p>
    );
  }
  return (
    <div className={styles.rule} data-testid="rule">
      <div className={styles.head}>
        <ChoiceField
          label="Rule"
          term="rule"
          testId="rule-target"
          value={target.id}
          choices={targets.map(({ id, label, about }) => ({ value: id, label, detail: about }))}
          onChoose={(id) => store.getState().look({ guard: id === PATH ? null : id })}
        />
        {target.id === PATH && <Presets />}
      </div>
      <Editor key={`${implementation.id} ${target.id}`} target={target} wanted={wanted} />
    </div>
  );
}

/** A condition of the implementation that a case can replace. */
interface Target {
  readonly id: string;
  readonly label: string;
  readonly about: string;
  readonly published: string;
  readonly names: typeof CONDITION_NAMES;
}

function targetsOf({ condition, guards = [] }: Implementation): Target[] {
  const path = {
    id: PATH,
    label: 'which path is taken',
    about: 'decides between the even and the uneven path',
    published: condition ?? '',
    names: CONDITION_NAMES,
  };
  return [
    ...(condition === null ? [] : [path]),
    ...guards.map((guard) => ({
      id: guard.id,
      label: `guard: ${guard.id.replaceAll('-', ' ')}`,
      about: guard.about,
      published: guard.condition,
      names: [...CONDITION_NAMES, ...(guard.names ?? [])],
    })),
  ];
}

function Presets() {
  const store = useRankscopeStore();
  return (
    <ul className={styles.presets} aria-label="Published conditions">
      {PRESETS.map(({ id, title, source, condition }) => (
        <li key={id}>
          <button
            type="button"
            title={`${source}: ${condition}`}
            data-testid={`preset-${id}`}
            onClick={() => void store.getState().change({ condition })}
          >
            {title}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Editor({ target, wanted }: { readonly target: Target; readonly wanted: Case }) {
  const store = useRankscopeStore();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<RuleEditor>(null);
  const current =
    (target.id === PATH ? wanted.condition : wanted.guards?.[target.id]) ?? target.published;
  const [text, setText] = useState(current);
  const [known, setKnown] = useState(current);
  if (known !== current) {
    // The case has changed from elsewhere: a preset, a link, undo.
    setKnown(current);
    setText(current);
  }
  const trial = useMemo(
    () => tryCondition(wanted, text, target.id === PATH ? {} : { guard: target.id }),
    [wanted, text, target.id],
  );
  const names = target.names;
  const first = useRef(current);

  useEffect(() => {
    if (host.current === null) return;
    const made = createRuleEditor(host.current, first.current, () => names, setText);
    editor.current = made;
    return () => made.destroy();
  }, [names]);

  useEffect(() => {
    editor.current?.mark(trial.ok ? null : trial.problem);
  }, [trial]);

  useEffect(() => {
    editor.current?.show(current);
  }, [current]);

  // What can be read becomes the case's at once; what cannot leaves the case as it was.
  useEffect(() => {
    const read = parseCondition(text, target.names);
    // A text that says what the case has already, spaced or commented otherwise, changes nothing.
    if (!trial.ok || !read.ok || read.text === current) return;
    const replaced = read.text === target.published ? null : read.text;
    if (target.id === PATH) void store.getState().change({ condition: replaced });
    else {
      const { [target.id]: _, ...others } = store.getState().case.guards ?? {};
      const guards = replaced === null ? others : { ...others, [target.id]: replaced };
      void store.getState().change({ guards: Object.keys(guards).length === 0 ? null : guards });
    }
  }, [store, trial, text, current, target]);

  return (
    <>
      <div ref={host} />
      {trial.ok ? (
        <ul className={styles.trial} data-testid="trial">
          <Outcome pass={1} text={text} tried={trial.pass1} isPath={target.id === PATH} />
          <Outcome pass={2} text={text} tried={trial.pass2} isPath={target.id === PATH} />
        </ul>
      ) : (
        <p className={styles.problem} role="alert" data-testid="rule-problem">
          ✕ {trial.problem.message}. The last rule that could be read still holds.
        </p>
      )}
    </>
  );
}

function Outcome(props: {
  readonly pass: 1 | 2;
  readonly text: string;
  readonly tried: Tried;
  readonly isPath: boolean;
}) {
  const { pass, text, tried, isPath } = props;
  return (
    <li>
      <small>pass {pass}</small>
      {tried.kind === 'answered' && (
        <>
          <Condition text={text} evaluation={tried.evaluation} wrong={false} />
          <small>
            {isPath
              ? `${tried.evaluation.truth ? 'uneven' : 'even'} path`
              : tried.evaluation.truth
                ? 'holds'
                : 'raises'}
          </small>
        </>
      )}
      {tried.kind === 'raised' && (
        <p>
          ✕ {tried.error}: {tried.message}
        </p>
      )}
      {tried.kind === 'not-asked' && <p>{tried.why}</p>}
    </li>
  );
}
