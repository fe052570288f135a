import { useEffect, useState } from 'react';
import { takeConfig, takeFiles } from '../../actions/take-in.ts';
import type { RankscopeStore } from '../../store/state.ts';
import { isMeantFor, WRITING } from '../meant-for.ts';
import { useRankscopeStore } from '../store-context.ts';
import styles from './drop.module.css';

/**
 * Takes what is dropped or pasted anywhere on the page. What it is and what becomes of it is
 * decided in one place, `actions/take-in.ts`.
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
    const hover = (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    };
    // What is most often brought is a model, and its table of legal degrees is asked for next.
    const enter = (event: DragEvent) => {
      if (event.relatedTarget === null) void store.getState().rehearse();
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) void takeFiles(store, files);
      else takeConfig(store, event.dataTransfer?.getData('text') ?? '', 'dropped');
    };
    const paste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text') ?? '';
      // A number pasted into a field is the field's; a whole configuration is ours wherever.
      if (isMeantFor(event, WRITING) && !text.trimStart().startsWith('{')) return;
      event.preventDefault();
      takeConfig(store, text, 'pasted');
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragover', hover);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragover', hover);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
      window.removeEventListener('paste', paste);
    };
  }, [store]);
  return over;
}
