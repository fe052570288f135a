import { useMemo } from 'react';
import { perform } from '../../actions/action.ts';
import { actionOf } from '../../actions/index.ts';
import type { Picture } from '../../store/state.ts';
import { Icon } from '../icon.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { sourceOf } from './source.ts';
import styles from './stage.module.css';
import { StageOf } from './stage-of.tsx';

const PICTURES: readonly { readonly picture: Picture; readonly title: string }[] = [
  { picture: 'heads', title: 'heads × sequence' },
  { picture: 'memory', title: 'memory strip' },
];

/** The ranks of the run that the page shows, and what each holds. */
export function Stage() {
  const store = useRankscopeStore();
  const source = useMemo(() => sourceOf(store), [store]);
  const shown = useRankscope((state) => state.picture);
  const colourBy = useRankscope((state) => state.colourBy);
  return (
    <StageOf source={source} label="What each rank holds" testId="stage">
      <fieldset className={styles.choice} data-part="picture">
        <legend className="visually-hidden">Picture</legend>
        {PICTURES.map(({ picture, title }) => (
          <button
            key={picture}
            type="button"
            aria-pressed={picture === shown}
            data-testid={`picture-${picture}`}
            title={`${title} (M)`}
            onClick={() => {
              if (picture !== shown) perform(actionOf('swap-picture'), store);
            }}
          >
            {title}
          </button>
        ))}
      </fieldset>
      <button
        type="button"
        className={styles.swap}
        aria-pressed={colourBy === 'chunk'}
        data-part="colour"
        data-testid="colour-by"
        title="Swap what hue and hatch stand for (H)"
        onClick={() => perform(actionOf('swap-hue'), store)}
      >
        hue
        <span className={styles.wide}>
          : {colourBy === 'head' ? 'head’s rank' : 'sequence chunk'}
        </span>
        <Icon name="swap" />
      </button>
    </StageOf>
  );
}
