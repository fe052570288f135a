import { at } from '../../base/assert.ts';
import { glossed } from '../../glossary/glossed.ts';
import type { Judged } from '../../store/shown.ts';
import { GlossedText } from '../glossary/glossed-text.tsx';
import styles from './verdict-band.module.css';

/** Beside the verdict, on every place that shows it: one sentence of why. */
export function Sentence({ shown: { explanation } }: { readonly shown: Judged }) {
  return (
    <h1 className={styles.sentence} data-testid="headline">
      <GlossedText pieces={at(glossed([explanation.headline]), 0)} />
    </h1>
  );
}
