import styles from './case-panel.module.css';

/** What is wrong with a field, in a sentence, said at the field. */
export function Problem({
  id,
  message,
}: {
  readonly id: string;
  readonly message?: string | undefined;
}) {
  return (
    <p id={id} className={styles.problem} role="alert" data-testid="problem">
      {message !== undefined && <>✕ {message}</>}
    </p>
  );
}
