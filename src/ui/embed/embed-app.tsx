import { useEffect } from 'react';
import type { Embed } from '../../core/case-text/link-hash.ts';
import { caseText } from '../../store/case-line.ts';
import { hasPanel } from '../../store/lesson-path.ts';
import { pageAddress } from '../../store/link/address.ts';
import { printFramed } from '../../store/link/lesson-link.ts';
import { printAddress } from '../../store/link/link.ts';
import { areAllAlike } from '../../trace/alike.ts';
import { perform } from '../actions/action.ts';
import { actionOf, KEYS_OF_EMBEDS } from '../actions/index.ts';
import { wayOn } from '../actions/lesson-actions.ts';
import { fixOf, PAGE_RUN } from '../actions/run-ref.ts';
import { Fetched, latePart } from '../fetched.tsx';
import { keepFocus } from '../focus/keep-focus.ts';
import { TermMeanings } from '../glossary/term.tsx';
import { Button } from '../kit/button.tsx';
import { late } from '../late.ts';
import { LateDialogs } from '../late-dialogs.tsx';
import { NoRun } from '../no-run/no-run.tsx';
import { NoticeBanner } from '../notice/notice.tsx';
import { usePlaybackClock } from '../playback/use-playback.ts';
import { SideDrawer } from '../side/side-drawer.tsx';
import { Stage } from '../stage/stage.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { useKeys } from '../use-keys.ts';
import { BarButton, BarLink } from '../verdict-band/action-bar.tsx';
import { RunBand } from '../verdict-band/run-band.tsx';
import styles from './embed.module.css';

const FRAMED_LESSON = latePart('The lesson opens …', () =>
  import('../lessons/lesson-panel.tsx').then((part) => part.FramedLesson),
);

const GLOSSARY = late(() =>
  import('../dialogs/glossary-dialog.tsx').then((part) => part.GlossaryDialog),
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
        <Band />
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
      <LateDialogs part={GLOSSARY} />
      <TermMeanings />
    </div>
  );
}

/** The band of the run, with what a frame needs of the page around it: playing, and the way there. */
function Band() {
  const shown = useRankscope((state) => state.shown);
  const status = useRankscope((state) => state.status);
  if (shown === null) return <Play />;
  return (
    <RunBand
      run={PAGE_RUN}
      shown={shown}
      status={status}
      form="compact"
      label="Verdict"
      testIds={['verdict-band', 'verdict']}
      lead={<Play />}
      trail={
        <>
          <p className={styles.case}>{caseText(shown.case)}</p>
          <OpenInRankscope />
        </>
      }
      compare={
        <>
          <CompareInRankscope />
          <Undo />
        </>
      }
    />
  );
}

/** Where a lesson is followed, its own button goes on. */
function Play() {
  const store = useRankscopeStore();
  const playing = useRankscope((state) => state.direction !== 0);
  const inLesson = useRankscope((state) => wayOn(state) !== null);
  if (inLesson) return null;
  return (
    <Button
      className={styles.play}
      size="small"
      data-testid="play"
      onClick={() => perform(actionOf('play'), store)}
    >
      {playing ? 'Pause' : 'Play'}
    </Button>
  );
}

function OpenInRankscope() {
  const link = useRankscope(printFramed);
  return (
    <a
      className={styles.open}
      href={pageAddress(link)}
      target="_blank"
      rel="noreferrer"
      data-testid="open-in-rankscope"
    >
      open in Rankscope
    </a>
  );
}

/** A frame has no room for two stages: they open on the page, in a tab of its own. */
function CompareInRankscope() {
  const link = useRankscope((state) => {
    const fix = fixOf(state, PAGE_RUN);
    return fix && printAddress({ ...state, place: 'stage', partner: { case: fix.case } });
  });
  if (link === null) return null;
  return (
    <BarLink href={pageAddress(link)} testId="compare-with-it">
      Compare with the fix
    </BarLink>
  );
}

/** The way back from a fix, or from whatever else was opened here. */
function Undo() {
  const undo = actionOf('undo');
  const able = useRankscope((state) => undo.enabled?.(state) !== false);
  if (!able) return null;
  return (
    <BarButton action={undo} testId="undo" title={undo.title}>
      Undo
    </BarButton>
  );
}
