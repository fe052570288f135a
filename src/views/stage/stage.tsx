import { useEffect, useMemo, useRef } from 'react';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { type StageSource, sourceOf } from './source.ts';
import styles from './stage.module.css';
import { createStageController } from './stage-controller.ts';

/** The ranks of the run that the page shows, and what each holds. */
export function Stage() {
  const store = useRankscopeStore();
  const source = useMemo(() => sourceOf(store), [store]);
  const running = useRankscope((state) => state.shown === null);
  return <StageOf source={source} label="What each rank holds" testId="stage" empty={running} />;
}

/** A stage over any source. React owns the lifetime; the controller owns the pixels. */
export function StageOf(props: {
  readonly source: StageSource;
  /** What it shows, for those who do not see it: "What each rank holds". */
  readonly label: string;
  readonly testId: string;
  /** Whether there is nothing to show yet. */
  readonly empty: boolean;
}) {
  const { source } = props;
  const host = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    if (host.current === null || svg.current === null || canvas.current === null) return;
    const controller = createStageController(host.current, svg.current, canvas.current, source);
    return () => controller.destroy();
  }, [source]);

  return (
    <div className={styles.stage} ref={host} data-testid={props.testId} data-empty={props.empty}>
      <svg
        ref={svg}
        role="img"
        aria-label={`${props.label}: heads from left to right, sequence from top to bottom`}
      />
      <canvas ref={canvas} />
    </div>
  );
}
