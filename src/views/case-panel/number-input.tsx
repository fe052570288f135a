import styles from './case-panel.module.css';

interface Props {
  readonly id: string;
  readonly text: string;
  readonly placeholder?: string;
  /** Why what it says is refused; a `Problem` of `problemOf(id)` says it. */
  readonly problem: string | undefined;
  readonly testId: string;
  readonly onType: (text: string) => void;
  readonly onLeave: () => void;
}

/** A number to be typed. */
export function NumberInput({ id, text, placeholder, problem, testId, onType, onLeave }: Props) {
  return (
    <input
      id={id}
      className={styles.number}
      inputMode="numeric"
      autoComplete="off"
      spellCheck={false}
      placeholder={placeholder}
      aria-invalid={problem !== undefined}
      aria-describedby={problem === undefined ? undefined : problemOf(id)}
      data-testid={testId}
      value={text}
      onChange={(event) => onType(event.target.value)}
      onBlur={onLeave}
    />
  );
}

/** The id of what is wrong with a field. */
export function problemOf(id: string): string {
  return `${id}-problem`;
}
