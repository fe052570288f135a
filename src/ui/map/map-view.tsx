import { type RefObject, useEffect, useRef } from 'react';
import { createMapController, type MapController } from '../../draw/map/map-controller.ts';
import type { Field } from '../../workers/map/setting.ts';
import { useRankscopeStore } from '../store-context.ts';
import styles from './map.module.css';

interface Props {
  readonly onPoint: (field: Field | null) => void;
  readonly onChoose: (field: Field) => void;
  /** Holds what zooms the map, for as long as it is there. */
  readonly controller: RefObject<MapController | null>;
}

/** Heads × SP. React owns the lifetime; the controller owns the pixels. */
export function MapView({ onPoint, onChoose, controller }: Props) {
  const store = useRankscopeStore();
  const host = useRef<HTMLButtonElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const fields = useRef<HTMLSpanElement>(null);
  const chosen = useRef(onChoose);
  chosen.current = onChoose;

  useEffect(() => {
    if (host.current === null || canvas.current === null || fields.current === null) return;
    const parts = { host: host.current, canvas: canvas.current, fields: fields.current };
    const made = createMapController(parts, store, {
      onPoint,
      onChoose: (field) => chosen.current(field),
    });
    controller.current = made;
    const withdraw = store.getState().offerPanel('map', made.panel);
    return () => {
      withdraw();
      controller.current = null;
      made.destroy();
    };
  }, [store, onPoint, controller]);

  return (
    <button
      type="button"
      className={styles.view}
      ref={host}
      aria-label="Map of verdicts: heads from left to right, SP from top to bottom. Arrow keys walk, Enter opens a field on the stage, plus and minus zoom."
      aria-describedby="map-told"
      data-testid="map"
    >
      <canvas ref={canvas} />
      <span ref={fields} />
    </button>
  );
}
