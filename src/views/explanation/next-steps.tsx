import { perform } from '../../actions/action.ts';
import { actionOf } from '../../actions/index.ts';
import { findImplementation } from '../../engine/implementations/index.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './explanation.module.css';

/** The three sides of issue #6774, each one click from the others. */
const FAMILY = [
  { id: 'deepspeed-6392', label: 'As it was (0.15.4)' },
  { id: 'deepspeed-6774-suggestion', label: 'As suggested' },
  { id: 'deepspeed-6797', label: 'See it repaired (#6797)' },
] as const;

/** The same case under another published condition. */
export function NextSteps() {
  const store = useRankscopeStore();
  const wanted = useRankscope((state) => state.case);
  const comparing = useRankscope((state) => state.partner !== null);
  const verdict = useRankscope((state) => state.shown?.verdict);
  const here = findImplementation(wanted.implementation);
  const { condition, guards, ...published } = wanted;
  const ownRule = condition !== undefined || guards !== undefined;
  const others = FAMILY.filter(({ id }) => ownRule || id !== wanted.implementation);
  if (here === undefined || wanted.program === 'custom') return null;
  const primary = verdict === 'fine' ? null : 'deepspeed-6797';
  const beside = others.at(-1);
  return (
    <div className={styles.next}>
      {others.toReversed().map(({ id, label }) => (
        <button
          key={id}
          type="button"
          className={id === primary ? styles.primary : styles.secondary}
          data-testid={`same-case-${id}`}
          onClick={() =>
            void store
              .getState()
              .open({ ...published, implementation: id }, 'play-pass-2', store.getState().modelName)
          }
        >
          {label}
        </button>
      ))}
      <button
        type="button"
        className={styles.secondary}
        data-testid="copy-repro"
        title="A Python script that does the same on real ranks (R)"
        onClick={() => perform(actionOf('copy-repro'), store)}
      >
        Copy repro
      </button>
      {!comparing && beside !== undefined && (
        <button
          type="button"
          className={styles.secondary}
          data-testid="compare-with-it"
          onClick={() => perform(actionOf(`compare-with-${beside.id}`), store)}
        >
          Compare with it
        </button>
      )}
    </div>
  );
}
