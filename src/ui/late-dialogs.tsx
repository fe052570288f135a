import type { ComponentType } from 'react';
import { type Late, useLate } from './late.ts';
import { useRankscope } from './store-context.ts';

/** Dialogs, fetched after the first picture, or when the first of them is opened. */
export function LateDialogs({ part }: { readonly part: Late<ComponentType> }) {
  const asked = useRankscope(({ dialog }) => dialog !== null);
  const Found = useLate(part, asked);
  return Found === null ? null : <Found />;
}
