import type { ReactNode } from 'react';
import { perform } from '../actions/action.ts';
import { actionOf } from '../actions/index.ts';
import { chordText } from '../dialogs/keys.tsx';
import { Button } from '../kit/button.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';

/** A button of a group that runs an action, named by its title and keys, where it can be done. */
export function ActionButton(props: { readonly id: string; readonly children: ReactNode }) {
  const store = useRankscopeStore();
  const action = actionOf(props.id);
  const enabled = useRankscope((state) => action.enabled?.(state) !== false);
  const [key] = action.keys ?? [];
  return (
    <Button
      size="large"
      disabled={!enabled}
      aria-label={action.title}
      title={key === undefined ? action.title : `${action.title} (${chordText(key)})`}
      data-testid={action.id}
      onClick={() => perform(action, store)}
    >
      {props.children}
    </Button>
  );
}
