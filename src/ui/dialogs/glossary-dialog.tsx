import { GLOSSARY } from '../../content/glossary/terms.ts';
import styles from './glossary-dialog.module.css';
import { Sheet } from './sheet.tsx';

/** All words in one place, where the browser's own search finds them. */
export function GlossaryDialog() {
  return (
    <Sheet name="glossary" title="Glossary" testId="glossary" content={styles.terms}>
      <dl>
        {GLOSSARY.map(({ id, term, meaning }) => (
          <div key={id}>
            <dt>{term}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
