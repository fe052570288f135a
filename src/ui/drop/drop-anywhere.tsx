import { useEffect, useState } from 'react';
import type { RankscopeStore } from '../../store/state.ts';
import { takeConfig, takeFiles } from '../actions/take-in.ts';
import { isMeantFor, WRITING } from '../meant-for.ts';
import { useRankscopeStore } from '../store-context.ts';
import styles from './drop.module.css';

/**
 * Takes what is dropped or pasted anywhere on the page. What it is and what becomes of it is
 * decided in one place, `ui/actions/take-in.ts`.
 */
export function DropAnywhere() {
  const over = useDropAnywhere(useRankscopeStore());
  if (!over) return null;
  return (
    <div className={styles.overlay} data-testid="drop-overlay">
      <div className={styles.target}>
        <strong>Drop it here</strong>
        <span>a model’s config.json, a session saved by Rankscope, or a lesson</span>
      </div>
    </div>
  );
}

/** Listens on the whole page; whether something is being dragged over it. */
function useDropAnywhere(store: RankscopeStore): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    /** Whether a part of the page itself is dragged, as a word of the rule: nobody brings that. */
    let own = false;
    const start = () => {
      own = true;
    };
    const end = () => {
      own = false;
    };
    const hover = (event: DragEvent) => {
      if (own) return;
      event.preventDefault();
      setOver(true);
    };
    // What is most often brought is a model, and its table of legal degrees is asked for next.
    const enter = (event: DragEvent) => {
      if (!own && event.relatedTarget === null) void store.getState().rehearse();
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (own) return end();
      const files = [...(event.dataTransfer?.files ?? [])];
      const text = event.dataTransfer?.getData('text') ?? '';
      if (files.length === 0 && isWritten(event, text)) return;
      takeFromField(event);
      if (files.length > 0) void takeFiles(store, files);
      else takeConfig(store, text, 'dropped');
    };
    const paste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text') ?? '';
      if (isWritten(event, text)) return;
      takeFromField(event);
      takeConfig(store, text, 'pasted');
    };
    const listeners = new AbortController();
    // Before the field that it is brought to: an editor would write it down.
    const options = { capture: true, signal: listeners.signal };
    window.addEventListener('dragstart', start, options);
    window.addEventListener('dragend', end, options);
    window.addEventListener('dragenter', enter, options);
    window.addEventListener('dragover', hover, options);
    window.addEventListener('dragleave', leave, options);
    window.addEventListener('drop', drop, options);
    window.addEventListener('paste', paste, options);
    return () => listeners.abort();
  }, [store]);
  return over;
}

/** A number or a rule brought to a field is the field's; a whole configuration is ours wherever. */
function isWritten(event: Event, text: string): boolean {
  return isMeantFor(event, WRITING) && !text.trimStart().startsWith('{');
}

function takeFromField(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
