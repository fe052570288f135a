import { kindIn } from '../../core/cases/models/model.ts';
import { modelIn, verdictsOfKinds } from '../../store/model.ts';
import { VERDICT_SIGNS } from '../../store/shown-text.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './kinds-field.module.css';

/**
 * The kinds of attention layer of a model that has several, each with what it comes to under the case's
 * implementation and SP degree; the one that is on the stage is marked, another is shown by a click.
 */
export function KindsField() {
  const several = useRankscope((state) => modelIn(state).kinds.length > 1);
  return several ? <Kinds /> : null;
}

function Kinds() {
  const store = useRankscopeStore();
  const wanted = useRankscope((state) => state.case);
  const model = useRankscope(modelIn);
  const verdicts = useRankscope(verdictsOfKinds);
  const here = kindIn(model, wanted);
  return (
    <fieldset className={styles.kinds} data-testid="kinds">
      <legend>Kinds of attention layer</legend>
      {model.kinds.map((kind, index) => {
        const judged = verdicts[index];
        if (judged === undefined) return null;
        const second = kind.program === 'twoModels' ? `then ${kind.kvHeads}` : `${kind.kvHeads} KV`;
        return (
          <button
            key={kind.name}
            type="button"
            aria-pressed={kind === here}
            data-testid="kind"
            data-verdict={judged.verdict}
            title={judged.short}
            onClick={() => void store.getState().chooseKind(kind)}
          >
            <span className={styles.kindSign} aria-hidden="true">
              {VERDICT_SIGNS[judged.verdict]}
            </span>
            {kind.name}{' '}
            <small>
              {kind.heads} heads, {second}
            </small>
            <span className="visually-hidden">: {judged.verdict}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
