import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { type Tried, tryCondition } from '../../core/bulk/try-condition.ts';
import type { Rule as CaseRule } from '../../core/cases/case-rule.ts';
import type { Case } from '../../core/contract/case.ts';
import { type ConditionPreset, PRESETS } from '../../core/programs/condition-presets.ts';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import { guardsOf, type Implementation } from '../../core/published/implementation.ts';
import { parseHunk } from '../../core/python/condition/hunk.ts';
import { CONDITION_NAMES } from '../../core/python/condition/names.ts';
import { parseCondition } from '../../core/python/condition/parse.ts';
import { printValue } from '../../core/python/condition/syntax.ts';
import { ChoiceField } from '../case-panel/choice-field.tsx';
import { Condition } from '../explanation/condition.tsx';
import { Told } from '../glossary/told.tsx';
import { Button } from '../kit/button.tsx';
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
  /** How often a published condition was chosen: each begins the editor anew, whatever was in it. */
  const [chosen, setChosen] = useState(0);
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
  const choose = (condition: string) => {
    void store.getState().change(patchOf(store.getState().case, target, condition));
    setChosen(chosen + 1);
  };
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
        <Presets presets={target.presets} onChoose={choose} />
      </div>
      <Editor key={`${implementation.id} ${target.id} ${chosen}`} target={target} wanted={wanted} />
    </div>
  );
}

/** A condition of the implementation that a case can replace. */
interface Target {
  readonly id: string;
  readonly label: string;
  readonly about: string;
  readonly published: string;
  /** What was published in its place. */
  readonly presets: readonly Preset[];
  /** What it has in scope besides the usual names. */
  readonly more: typeof CONDITION_NAMES;
}

/** No names besides the usual ones. */
const NONE: typeof CONDITION_NAMES = [];

type Preset = Pick<ConditionPreset, 'id' | 'title' | 'source' | 'condition'>;

function targetsOf(implementation: Implementation): Target[] {
  const { title, source, condition } = implementation;
  const path = {
    id: PATH,
    label: 'which path is taken',
    about: 'decides between the even and the uneven path',
    published: condition ?? '',
    presets: PRESETS,
    more: NONE,
  };
  return [
    ...(condition === null ? [] : [path]),
    ...guardsOf(implementation).map((guard) => ({
      id: guard.id,
      label: `guard: ${guard.id.replaceAll('-', ' ')}`,
      about: guard.about,
      published: guard.condition,
      presets: [{ id: guard.id, title, source, condition: guard.condition }],
      more: guard.names ?? NONE,
    })),
  ];
}

/** The condition that a case has in a place. */
function conditionIn(c: Case, { id, published }: Target): string {
  return (id === PATH ? c.condition : c.guards?.[id]) ?? published;
}

/** What of a case changes if a condition is put into a place. */
function patchOf(c: Case, { id, published }: Target, condition: string) {
  const replaced = condition === published ? null : condition;
  if (id === PATH) return { condition: replaced };
  const { [id]: _, ...others } = c.guards ?? {};
  const guards = replaced === null ? others : { ...others, [id]: replaced };
  return { guards: Object.keys(guards).length === 0 ? null : guards };
}

/** The rule of a case with another condition in a place; null for the published one. */
function ruleWith(c: Case, target: Target, condition: string): CaseRule | null {
  const own = { condition: c.condition ?? null, guards: c.guards ?? null };
  const { condition: path, guards } = { ...own, ...patchOf(c, target, condition) };
  if (path === null && guards === null) return null;
  return { ...(path === null ? {} : { condition: path }), ...(guards === null ? {} : { guards }) };
}

function Presets(props: {
  readonly presets: readonly Preset[];
  readonly onChoose: (condition: string) => void;
}) {
  const { presets, onChoose } = props;
  const id = useId();
  return (
    <div className={styles.published}>
      <small id={id}>As published</small>
      <ul aria-labelledby={id}>
        {presets.map((preset) => (
          <li key={preset.id}>
            <Button
              look="tool"
              size="small"
              title={`${preset.source}: ${preset.condition}`}
              data-testid={`preset-${preset.id}`}
              onClick={() => onChoose(preset.condition)}
            >
              {preset.title}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Editor({ target, wanted }: { readonly target: Target; readonly wanted: Case }) {
  const store = useRankscopeStore();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<RuleEditor>(null);
  const current = conditionIn(wanted, target);
  const [text, setText] = useState(current);
  /** What the case has by what stands in the editor, which may be spaced or commented otherwise. */
  const own = useRef(current);
  const { more } = target;
  const names = useMemo(() => [...CONDITION_NAMES, ...more], [more]);
  const hunk = useMemo(() => parseHunk(text, more), [text, more]);
  const read = useMemo(() => parseCondition(hunk?.after ?? text, more), [hunk, text, more]);
  const condition = read.ok ? read.text : null;
  const trial = useMemo(() => {
    if (condition === null) return null;
    const tried = tryCondition(wanted, condition, target.id === PATH ? {} : { guard: target.id });
    return tried.ok ? tried : null;
  }, [wanted, condition, target.id]);

  // What can be read becomes the case's at once; what cannot leaves the case as it was.
  const type = (typed: string) => {
    setText(typed);
    const { case: now, look } = store.getState();
    const change = parseHunk(typed, more);
    const next = parseCondition(change?.after ?? typed, more);
    if (!next.ok) return;
    if (change !== null) look({ before: ruleWith(now, target, change.before), against: null });
    if (next.text === conditionIn(now, target)) return;
    own.current = next.text;
    // What is typed until the editor is left is one step to undo.
    void store.getState().change(patchOf(now, target, next.text), undefined, { draft: target.id });
  };
  const typing = useRef(type);
  typing.current = type;

  useEffect(() => {
    if (host.current === null) return;
    const made = createRuleEditor(host.current, own.current, names, {
      onType: (typed) => typing.current(typed),
      onLeave: () => store.getState().rest(),
    });
    editor.current = made;
    return () => made.destroy();
  }, [store, names]);

  useEffect(() => {
    // The case has changed from elsewhere: by a link, by undo.
    if (current === own.current) return;
    own.current = current;
    editor.current?.show(current);
    setText(current);
  }, [current]);

  useEffect(() => {
    editor.current?.mark(read.ok ? null : read.problem);
  }, [read]);

  return (
    <>
      <div ref={host} />
      <Names names={names} onChoose={(name) => editor.current?.insert(name)} />
      {hunk !== null && (
        <p className={styles.before} data-testid="rule-before">
          A change of the rule. Before: <code>{hunk.before}</code>
        </p>
      )}
      {condition !== null && trial !== null && (
        <ul className={styles.trial} data-testid="trial">
          <Outcome pass={1} text={condition} tried={trial.pass1} isPath={target.id === PATH} />
          <Outcome pass={2} text={condition} tried={trial.pass2} isPath={target.id === PATH} />
        </ul>
      )}
      {!read.ok && (
        <p className={styles.problem} role="alert" data-testid="rule-problem">
          ✕ {read.problem.message}. Still using the last valid rule.
        </p>
      )}
    </>
  );
}

/** What a condition may ask; each is told, and written by a press. */
function Names(props: {
  readonly names: typeof CONDITION_NAMES;
  readonly onChoose: (name: string) => void;
}) {
  const { names, onChoose } = props;
  const id = useId();
  return (
    <ul className={styles.names} aria-label="Names in scope" data-testid="rule-names">
      {names.map(({ name, meaning }) => (
        <li key={name}>
          <Told
            name={name}
            meaning={meaning}
            meaningId={`${id}-${name}`}
            onPress={() => onChoose(name)}
            side="bottom"
          >
            {name}
          </Told>
          <span id={`${id}-${name}`} hidden>
            {meaning}
          </span>
        </li>
      ))}
    </ul>
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
          <Condition
            text={text}
            parts={tried.evaluation.parts}
            outcome={printValue(tried.evaluation.truth)}
            wrong={false}
          />
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
        <>
          <Condition text={text} parts={tried.stumble.parts} outcome={tried.error} wrong />
          <small>
            raises at <code>{text.slice(tried.stumble.at.from, tried.stumble.at.to)}</code>:{' '}
            {tried.message}
          </small>
        </>
      )}
      {tried.kind === 'not-asked' && <p>{tried.why}</p>}
    </li>
  );
}
