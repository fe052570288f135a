import { useEffect, useRef } from 'react';
import { timelineOf } from '../../draw/timeline/source.ts';
import { createTimelineController } from '../../draw/timeline/timeline-controller.ts';
import { useRankscopeStore } from '../store-context.ts';
import { Legend } from './legend.tsx';
import styles from './timeline.module.css';

/**
 * One lane a rank, one mark an event; React owns the lifetime, the controller the pixels. `folds`:
 * ranks that all do the same share one lane, as they do before an audience.
 */
export function Timeline({ folds = false }: { readonly folds?: boolean }) {
  const store = useRankscopeStore();
  const slider = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (slider.current === null) return;
    const controller = createTimelineController(slider.current, timelineOf(store, folds));
    const withdraw = store.getState().offerPanel('timeline', controller.panel);
    return () => {
      withdraw();
      controller.destroy();
    };
  }, [store, folds]);

  return (
    <div className={styles.frame}>
      <div
        ref={slider}
        className={styles.timeline}
        role="slider"
        tabIndex={0}
        aria-label="Timeline: one lane per rank, one mark per operation; the cursor. Up and down choose a rank, plus and minus zoom"
        aria-valuemin={0}
        aria-valuenow={0}
        data-testid="timeline"
      />
      <Legend />
    </div>
  );
}
