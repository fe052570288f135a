import { useRef } from 'react';
import { takeFile } from '../actions/take-in.ts';
import { useRankscopeStore } from '../store-context.ts';
import styles from './case-panel.module.css';

/** Takes a model's config.json, chosen here; one that is dropped or pasted is taken anywhere. */
export function ConfigDrop() {
  const store = useRankscopeStore();
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.dropArea}>
      <button
        type="button"
        className={styles.drop}
        data-testid="config-drop"
        onClick={() => {
          chooser.current?.click();
          void store.getState().rehearse();
        }}
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
          const file = event.target.files?.[0];
          if (file !== undefined) void takeFile(store, file);
          event.target.value = '';
        }}
      />
    </div>
  );
}
