import { perform } from '../../actions/action.ts';
import { actionOf } from '../../actions/index.ts';
import { useRankscopeStore } from '../store-context.ts';
import styles from './end-presenting.module.css';

/** The page has no header then: the way back for a hand that has no keyboard. */
export function EndPresenting() {
  const store = useRankscopeStore();
  return (
    <button
      type="button"
      className={styles.end}
      aria-label="Stop presenting"
      title="Stop presenting (P)"
      data-testid="end-presenting"
      onClick={() => perform(actionOf('present'), store)}
    >
      ✕
    </button>
  );
}
