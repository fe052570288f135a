import { useCallback, useEffect, useRef, useState } from 'react';
import type { MapController } from '../../draw/map/map-controller.ts';
import { againstSetting } from '../../store/against.ts';
import type { Chart } from '../../store/view.ts';
import { caseOf, type Field, settingOf } from '../../workers/map/setting.ts';
import { Tab, TabList, TabPanel, Tabs } from '../kit/tabs.tsx';
import { Rule } from '../rule/rule.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { ZoomTools } from '../zoom-tools.tsx';
import { DegreesTable } from './degrees-table.tsx';
import styles from './map.module.css';
import { MapLegend } from './map-legend.tsx';
import { MapView } from './map-view.tsx';

const CHARTS: readonly Chart[] = ['fields', 'degrees'];

/** Which configurations are legal: the rule, the map that it makes, and the degrees of the model. */
export function MapPlace() {
  const store = useRankscopeStore();
  const chart = useRankscope((state) => state.chart);
  const [pointed, setPointed] = useState<Field | null>(null);
  const controller = useRef<MapController>(null);
  useFilledMap();

  const choose = useCallback(
    (field: Field) => {
      const { case: now, look, open } = store.getState();
      const small = caseOf(settingOf(now), field);
      if (small === null) return;
      look({ place: 'stage' });
      void open({ ...small, headDim: now.headDim }, 'settle');
    },
    [store],
  );

  return (
    <main className={styles.place} aria-label="Map and rule" data-testid="map-place">
      <div className={styles.main}>
        <Tabs
          value={chart}
          among={CHARTS}
          onChoose={(value) => store.getState().look({ chart: value })}
        >
          {chart === 'fields' && <Rule />}
          <div className={styles.bar}>
            <TabList className={styles.tabs}>
              <Tab className={styles.tab} value="fields">
                Every head count and SP degree
              </Tab>
              <Tab className={styles.tab} value="degrees" testId="tab-degrees">
                This model, every implementation
              </Tab>
            </TabList>
            {chart === 'fields' && (
              <ZoomTools
                what="map"
                onZoom={(factor) => controller.current?.zoomBy(factor)}
                onWhole={() => controller.current?.zoomBy(1)}
              />
            )}
          </div>
          <TabPanel className={styles.panel} value="fields">
            <MapView onPoint={setPointed} onChoose={choose} controller={controller} />
          </TabPanel>
          <TabPanel className={styles.panel} value="degrees">
            <DegreesTable />
          </TabPanel>
        </Tabs>
      </div>
      <MapLegend pointed={pointed} />
    </main>
  );
}

/**
 * Fills the map now, and the one that it is laid against, and anew whenever anything changes that all
 * their fields have in common.
 */
function useFilledMap(): void {
  const store = useRankscopeStore();
  useEffect(() => {
    let known: { readonly setting: string; readonly against: string } | null = null;
    const follow = () => {
      const state = store.getState();
      const setting = JSON.stringify(settingOf(state.case));
      const against = JSON.stringify(againstSetting(state));
      const before = known;
      if (before?.setting === setting && before.against === against) return;
      known = { setting, against };
      if (before?.setting !== setting) void state.fillMap();
      if (before?.against !== against) void state.fillAgainst();
    };
    follow();
    const unsubscribe = store.subscribe(follow);
    return () => {
      unsubscribe();
      store.getState().stopMap();
    };
  }, [store]);
}
