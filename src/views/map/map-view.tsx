import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import { type Field, WHOLE_MAP } from '../../map/setting.ts';
import { useRankscopeStore } from '../store-context.ts';
import styles from './map.module.css';
import { createMapController, type MapController, neighbour } from './map-controller.ts';

interface Props {
  readonly pointed: Field | null;
  readonly onPoint: (field: Field | null) => void;
  readonly onChoose: (field: Field) => void;
  /** Holds what zooms the map, for as long as it is there. */
  readonly controller: RefObject<MapController | null>;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Heads × SP. React owns the lifetime; the controller owns the pixels. */
export function MapView({ pointed, onPoint, onChoose, controller }: Props) {
  const store = useRankscopeStore();
  const host = useRef<HTMLButtonElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const fields = useRef<HTMLSpanElement>(null);
  const chosen = useRef(onChoose);
  chosen.current = onChoose;

  useEffect(() => {
    if (host.current === null || canvas.current === null || fields.current === null) return;
    const parts = { host: host.current, canvas: canvas.current, fields: fields.current };
    const made = createMapController(parts, store, onPoint, (field) => chosen.current(field));
    controller.current = made;
    const withdraw = store.getState().offerPanel('map', made.panel);
    return () => {
      withdraw();
      controller.current = null;
      made.destroy();
    };
  }, [store, onPoint, controller]);

  const press = (event: KeyboardEvent) => {
    const { heads, sp } = store.getState().case;
    const from = pointed ?? { heads, sp };
    const step = STEPS[event.key];
    if (step !== undefined) controller.current?.point(neighbour(WHOLE_MAP, from, ...step));
    else if (event.key === 'Enter') onChoose(from);
    else if (event.key === '+') controller.current?.zoomBy(1.6);
    else if (event.key === '-') controller.current?.zoomBy(1 / 1.6);
    else if (event.key === '0') controller.current?.zoomBy(1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <button
      type="button"
      className={styles.view}
      ref={host}
      aria-label="Map of verdicts: heads from left to right, SP from top to bottom. Arrow keys walk, Enter opens a field on the stage, plus and minus zoom."
      aria-describedby="map-told"
      data-testid="map"
      onKeyDown={press}
    >
      <canvas ref={canvas} />
      <span ref={fields} />
    </button>
  );
}
