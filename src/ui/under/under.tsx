import type { Under as UnderPlace } from '../../store/view.ts';
import { Fetched, latePart } from '../fetched.tsx';
import { Tab, TabList, TabPanel, Tabs } from '../kit/tabs.tsx';
import { PlaybackBar } from '../playback/playback-bar.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { Timeline } from '../timeline/timeline.tsx';
import styles from './under.module.css';

const EVENT_LOG = latePart('The log is being opened …', () =>
  import('../log/event-log.tsx').then((part) => part.EventLog),
);

const UNDER: readonly UnderPlace[] = ['timeline', 'log'];

/** What stands under the stage: the same events as a picture or as a table, and the playback. */
export function Under() {
  const store = useRankscopeStore();
  const under = useRankscope((state) => state.under);
  const missing = useRankscope(({ shown }) => shown === null);
  return (
    <div className={styles.under} data-under={under} data-part="timeline" data-bare={missing}>
      <Tabs
        value={under}
        among={UNDER}
        onChoose={(value) => store.getState().look({ under: value })}
      >
        {missing && (
          <p className={styles.bare}>Nothing to play yet: it comes with the first run.</p>
        )}
        {/* Kept while the log is shown, so that its zoom is there when one comes back. */}
        <TabPanel value="timeline" kept className={styles.panel} tabIndex={-1}>
          <Timeline />
        </TabPanel>
        <TabPanel value="log" className={styles.panel} tabIndex={-1}>
          <Fetched part={EVENT_LOG} />
        </TabPanel>
        <PlaybackBar>
          <TabList className={styles.tabs} label="Under the stage">
            <Tab value="timeline" className={styles.tab} testId="tab-timeline">
              Timeline
            </Tab>
            <Tab value="log" className={styles.tab} testId="tab-log" title="Event log (L)">
              <span className={styles.wide}>Event </span>log
            </Tab>
          </TabList>
        </PlaybackBar>
      </Tabs>
    </div>
  );
}
