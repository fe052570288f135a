import type { ReactNode } from 'react';
import type { RankscopeState } from '../../store/state.ts';
import type { Dialog as DialogName } from '../../store/view.ts';
import { type Action, perform } from '../actions/action.ts';
import { useRankscopeStore } from '../store-context.ts';
import { ActionSearch, type ActionSearchGroup } from './action-search.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import styles from './dialogs.module.css';

interface Props {
  readonly name: DialogName;
  readonly title: string;
  readonly testId: string;
  /** What the field that searches is called, and what it shows while it is empty. */
  readonly label: string;
  readonly placeholder: string;
  /** What can be chosen as things stand. */
  readonly groupsOf: (state: RankscopeState) => readonly ActionSearchGroup[];
  /** What stands below the list. */
  readonly children?: ReactNode;
}

/** Actions to choose from over the page, for as long as the dialog of its name is open. */
export function ActionDialog(props: Props) {
  const { name, title, testId, label, placeholder, groupsOf, children } = props;
  return (
    <DialogFrame name={name} title={title} testId={testId} className={styles.palette}>
      <Choices label={label} placeholder={placeholder} groupsOf={groupsOf} />
      {children}
    </DialogFrame>
  );
}

/** Made anew each time the dialog opens: what can be chosen is what can be chosen then. */
function Choices(props: Pick<Props, 'label' | 'placeholder' | 'groupsOf'>) {
  const { label, placeholder, groupsOf } = props;
  const store = useRankscopeStore();
  const choose = (action: Action) => {
    store.getState().look({ dialog: null });
    perform(action, store);
  };
  return (
    <ActionSearch
      groups={groupsOf(store.getState())}
      label={label}
      placeholder={placeholder}
      onChoose={choose}
    />
  );
}
