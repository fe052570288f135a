import { type ReactNode, useEffect, useId, useRef, useSyncExternalStore } from 'react';
import { selectionName } from '../../draw/stage/element-facts.ts';
import type { StageSource, StageView } from '../../draw/stage/source.ts';
import { createStageController, type StageController } from '../../draw/stage/stage-controller.ts';
import { Button } from '../kit/button.tsx';
import { useRankscopeStore } from '../store-context.ts';
import { ZoomTools } from '../zoom-tools.tsx';
import styles from './stage.module.css';

/** A stage over any source. React owns the lifetime; the controller owns the pixels. */
export function StageOf(props: {
  readonly source: StageSource;
  /** What it shows, for those who do not see it: "What each rank holds". */
  readonly label: string;
  readonly testId: string;
  /** More tools, at the left end of the row above the stage. */
  readonly children?: ReactNode;
}) {
  const { source, label, testId } = props;
  const store = useRankscopeStore();
  const host = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const controller = useRef<StageController>(null);
  const help = useId();
  const memory = useView(source, (view) => view?.picture === 'memory');
  const empty = useView(source, (view) => view === null);
  const picking = useView(source, (view) => (view?.picking ?? null) !== null);

  useEffect(() => {
    if (host.current === null || svg.current === null || canvas.current === null) return;
    const made = createStageController(host.current, svg.current, canvas.current, source);
    controller.current = made;
    const withdraw = store.getState().offerPanel('stage', made.panel);
    return () => {
      withdraw();
      made.destroy();
    };
  }, [store, source]);

  return (
    <div className={styles.pane}>
      <div className={styles.tools}>
        {props.children}
        <Following source={source} />
        <ZoomTools
          what="stage"
          onZoom={(factor) => controller.current?.zoomBy(factor)}
          onWhole={() => controller.current?.zoomOut()}
        />
      </div>
      <div
        className={styles.stage}
        ref={host}
        // Its keys are its own: arrows walk from element to element once Enter was pressed.
        role="application"
        aria-label={label}
        aria-describedby={help}
        data-testid={testId}
        data-part="stage"
        data-picking={picking}
        data-empty={empty}
      >
        <p id={help} className="visually-hidden">
          Enter walks over the elements with the arrow keys, and follows the one that it is pressed
          on. Escape ends the walk. Plus and minus zoom, 0 shows the whole stage.
        </p>
        <svg
          ref={svg}
          role="img"
          aria-label={
            memory
              ? 'The storage of each rank, slot by slot'
              : 'Heads from left to right, sequence from top to bottom'
          }
        />
        <canvas ref={canvas} />
      </div>
    </div>
  );
}

/** The element that is followed, and how to stop. */
function Following({ source }: { readonly source: StageSource }) {
  const selection = useView(source, (view) => view?.selection ?? null);
  const trace = useView(source, (view) => view?.shown.trace ?? null);
  const name = trace === null || selection === null ? null : selectionName(trace, selection);
  if (name === null) return null;
  return (
    <Button
      className={styles.following}
      size="small"
      data-testid="following"
      title="Stop following"
      onClick={() => source.select(null)}
    >
      <span>
        <span className={styles.wide}>following </span>
        {name}
      </span>
      <span aria-hidden="true">×</span>
      <span className="visually-hidden">: stop</span>
    </Button>
  );
}

/** What `choose` finds in the view; the same value must be found again until it changes. */
function useView<T>(source: StageSource, choose: (view: StageView | null) => T): T {
  return useSyncExternalStore(source.subscribe, () => choose(source.read()));
}
