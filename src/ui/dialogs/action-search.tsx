import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import type { Action } from '../actions/action.ts';
import { Meanings } from '../glossary/meanings.tsx';
import styles from './dialogs.module.css';
import { Keys } from './keys.tsx';

export interface ActionSearchGroup {
  readonly value: string;
  readonly items: readonly Action[];
}

/** Actions of a dialog, found by typing. */
export function ActionSearch(props: {
  readonly groups: readonly ActionSearchGroup[];
  readonly label: string;
  readonly placeholder: string;
  readonly onChoose: (action: Action) => void;
}) {
  const { groups, label, placeholder, onChoose } = props;
  const [highlighted, highlight] = useState<Action | undefined>();
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      itemToStringValue={searchedText}
      autoHighlight="always"
      keepHighlight
      onItemHighlighted={highlight}
    >
      <Autocomplete.Input className={styles.search} aria-label={label} placeholder={placeholder} />
      <Dialog.Close className="visually-hidden">Close</Dialog.Close>
      <Autocomplete.Empty>
        <p className={styles.empty}>No matching actions</p>
      </Autocomplete.Empty>
      <Autocomplete.List className={styles.found}>
        {({ value, items }: ActionSearchGroup) => (
          <Autocomplete.Group key={value} items={items} className={styles.group}>
            <Autocomplete.GroupLabel className={styles.groupLabel}>{value}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(action: Action) => (
                <Autocomplete.Item
                  key={action.id}
                  value={action}
                  className={styles.action}
                  data-testid={`action-${action.id}`}
                  onClick={() => onChoose(action)}
                >
                  <span>{action.title}</span>
                  <Keys chords={(action.keys ?? []).slice(0, 1)} />
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      <Meanings
        of={[highlighted?.title ?? '']}
        className={styles.meanings}
        testId="palette-meanings"
      />
    </Autocomplete.Root>
  );
}

function searchedText({ title, group }: Action): string {
  return `${title} ${group}`;
}
