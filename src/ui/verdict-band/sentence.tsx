import { at } from '../../base/assert.ts';
import { glossed } from '../../content/glossary/glossed.ts';
import type { Judged } from '../../store/shown.ts';
import { GlossedText } from '../glossary/glossed-text.tsx';
import styles from './verdict-band.module.css';

interface Props {
  readonly shown: Judged;
  readonly testId: string;
}

/** Beside the verdict: one sentence of why. Of two runs, that of the page is the heading. */
export function Sentence({ shown: { explanation }, testId }: Props) {
  const Heading = testId === 'headline' ? 'h1' : 'h2';
  return (
    <Heading className={styles.sentence} data-testid={testId}>
      <GlossedText pieces={at(glossed([explanation.headline]), 0)} />
    </Heading>
  );
}
