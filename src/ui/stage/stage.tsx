import { useMemo } from 'react';
import { sourceOf } from '../../draw/stage/source.ts';
import type { Picture } from '../../store/view.ts';
import { perform } from '../actions/action.ts';
import { actionOf } from '../actions/index.ts';
import { Icon } from '../icon.tsx';
import { Joined } from '../joined.tsx';
import { Button } from '../kit/button.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './stage.module.css';
import { StageOf } from './stage-of.tsx';

const PICTURES: readonly {
  readonly picture: Picture;
  readonly title: string;
  readonly means: string;
}[] = [
  {
    picture: 'heads',
    title: 'heads × sequence',
    means: 'What each rank holds: heads from left to right, tokens from top to bottom',
  },
  {
    picture: 'memory',
    title: 'memory strip',
    means: 'What each rank holds, in the order in which memory has it',
  },
];

/** The ranks of the run that the page shows, and what each holds. */
export function Stage() {
  const store = useRankscopeStore();
  const source = useMemo(() => sourceOf(store), [store]);
  const shown = useRankscope((state) => state.picture);
  const colourBy = useRankscope((state) => state.colourBy);
  return (
    <StageOf source={source} label="What each rank holds" testId="stage">
      <Joined legend="Picture" part="picture">
        {PICTURES.map(({ picture, title, means }) => (
          <Button
            look="tool"
            size="small"
            key={picture}
            aria-pressed={picture === shown}
            data-testid={`picture-${picture}`}
            title={`${means} (M)`}
            onClick={() => {
              if (picture !== shown) perform(actionOf('swap-picture'), store);
            }}
          >
            {title}
          </Button>
        ))}
      </Joined>
      <Button
        className={styles.swap}
        look="tool"
        size="small"
        aria-pressed={colourBy === 'chunk'}
        data-part="colour"
        data-testid="colour-by"
        title="The hue of an element is one of two: the rank that owns its head between the passes, or the sequence chunk that it comes from. The hatch is the other. Swap them (H)"
        onClick={() => perform(actionOf('swap-hue'), store)}
      >
        hue
        <span className={styles.wide}>
          : {colourBy === 'head' ? 'head’s rank' : 'sequence chunk'}
        </span>
        <Icon name="swap" />
      </Button>
    </StageOf>
  );
}
