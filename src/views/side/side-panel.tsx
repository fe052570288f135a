import { Tabs } from '@base-ui/react/tabs';
import { ExplanationPanel } from '../explanation/explanation.tsx';
import { Fetched, latePart } from '../fetched.tsx';
import { IconButton } from '../kit/button.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { OPEN_DRAWER } from './open-drawer.ts';
import styles from './side-panel.module.css';

/** With the implementations' texts, loaded when it is first asked for. */
const INSPECTOR = latePart('The inspector is being opened …', () =>
  import('../inspector/inspector.tsx').then((part) => part.InspectorPanel),
);

/** Right of the stage: the explanation, or the operation under the cursor. */
export function SidePanel() {
  const store = useRankscopeStore();
  const side = useRankscope((state) => state.side);
  return (
    <Tabs.Root
      className={styles.side}
      value={side}
      onValueChange={(value) =>
        store.getState().look({ side: value === 'why' ? 'why' : 'inspector' })
      }
    >
      <div className={styles.head}>
        <Tabs.List className={styles.tabs} aria-label="Explanation and inspector">
          <Tabs.Tab className={styles.tab} value="why" data-testid="side-why">
            Why
          </Tabs.Tab>
          <Tabs.Tab className={styles.tab} value="inspector" data-testid="side-inspector">
            Inspector
          </Tabs.Tab>
        </Tabs.List>
        <IconButton
          className={styles.close}
          label="Hide the explanation"
          title="Hide (O)"
          data-testid="close-drawer"
          onClick={() => {
            store.getState().look({ drawer: false });
            document.getElementById(OPEN_DRAWER)?.focus();
          }}
        >
          ✕
        </IconButton>
      </div>
      <Tabs.Panel className={styles.panel} value="why">
        <ExplanationPanel />
      </Tabs.Panel>
      <Tabs.Panel className={styles.panel} value="inspector">
        <Fetched part={INSPECTOR} />
      </Tabs.Panel>
    </Tabs.Root>
  );
}
