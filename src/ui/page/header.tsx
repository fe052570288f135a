import type { Place } from '../../store/view.ts';
import { perform } from '../actions/action.ts';
import { actionOf } from '../actions/index.ts';
import { Keys } from '../dialogs/keys.tsx';
import { focusOn } from '../focus/focus-on.ts';
import { Button } from '../kit/button.tsx';
import { ShareBar } from '../share/share-bar.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { CaseLine } from '../verdict-band/case-line.tsx';
import styles from './header.module.css';

const PLACE_TITLES: readonly { readonly place: Place; readonly title: string }[] = [
  { place: 'stage', title: 'Stage' },
  { place: 'map', title: 'Map' },
  { place: 'museum', title: 'Museum' },
  { place: 'lessons', title: 'Lessons' },
];

/** The case in a line, its verdict, and what can be done with them. */
export function Header() {
  const store = useRankscopeStore();
  const place = useRankscope((state) => state.place);
  return (
    <header className={styles.header}>
      <SkipLink />
      <p className={styles.logo}>
        Rank<span>scope</span>
      </p>
      <nav className={styles.places} aria-label="Places">
        {PLACE_TITLES.map(({ place: one, title: name }) => (
          <button
            key={one}
            type="button"
            aria-current={one === place ? 'page' : undefined}
            data-testid={`place-${one}`}
            onClick={() => store.getState().look({ place: one })}
          >
            {name}
          </button>
        ))}
      </nav>
      <CaseLine />
      <Button
        className={styles.button}
        size="large"
        data-wide="true"
        data-testid="open-compare"
        onClick={() => perform(actionOf('compare'), store)}
      >
        Compare
      </Button>
      <ShareBar />
      <Button
        className={styles.button}
        size="large"
        data-testid="open-palette"
        onClick={() => perform(actionOf('palette'), store)}
      >
        Actions <Keys chords={actionOf('palette').keys ?? []} />
      </Button>
    </header>
  );
}

/** Past the header and the case, to what the page is about: the first stop of the Tab key. */
function SkipLink() {
  return (
    <button
      type="button"
      className={styles.skip}
      data-testid="skip"
      onClick={() => focusOn(document.querySelector('main'))}
    >
      Skip to the main content
    </button>
  );
}
