import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import { Term } from '../glossary/term.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './case-panel.module.css';

/** Where the batch stands: [B, S, H, D] or [S, B, H, D]. */
export function LayoutField() {
  const store = useRankscopeStore();
  const layout = useRankscope((state) => state.case.batchDimIdx);
  return (
    <div className={styles.line}>
      <span id="layout-label">
        <Term id="layout">Layout</Term>
      </span>
      <ToggleGroup
        className={styles.segments}
        aria-labelledby="layout-label"
        value={[String(layout)]}
        onValueChange={([next]) => {
          if (next !== undefined) void store.getState().change({ batchDimIdx: Number(next) });
        }}
      >
        <Toggle
          className={styles.segment}
          value="0"
          aria-label="B S H D, batch first"
          data-testid="layout-0"
        >
          B S H D
        </Toggle>
        <Toggle
          className={styles.segment}
          value="1"
          aria-label="S B H D, sequence first"
          data-testid="layout-1"
        >
          S B H D
        </Toggle>
      </ToggleGroup>
    </div>
  );
}
