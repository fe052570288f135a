import { ExplanationPanel } from '../explanation/explanation.tsx';
import { Fetched, latePart } from '../fetched.tsx';
import { IconButton } from '../kit/button.tsx';
import { Tab, TabList, TabPanel, Tabs } from '../kit/tabs.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { OPEN_DRAWER } from './open-drawer.ts';
import styles from './side-panel.module.css';

/** With the implementations' texts, loaded when it is first asked for. */
const INSPECTOR = latePart('The inspector is being opened …', () =>
  import('../inspector/inspector.tsx').then((part) => part.InspectorPanel),
);

const SIDES = ['why', 'inspector'] as const;

/** Right of the stage: the explanation, or the operation under the cursor. */
export function SidePanel() {
  const store = useRankscopeStore();
  const side = useRankscope((state) => state.side);
  return (
    <div className={styles.side}>
      <Tabs value={side} among={SIDES} onChoose={(value) => store.getState().look({ side: value })}>
        <div className={styles.head}>
          <TabList className={styles.tabs} label="Explanation and inspector">
            <Tab className={styles.tab} value="why" testId="side-why">
              Why
            </Tab>
            <Tab className={styles.tab} value="inspector" testId="side-inspector">
              Inspector
            </Tab>
          </TabList>
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
        <TabPanel className={styles.panel} value="why">
          <ExplanationPanel />
        </TabPanel>
        <TabPanel className={styles.panel} value="inspector">
          <Fetched part={INSPECTOR} />
        </TabPanel>
      </Tabs>
    </div>
  );
}
