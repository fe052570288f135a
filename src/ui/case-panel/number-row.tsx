import { type ReactNode, useId } from 'react';
import { Glossed } from '../glossary/glossed-text.tsx';
import styles from './case-panel.module.css';
import { NumberInput, problemOf, stepped } from './number-input.tsx';
import { Problem } from './problem.tsx';

/** A number in a line: its name, and its value to type or to step, with what is wrong with it below. */
export function NumberRow(props: {
  /** What it is called, in words for those who do not see it. */
  readonly name: string;
  readonly label: ReactNode;
  readonly text: string;
  readonly placeholder?: string;
  /** The least that a step leads to; 1 where it is not said. */
  readonly least?: number;
  readonly note?: string | undefined;
  readonly problem: string | undefined;
  readonly testId: string;
  readonly onType: (text: string) => void;
  /** All values that are tried until this is said are one step to undo. */
  readonly onRest: () => void;
  readonly onLeave: () => void;
}) {
  const { name, label, text, placeholder, least = 1, note, problem, testId } = props;
  const { onType, onRest, onLeave } = props;
  const id = useId();
  const step = (next: string) => {
    onType(next);
    onRest();
  };
  return (
    <div className={styles.row}>
      <label htmlFor={id}>{label}</label>
      <span className={styles.stepped} data-focus-group="">
        <Stepper label={`${name}: one less`} next={stepped(text, -1, least)} onStep={step}>
          −
        </Stepper>
        <Stepper label={`${name}: one more`} next={stepped(text, 1, least)} onStep={step}>
          +
        </Stepper>
        <NumberInput
          id={id}
          text={text}
          placeholder={placeholder}
          least={least}
          problem={problem}
          testId={testId}
          onType={onType}
          onLeave={onLeave}
        />
      </span>
      {note !== undefined && problem === undefined && (
        <p className={styles.note}>
          <Glossed>{note}</Glossed>
        </p>
      )}
      <Problem id={problemOf(id)} message={problem} />
    </div>
  );
}

/** For the mouse and the finger: the keyboard has its arrow keys in the field itself. */
function Stepper(props: {
  readonly label: string;
  /** What the field says then; null where there is no such step. */
  readonly next: string | null;
  readonly onStep: (next: string) => void;
  readonly children: string;
}) {
  const { label, next, onStep, children } = props;
  return (
    <button
      type="button"
      className={styles.step}
      tabIndex={-1}
      aria-label={label}
      disabled={next === null}
      onClick={() => next !== null && onStep(next)}
    >
      {children}
    </button>
  );
}
