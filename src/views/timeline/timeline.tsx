import { useEffect, useRef } from 'react';
import { useRankscopeStore } from '../store-context.ts';
import styles from './timeline.module.css';
import { createTimelineController } from './timeline-controller.ts';

/** One lane a rank, one mark an event; React owns the lifetime, the controller the pixels. */
export function Timeline() {
  const store = useRankscopeStore();
  const svg = useRef<SVGSVGElement>(null);

  useEffect(() => {
    if (svg.current === null) return;
    const controller = createTimelineController(svg.current, store);
    return () => controller.destroy();
  }, [store]);

  return (
    <svg
      ref={svg}
      className={styles.timeline}
      role="img"
      aria-label="Timeline: one lane a rank, one mark an operation"
      data-testid="timeline"
    />
  );
}
