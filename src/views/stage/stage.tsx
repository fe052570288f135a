import { useEffect, useRef } from 'react';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './stage.module.css';
import { createStageController } from './stage-controller.ts';

/** The ranks and what each holds. React owns the lifetime; the controller owns the pixels. */
export function Stage() {
  const store = useRankscopeStore();
  const host = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const running = useRankscope((state) => state.shown === null);

  useEffect(() => {
    if (host.current === null || svg.current === null || canvas.current === null) return;
    const controller = createStageController(host.current, svg.current, canvas.current, store);
    return () => controller.destroy();
  }, [store]);

  return (
    <div className={styles.stage} ref={host} data-testid="stage" data-empty={running}>
      <svg
        ref={svg}
        role="img"
        aria-label="What each rank holds: heads from left to right, sequence from top to bottom"
      />
      <canvas ref={canvas} />
    </div>
  );
}
