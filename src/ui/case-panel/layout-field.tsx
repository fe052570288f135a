import { onlyLayout } from '../../core/cases/case-input.ts';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import { moveInRow } from '../kit/roving.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './case-panel.module.css';
import { labelOf } from './field-label.ts';
import { FieldTitle } from './field-title.tsx';

const LAYOUTS = [
  { value: 0, letters: 'B S H D', name: 'B S H D, batch first' },
  { value: 1, letters: 'S B H D', name: 'S B H D, sequence first' },
] as const;

/** Where the batch stands: [B, S, H, D] or [S, B, H, D]; what a code does not know is not offered. */
export function LayoutField() {
  const store = useRankscopeStore();
  const layout = useRankscope((state) => state.case.batchDimIdx);
  const code = useRankscope((state) => findImplementation(state.case.implementation));
  const only = code !== undefined && code.layouts.length === 1 ? onlyLayout(code) : null;
  return (
    <div className={styles.line}>
      <span id="layout-label">
        <FieldTitle {...labelOf('batchDimIdx')} />
      </span>
      <fieldset className={styles.segments} aria-labelledby="layout-label" onKeyDown={moveInRow}>
        {LAYOUTS.map(({ value, letters, name }) => {
          const chosen = value === layout;
          return (
            <button
              key={value}
              type="button"
              className={styles.segment}
              aria-pressed={chosen}
              aria-label={name}
              tabIndex={chosen ? 0 : -1}
              data-pressed={chosen ? '' : undefined}
              data-testid={`layout-${value}`}
              disabled={code?.layouts.includes(value) === false}
              title={only ?? undefined}
              onClick={() => {
                if (!chosen) void store.getState().change({ batchDimIdx: value });
              }}
            >
              {letters}
            </button>
          );
        })}
      </fieldset>
      {only !== null && (
        <small className={styles.reason} data-testid="layout-only">
          {only}
        </small>
      )}
    </div>
  );
}
