import { wordsIn } from '../../content/glossary/glossed.ts';
import styles from './glossary.module.css';

/**
 * What the words of some texts mean, written out where nobody can hover one; nothing where there are
 * none. `className` says what room it has.
 */
export function Meanings({
  of: texts,
  className,
  testId,
}: {
  readonly of: readonly string[];
  readonly className: string | undefined;
  readonly testId: string;
}) {
  return (
    <dl className={`${styles.meanings} ${className}`} data-testid={testId}>
      {wordsIn(texts).map(({ id, term, meaning }) => (
        <div key={id}>
          <dt>{term}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
