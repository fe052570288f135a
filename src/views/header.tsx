import { perform } from '../actions/action.ts';
import { actionOf } from '../actions/index.ts';
import type { Verdict } from '../engine/finding.ts';
import { findImplementation } from '../engine/implementations/index.ts';
import { Keys } from './dialogs/keys.tsx';
import styles from './header.module.css';
import { Icon } from './icon.tsx';
import { ShareBar } from './share/share-bar.tsx';
import { useRankscope, useRankscopeStore } from './store-context.ts';

const SIGNS: Record<Verdict, string> = {
  'ranks disagree': '✕',
  raises: '✕',
  'silently wrong': '✕',
  'wrong shape': '✕',
  unbalanced: '!',
  fine: '✓',
};

/** The case in a line, its verdict, and how the stage is coloured. */
export function Header() {
  const store = useRankscopeStore();
  const wanted = useRankscope((state) => state.case);
  const shown = useRankscope((state) => state.shown);
  const colourBy = useRankscope((state) => state.colourBy);
  const { title } = findImplementation(wanted.implementation) ?? { title: wanted.implementation };
  const layout = wanted.batchDimIdx === 0 ? '[B, S, H, D]' : '[S, B, H, D]';
  return (
    <header className={styles.header}>
      <p className={styles.logo}>
        Rank<span>scope</span>
      </p>
      <p className={styles.case}>
        <strong>{title}</strong> · {wanted.heads} heads · SP {wanted.sp} · {layout}
      </p>
      {shown !== null && (
        <p
          className={styles.verdict}
          data-verdict={shown.verdict}
          data-testid="verdict"
          role="status"
        >
          {SIGNS[shown.verdict]} {shown.explanation.short}
        </p>
      )}
      <ShareBar />
      <button
        type="button"
        className={styles.button}
        data-testid="open-palette"
        onClick={() => perform(actionOf('palette'), store)}
      >
        Actions <Keys chords={actionOf('palette').keys ?? []} />
      </button>
      <button
        type="button"
        className={styles.button}
        aria-pressed={colourBy === 'chunk'}
        data-testid="colour-by"
        title="Swap what hue and hatch stand for"
        onClick={() => store.getState().look({ colourBy: colourBy === 'head' ? 'chunk' : 'head' })}
      >
        hue: {colourBy === 'head' ? 'head’s rank' : 'sequence chunk'} <Icon name="swap" />
      </button>
    </header>
  );
}
