import { useEffect, useRef, useState } from 'react';
import {
  configTooLarge,
  MAX_CONFIG_BYTES,
  readModelConfig,
} from '../../engine/models/read-config.ts';
import type { RankscopeStore } from '../../store/state.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './case-panel.module.css';
import { Problem } from './problem.tsx';

/**
 * Takes a model's config.json: chosen here, or dropped or pasted anywhere on the page. It is read
 * in the page and goes nowhere.
 */
export function ConfigDrop() {
  const store = useRankscopeStore();
  const problem = useRankscope((state) => state.problems.find((one) => one.field === 'config'));
  const over = useDropAnywhere(store);
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.dropArea}>
      <button
        type="button"
        className={styles.drop}
        data-over={over}
        data-testid="config-drop"
        onClick={() => chooser.current?.click()}
      >
        Drop, paste or choose
        <br />a model’s config.json
      </button>
      <input
        ref={chooser}
        type="file"
        accept=".json,application/json"
        hidden
        data-testid="config-file"
        onChange={(event) => {
          void takeFile(store, event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <Problem id="config-problem" message={problem?.message} />
    </div>
  );
}

/** Listens for files and text on the whole page; whether a file is being dragged over it. */
function useDropAnywhere(store: RankscopeStore): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const hover = (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) void takeFile(store, file);
      else takeText(store, event.dataTransfer?.getData('text') ?? '');
    };
    const paste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text') ?? '';
      const typing = event.target instanceof Element && event.target.closest('input') !== null;
      // A number pasted into a field is the field's; a whole configuration is ours wherever.
      if (typing && !text.trimStart().startsWith('{')) return;
      event.preventDefault();
      takeText(store, text);
    };
    window.addEventListener('dragover', hover);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('dragover', hover);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
      window.removeEventListener('paste', paste);
    };
  }, [store]);
  return over;
}

async function takeFile(store: RankscopeStore, file: File | undefined): Promise<void> {
  if (file === undefined) return;
  if (file.size > MAX_CONFIG_BYTES) {
    store.getState().refuse({ field: 'config', message: configTooLarge(file.size) });
    return;
  }
  takeText(store, await file.text(), file.name);
}

function takeText(store: RankscopeStore, text: string, fileName?: string): void {
  const { refuse, forgive, change } = store.getState();
  const read = readModelConfig(text, fileName);
  if (!read.ok) {
    refuse({ field: 'config', message: read.message });
    return;
  }
  forgive('config');
  const { name, heads, kvHeads, headDim } = read.model;
  void change({ heads, kvHeads, ...(headDim === null ? {} : { headDim }) }, name);
}
