import { Tabs } from '@base-ui/react/tabs';
import type { Under as UnderPlace } from '../../store/view.ts';
import { Fetched, latePart } from '../fetched.tsx';
import { PlaybackBar } from '../playback/playback-bar.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { Timeline } from '../timeline/timeline.tsx';
import styles from './under.module.css';

const EVENT_LOG = latePart('The log is being opened …', () =>
  import('../log/event-log.tsx').then((part) => part.EventLog),
);

/** What stands under the stage: the same events as a picture or as a table, and the playback. */
export function Under() {
  const store = useRankscopeStore();
  const under = useRankscope((state) => state.under);
  const missing = useRankscope(({ shown }) => shown === null);
  return (
    <Tabs.Root
      className={styles.under}
      data-under={under}
      data-part="timeline"
      data-bare={missing}
      value={under}
      onValueChange={(value: UnderPlace) => store.getState().look({ under: value })}
    >
      {missing && <p className={styles.bare}>Nothing to play yet: it comes with the first run.</p>}
      {/* Kept while the log is shown, so that its zoom is there when one comes back. */}
      <Tabs.Panel value="timeline" keepMounted className={styles.panel} tabIndex={-1}>
        <Timeline />
      </Tabs.Panel>
      <Tabs.Panel value="log" className={styles.panel} tabIndex={-1}>
        <Fetched part={EVENT_LOG} />
      </Tabs.Panel>
      <PlaybackBar>
        <Tabs.List className={styles.tabs} aria-label="Under the stage">
          <Tabs.Tab value="timeline" className={styles.tab} data-testid="tab-timeline">
            Timeline
          </Tabs.Tab>
          <Tabs.Tab value="log" className={styles.tab} data-testid="tab-log" title="Event log (L)">
            <span className={styles.wide}>Event </span>log
          </Tabs.Tab>
        </Tabs.List>
      </PlaybackBar>
    </Tabs.Root>
  );
}
