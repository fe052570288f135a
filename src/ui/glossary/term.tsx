import { memo, type ReactNode } from 'react';
import { assert } from '../../base/assert.ts';
import { GLOSSARY, type TermId } from '../../content/glossary/terms.ts';
import { perform } from '../actions/action.ts';
import { actionOf } from '../actions/index.ts';
import { useRankscopeStore } from '../store-context.ts';
import { Told } from './told.tsx';

interface Props {
  readonly id: TermId;
  readonly children: ReactNode;
}

/** A word that is told on hover and on focus; a press opens the glossary. It stays while all around it changes. */
export const Term = memo(({ id, children }: Props) => {
  const store = useRankscopeStore();
  const told = GLOSSARY.find((one) => one.id === id);
  assert(told !== undefined, 'a term has an id of the glossary');
  return (
    <Told
      name={told.term}
      meaning={told.meaning}
      meaningId={meaningId(id)}
      onPress={() => perform(actionOf('glossary'), store)}
    >
      {children}
    </Told>
  );
});

/** What screen readers say of a term: once in the page, however often the term is in it. */
export function TermMeanings() {
  return (
    <div hidden>
      {GLOSSARY.map(({ id, meaning }) => (
        <span key={id} id={meaningId(id)}>
          {meaning}
        </span>
      ))}
    </div>
  );
}

function meaningId(id: TermId): string {
  return `meaning-${id}`;
}
