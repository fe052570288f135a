import { type ComponentType, useEffect, useLayoutEffect, useState } from 'react';
import styles from './fetched.module.css';
import { Guarded } from './guarded.tsx';
import { useRankscopeStore } from './store-context.ts';

/** A part of the page that is fetched when it is first shown. */
export interface LatePart {
  /** What stands in its place until it comes. */
  readonly says: string;
  readonly fetch: () => Promise<ComponentType>;
  /** Null until it has been. */
  fetched: ComponentType | null;
}

export function latePart(says: string, fetch: LatePart['fetch']): LatePart {
  return { says, fetch, fetched: null };
}

export function Fetched({ part }: { readonly part: LatePart }) {
  return (
    <Guarded key={part.says}>
      <Part part={part} />
    </Guarded>
  );
}

/** Not React's `lazy`: there what stands in for a part stays for 300 ms, however soon the part comes. */
function Part({ part }: { readonly part: LatePart }) {
  const [Found, find] = useState(() => part.fetched);
  const [failure, fail] = useState<{ readonly reason: unknown } | null>(null);
  useEffect(() => {
    if (Found !== null) return;
    let over = false;
    part.fetch().then(
      (found) => {
        part.fetched = found;
        if (!over) find(() => found);
      },
      (reason: unknown) => {
        if (!over) fail({ reason });
      },
    );
    return () => {
      over = true;
    };
  }, [part, Found]);
  if (failure !== null) throw failure.reason;
  return Found === null ? <Coming says={part.says} /> : <Found />;
}

function Coming({ says }: Pick<LatePart, 'says'>) {
  const store = useRankscopeStore();
  useLayoutEffect(() => store.getState().begin(), [store]);
  return <p className={styles.coming}>{says}</p>;
}
