import { perform } from '../actions/action.ts';
import { actionOf } from '../actions/index.ts';
import { IconButton } from '../kit/button.tsx';
import { useRankscopeStore } from '../store-context.ts';
import styles from './end-presenting.module.css';

/** The page has no header then: the way back for a hand that has no keyboard. */
export function EndPresenting() {
  const store = useRankscopeStore();
  return (
    <IconButton
      className={styles.end}
      look="tool"
      label="Stop presenting"
      title="Stop presenting (P)"
      data-testid="end-presenting"
      onClick={() => perform(actionOf('present'), store)}
    >
      ✕
    </IconButton>
  );
}
