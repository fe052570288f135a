import { useEffect } from 'react';
import { perform } from '../../actions/action.ts';
import { actionOf } from '../../actions/index.ts';
import { underPublished } from '../../case-text/case-patch.ts';
import type { Case } from '../../engine/case.ts';
import type { Judged } from '../../store/shown.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './explanation.module.css';

/** The three sides of issue #6774, each one click from the others. */
const FAMILY = [
  { id: 'deepspeed-6392', label: 'As it was (0.15.4)', says: 'as it was (0.15.4)' },
  { id: 'deepspeed-6774-suggestion', label: 'As suggested', says: 'as suggested' },
  { id: 'deepspeed-6797', label: 'As merged (#6797)', says: 'as merged (#6797)' },
] as const;

/** One click on: what would have made the run come out fine, the case's relatives, and a script. */
export function NextSteps({ shown }: { readonly shown: Judged }) {
  const store = useRankscopeStore();
  const comparing = useRankscope((state) => state.partner !== null);
  const known = useRankscope((state) => state.remedies);
  useEffect(() => void store.getState().findRemedies(shown), [store, shown]);
  const remedies = known?.of === shown ? known : null;
  const found = (remedies?.found ?? []).map(({ id, says, case: changed }) => ({
    id,
    label: `See it ${says}`,
    says,
    case: changed,
  }));
  const others = relativesOf(shown.case).filter(({ id }) => found.every((one) => one.id !== id));
  const [first] = found;
  const rest = [...found.slice(1), ...others];
  const beside = first ?? others[0];
  return (
    <div className={styles.next}>
      {shown.verdict !== 'fine' && remedies === null && (
        <button type="button" className={styles.primary} disabled>
          Looking for a repair …
        </button>
      )}
      {remedies?.tried === true && first === undefined && (
        <p className={styles.unrepaired}>No single change that was tried repairs this case.</p>
      )}
      {first !== undefined && <WayButton way={first} className={styles.primary} />}
      <button
        type="button"
        className={styles.secondary}
        data-testid="copy-repro"
        title="A Python script that does the same on real ranks (R)"
        onClick={() => perform(actionOf('copy-repro'), store)}
      >
        Copy repro
      </button>
      {rest.map((way) => (
        <WayButton key={way.id} way={way} className={styles.secondary} />
      ))}
      {!comparing && beside !== undefined && (
        <button
          type="button"
          className={styles.secondary}
          data-testid="compare-with-it"
          onClick={() => {
            const { look, compare } = store.getState();
            look({ place: 'stage' });
            void compare(beside.case);
          }}
        >
          Compare with it {beside.says}
        </button>
      )}
    </div>
  );
}

/** A case that is one click away. */
interface Way {
  readonly id: string;
  readonly label: string;
  /** How it differs, in the words that follow "it". */
  readonly says: string;
  readonly case: Case;
}

function WayButton({
  way,
  className,
}: {
  readonly way: Way;
  readonly className: string | undefined;
}) {
  const store = useRankscopeStore();
  return (
    <button
      type="button"
      className={className}
      data-testid={`same-case-${way.id}`}
      onClick={() => {
        const { open, modelName } = store.getState();
        void open(way.case, 'play-pass-2', modelName);
      }}
    >
      {way.label}
    </button>
  );
}

/** The same case on the other sides of issue #6774, where it is on one of them. */
function relativesOf(c: Case): Way[] {
  const ownRule = c.condition !== undefined || c.guards !== undefined;
  if (FAMILY.every(({ id }) => id !== c.implementation)) return [];
  return FAMILY.toReversed().flatMap(({ id, label, says }) => {
    const changed = ownRule || id !== c.implementation ? underPublished(c, id) : null;
    return changed === null ? [] : [{ id, label, says, case: changed }];
  });
}
