import { useEffect } from 'react';
import { isComparing } from '../../store/comparison.ts';
import { hasPanel, highlightOf, spokenChecks } from '../../store/lesson-path.ts';
import type { RankscopeState } from '../../store/state.ts';
import { CasePanel } from '../case-panel/case-panel.tsx';
import { CaseDrawer } from '../compare/case-drawer.tsx';
import { areDoorsSeen, Doors } from '../doors/doors.tsx';
import { DropAnywhere } from '../drop/drop-anywhere.tsx';
import { Fetched, latePart } from '../fetched.tsx';
import { keepFocus } from '../focus/keep-focus.ts';
import { TermMeanings } from '../glossary/term.tsx';
import { late, useLate } from '../late.ts';
import { LateDialogs } from '../late-dialogs.tsx';
import { NoRun } from '../no-run/no-run.tsx';
import { NoticeBanner } from '../notice/notice.tsx';
import { usePlaybackClock } from '../playback/use-playback.ts';
import { EndPresenting } from '../presenting/end-presenting.tsx';
import { Pointer } from '../presenting/pointer.tsx';
import { usePresenterTalk } from '../presenting/use-presenter-talk.ts';
import { usePresenting } from '../presenting/use-presenting.ts';
import { Ribbon } from '../ribbon/ribbon.tsx';
import { SideDrawer } from '../side/side-drawer.tsx';
import { SidePanel } from '../side/side-panel.tsx';
import { Stage } from '../stage/stage.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { Under } from '../under/under.tsx';
import { useKeys } from '../use-keys.ts';
import { VerdictBand } from '../verdict-band/verdict-band.tsx';
import styles from './app.module.css';
import { Header } from './header.tsx';

const LESSONS_PLACE = latePart('The lessons are being laid out …', () =>
  import('../lessons/lessons-place.tsx').then((part) => part.LessonsPlace),
);
const LESSON_PANEL = latePart('The lesson is being opened …', () =>
  import('../lessons/lesson-panel.tsx').then((part) => part.LessonPanel),
);
const MAP_PLACE = latePart('Loading map…', () =>
  import('../map/map-place.tsx').then((part) => part.MapPlace),
);
const MUSEUM_PLACE = latePart('The museum opens …', () =>
  import('../museum/museum-place.tsx').then((part) => part.MuseumPlace),
);

const COMPARING = late(() => import('../compare/comparing.ts'));
const DIALOGS = late(() => import('./page-dialogs.tsx').then((part) => part.PageDialogs));

/** Case left, stage in the middle, timeline under it, the explanation right. */
export function App() {
  usePlaybackClock();
  useKeys();
  useEffect(() => keepFocus(document), []);
  useMotionPreference();
  usePresenting();
  usePresenterTalk();
  const place = useRankscope((state) => state.place);
  const comparing = useRankscope(isComparing);
  const compare = useLate(COMPARING, comparing);
  const doors = useRankscope(areDoorsSeen);
  const inLesson = useRankscope(({ lesson }) => lesson !== null);
  const presenting = useRankscope((state) => state.presenting);
  const parts = useRankscope(highlightedParts);
  const hasRibbon = useRankscope((state) => hasPanel(state, 'ribbon'));
  const hasTime = useRankscope((state) => hasPanel(state, 'timeline'));
  const hasSide = useRankscope((state) => hasPanel(state, 'side'));
  const checks = useRankscope(spokenChecks);
  const sideSpokenOf = inLesson && (checks !== '' || SIDE_PARTS.test(parts ?? ''));
  return (
    <div
      className={styles.app}
      data-comparing={comparing}
      data-lesson={inLesson}
      data-side={hasSide}
      data-ribbon={hasRibbon}
      data-highlight={parts}
    >
      {!presenting && <Header />}
      <div className={styles.band}>
        <VerdictBand />
      </div>
      <div className={styles.notice}>
        <NoticeBanner />
      </div>
      {place !== 'museum' && place !== 'lessons' && (
        <aside className={styles.case} aria-label={inLesson ? 'Lesson' : 'Case'}>
          {inLesson ? (
            <Fetched part={LESSON_PANEL} />
          ) : (
            <CaseDrawer>
              <CasePanel />
            </CaseDrawer>
          )}
        </aside>
      )}
      {place === 'museum' ? (
        <Fetched part={MUSEUM_PLACE} />
      ) : place === 'map' ? (
        <Fetched part={MAP_PLACE} />
      ) : place === 'lessons' ? (
        <Fetched part={LESSONS_PLACE} />
      ) : (
        <>
          <main className={styles.stage} data-doors={doors}>
            <Doors />
            <NoRun />
            {comparing ? (
              compare && <compare.CompareStage />
            ) : (
              <>
                {hasRibbon && <Ribbon />}
                <Stage />
              </>
            )}
          </main>
          {hasTime && (
            <section className={styles.time} aria-label="Playback">
              {comparing && compare && <compare.DifferenceRail />}
              <Under />
            </section>
          )}
          {hasSide && (
            <aside className={styles.explanation} aria-label="Why" data-part="side">
              {presenting || inLesson ? <SideDrawer forced={sideSpokenOf} /> : <SidePanel />}
            </aside>
          )}
        </>
      )}
      <DropAnywhere />
      <LateDialogs part={DIALOGS} />
      <TermMeanings />
      <Pointer />
      {presenting && <EndPresenting />}
    </div>
  );
}

/** What stands in the column of words: where a lesson speaks of it, it is seen. */
const SIDE_PARTS = /\b(side|condition|checks)\b/;

/** The parts of the page of which a lesson speaks, by name: "ribbon checks". */
function highlightedParts(state: RankscopeState): string | undefined {
  const parts = highlightOf(state)?.parts ?? [];
  return parts.length === 0 ? undefined : parts.join(' ');
}

/** No flight for a user who asked for none. */
function useMotionPreference(): void {
  const store = useRankscopeStore();
  useEffect(() => {
    const wish = window.matchMedia('(prefers-reduced-motion: reduce)');
    const follow = () => store.getState().setMotion(!wish.matches);
    follow();
    wish.addEventListener('change', follow);
    return () => wish.removeEventListener('change', follow);
  }, [store]);
}
