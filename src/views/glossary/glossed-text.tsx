import { Fragment } from 'react';
import type { Piece } from '../../glossary/glossed.ts';
import { Term } from './term.tsx';

/** A text with its words explained where they are first met. */
export function GlossedText({ pieces }: { readonly pieces: readonly Piece[] }) {
  return pieces.map((piece, index) => {
    const key = `${index} ${typeof piece === 'string' ? piece : piece.term}`;
    return typeof piece === 'string' ? (
      <Fragment key={key}>{piece}</Fragment>
    ) : (
      <Term key={key} id={piece.term}>
        {piece.text}
      </Term>
    );
  });
}
