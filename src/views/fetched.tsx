import { type ReactNode, Suspense, useLayoutEffect } from 'react';
import styles from './fetched.module.css';
import { Guarded } from './guarded.tsx';
import { useRankscopeStore } from './store-context.ts';

/** A part of the page that is fetched when it is first asked for; `says` what comes, meanwhile. */
export function Fetched(props: { readonly says?: string; readonly children: ReactNode }) {
  return (
    <Guarded>
      <Suspense fallback={<Coming says={props.says} />}>{props.children}</Suspense>
    </Guarded>
  );
}

function Coming({ says }: { readonly says: string | undefined }) {
  const store = useRankscopeStore();
  useLayoutEffect(() => store.getState().begin(), [store]);
  return says === undefined ? null : <p className={styles.coming}>{says}</p>;
}
