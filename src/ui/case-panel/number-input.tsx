import styles from './case-panel.module.css';

interface Props {
  readonly id: string;
  readonly text: string;
  readonly placeholder?: string | undefined;
  /** The least that the arrow keys lead to; 1 where it is not said. */
  readonly least?: number;
  /** Why what it says is refused; a `Problem` of `problemOf(id)` says it. */
  readonly problem: string | undefined;
  readonly testId: string;
  readonly onType: (text: string) => void;
  readonly onLeave: () => void;
}

/** A whole number to be typed, or changed by one with the arrow keys. */
export function NumberInput(props: Props) {
  const { id, text, placeholder, problem, least = 1, testId, onType, onLeave } = props;
  const value = wholeIn(text);
  return (
    <input
      id={id}
      className={styles.number}
      role="spinbutton"
      aria-valuenow={value ?? undefined}
      aria-valuetext={value === null ? text || placeholder : undefined}
      inputMode="numeric"
      autoComplete="off"
      spellCheck={false}
      placeholder={placeholder}
      aria-invalid={problem !== undefined}
      aria-describedby={problem === undefined ? undefined : problemOf(id)}
      data-testid={testId}
      value={text}
      onChange={(event) => onType(event.target.value)}
      onKeyDown={(event) => {
        const by = STEPS[event.key];
        const next = by === undefined ? null : stepped(text, by, least);
        if (next === null || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        onType(next);
      }}
      onBlur={onLeave}
    />
  );
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: 1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

/** What a field says after a step: no step leads below `least`, with which an empty one begins; null for none. */
export function stepped(text: string, by: number, least: number): string | null {
  const value = text.trim() === '' ? least - 1 : wholeIn(text);
  if (value === null) return null;
  const next = Math.max(least, value + by);
  return next === value ? null : String(next);
}

function wholeIn(text: string): number | null {
  return /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : null;
}

/** The id of what is wrong with a field. */
export function problemOf(id: string): string {
  return `${id}-problem`;
}
