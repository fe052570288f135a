import { timer } from 'd3';
import { useEffect } from 'react';
import { useRankscopeStore } from '../store-context.ts';

/** Lets playback time pass with the frames while something plays. */
export function usePlaybackClock(): void {
  const store = useRankscopeStore();
  useEffect(() => {
    let last = 0;
    const clock = timer((elapsed) => {
      const passed = Math.min(elapsed - last, LONGEST_FRAME);
      last = elapsed;
      if (store.getState().direction !== 0) store.getState().tick(passed);
    });
    return () => clock.stop();
  }, [store]);
}

/** Milliseconds: after a stall (a hidden tab), playback goes on where it was. */
const LONGEST_FRAME = 100;

/** Space plays and pauses, arrows step, Home and End go to the ends. */
export function usePlaybackKeys(): void {
  const store = useRankscopeStore();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || takesKeys(event)) return;
      const { direction, play, step, seek } = store.getState();
      switch (event.key) {
        case ' ':
          if (direction !== 0) play(0);
          else play(event.shiftKey ? -1 : 1);
          break;
        case 'ArrowRight':
          step(1);
          break;
        case 'ArrowLeft':
          step(-1);
          break;
        case 'Home':
          seek(0);
          break;
        case 'End':
          seek(Number.POSITIVE_INFINITY);
          break;
        default:
          return;
      }
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [store]);
}

/** Whether the focused control has a use of its own for the key. */
function takesKeys(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('input, select, textarea, [role="listbox"]') !== null) {
    return true;
  }
  return event.key === ' ' && target.closest('button') !== null;
}
