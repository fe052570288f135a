import { pointIn } from './css-zoom.ts';

/** A place on a host, in CSS pixels of it. */
export type Point = readonly [x: number, y: number];

/** What a canvas does when a hand does something on its host. */
export interface Gestures {
  move?(at: Point, event: PointerEvent): void;
  leave?(): void;
  blur?(): void;
  click?(at: Point): void;
  twice?(at: Point): void;
  /** The page does not move then. */
  wheel?(at: Point, event: WheelEvent): void;
  /** What a key does here and now; null where it is left to the page. */
  key?(key: string): (() => void) | null;
  /** Nobody is there any more. */
  end?(): void;
}

/** Hears the hands on `host`; gives back what ends that. */
export function listenFor(host: HTMLElement, gestures: Gestures): () => void {
  const listeners = new AbortController();
  const { signal } = listeners;
  const on = <K extends keyof HTMLElementEventMap>(
    kind: K,
    heard: (event: HTMLElementEventMap[K]) => void,
  ) => host.addEventListener(kind, heard, { signal });
  on('pointermove', (event) => gestures.move?.(pointIn(event, host), event));
  on('pointerleave', () => gestures.leave?.());
  on('blur', () => gestures.blur?.());
  on('click', (event) => gestures.click?.(pointIn(event, host)));
  on('dblclick', (event) => gestures.twice?.(pointIn(event, host)));
  on('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const command = gestures.key?.(event.key) ?? null;
    if (command === null) return;
    command();
    event.preventDefault();
    event.stopPropagation();
  });
  if (gestures.wheel !== undefined) {
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      gestures.wheel?.(pointIn(event, host), event);
    };
    host.addEventListener('wheel', wheel, { signal, passive: false });
  }
  return () => {
    listeners.abort();
    gestures.end?.();
  };
}
