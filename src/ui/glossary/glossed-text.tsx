import { Fragment, memo } from 'react';
import { at } from '../../base/assert.ts';
import { glossed, type Piece } from '../../content/glossary/glossed.ts';
import styles from './glossary.module.css';
import { Term } from './term.tsx';

/** A text with its words explained where they are first met. */
export function GlossedText({ pieces }: { readonly pieces: readonly Piece[] }) {
  return pieces.map((piece, index) => {
    const key = `${index} ${typeof piece === 'string' ? piece : piece.term}`;
    if (typeof piece === 'string') {
      const taken = index === 0 ? 0 : stuck(piece).length;
      return <Fragment key={key}>{piece.slice(taken)}</Fragment>;
    }
    const after = pieces[index + 1];
    return (
      <span key={key} className={styles.unbroken}>
        <Term id={piece.term}>{piece.text}</Term>
        {typeof after === 'string' && stuck(after)}
      </span>
    );
  });
}

/** What follows a word without a space, and must not begin a line. */
function stuck(text: string): string {
  return /^\S*/.exec(text)?.[0] ?? '';
}

/** A text that is read by itself: a label, a heading, a sentence. It stays while all around it changes. */
export const Glossed = memo(({ children }: { readonly children: string }) => (
  <GlossedText pieces={at(glossed([children]), 0)} />
));
