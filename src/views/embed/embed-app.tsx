import { useEffect } from 'react';
import { perform } from '../../actions/action.ts';
import { actionOf, KEYS_OF_EMBEDS } from '../../actions/index.ts';
import { wayOn } from '../../actions/lesson-actions.ts';
import type { Embed } from '../../case-text/link-hash.ts';
import { hasPanel } from '../../store/lesson-path.ts';
import { pageAddress } from '../../store/link/address.ts';
import { printFramed } from '../../store/link/lesson-link.ts';
import { isJudged } from '../../store/shown.ts';
import { caseText } from '../../store/shown-text.ts';
import { areAllAlike } from '../../trace/alike.ts';
import { GlossaryDialog } from '../dialogs/glossary-dialog.tsx';
import { Fetched, latePart } from '../fetched.tsx';
import { keepFocus } from '../focus/keep-focus.ts';
import { TermMeanings } from '../glossary/term.tsx';
import { NoRun } from '../no-run/no-run.tsx';
import { NoticeBanner } from '../notice/notice.tsx';
import { usePlaybackClock } from '../playback/use-playback.ts';
import { SideDrawer } from '../side/side-drawer.tsx';
import { Stage } from '../stage/stage.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { useKeys } from '../use-keys.ts';
import { VerdictBadge } from '../verdict.tsx';
import { Sentence } from '../verdict-band/sentence.tsx';
import styles from './embed.module.css';

const FRAMED_LESSON = latePart('The lesson opens …', () =>
  import('../lessons/lesson-panel.tsx').then((part) => part.FramedLesson),
);

/**
 * The page inside of another: the stage, the timeline or both, and a line of what they show; of a
 * lesson its words and questions too, so that it can be followed there.
 */
export function EmbedApp({ embed }: { readonly embed: Embed }) {
  usePlaybackClock();
  useKeys(KEYS_OF_EMBEDS);
  useEffect(() => keepFocus(document), []);
  const inLesson = useRankscope(({ lesson }) => lesson !== null);
  // The timeline alone is what such a frame is for.
  const hasTime = useRankscope((state) => hasPanel(state, 'timeline')) || embed === 'timeline';
  const folded = useRankscope(({ shown }) => shown !== null && areAllAlike(shown.trace));
  return (
    <div
      className={styles.embed}
      data-embed={embed === 'both' && !hasTime ? 'stage' : embed}
      data-lesson={inLesson}
      data-folded={folded}
    >
      <div className={styles.head}>
        <Line />
        <Why />
        <NoticeBanner />
      </div>
      {inLesson && (
        <aside className={styles.lesson}>
          <Fetched part={FRAMED_LESSON} />
        </aside>
      )}
      {embed !== 'timeline' && (
        <main className={styles.stage}>
          <NoRun />
          <Stage />
        </main>
      )}
      {embed !== 'stage' && hasTime && (
        <section className={styles.time} aria-label="Playback">
          <Timeline folds />
        </section>
      )}
      {!inLesson && embed !== 'timeline' && (
        <aside className={styles.side} aria-label="Why">
          <SideDrawer />
        </aside>
      )}
      <GlossaryDialog />
      <TermMeanings />
    </div>
  );
}

/** Why it came out so, in a sentence; a lesson's own words say what is to be said. */
function Why() {
  const shown = useRankscope((state) => (state.lesson === null ? state.shown : null));
  return shown !== null && isJudged(shown) ? <Sentence shown={shown} /> : null;
}

function Line() {
  const store = useRankscopeStore();
  const shown = useRankscope((state) => state.shown);
  const playing = useRankscope((state) => state.direction !== 0);
  const link = useRankscope(printFramed);
  const way = useRankscope(wayOn);
  return (
    <header className={styles.line}>
      {/* Where a lesson is followed, its own button goes on. */}
      {way === null && (
        <button
          type="button"
          className={styles.play}
          data-testid="play"
          onClick={() => perform(actionOf('play'), store)}
        >
          {playing ? 'Pause' : 'Play'}
        </button>
      )}
      {shown !== null && (
        <>
          <p className={styles.case}>{caseText(shown.case)}</p>
          <VerdictBadge shown={shown} testId="verdict" />
        </>
      )}
      <a
        className={styles.open}
        href={pageAddress(link)}
        target="_blank"
        rel="noreferrer"
        data-testid="open-in-rankscope"
      >
        open in Rankscope
      </a>
    </header>
  );
}
