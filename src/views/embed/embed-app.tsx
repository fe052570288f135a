import { perform } from '../../actions/action.ts';
import { actionOf, KEYS_OF_EMBEDS } from '../../actions/index.ts';
import { pageAddress } from '../../store/address.ts';
import type { Embed } from '../../store/link/embed.ts';
import { printLink } from '../../store/link/link.ts';
import { caseText } from '../../store/shown-text.ts';
import { GlossaryDialog } from '../glossary/glossary-dialog.tsx';
import { TermMeanings } from '../glossary/term.tsx';
import { NoRun } from '../no-run/no-run.tsx';
import { NoticeBanner } from '../notice/notice.tsx';
import { usePlaybackClock } from '../playback/use-playback.ts';
import { Stage } from '../stage/stage.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { useKeys } from '../use-keys.ts';
import { VerdictBadge } from '../verdict.tsx';
import styles from './embed.module.css';

/** The page inside of another: the stage, the timeline or both, and a line of what they show. */
export function EmbedApp({ embed }: { readonly embed: Embed }) {
  usePlaybackClock();
  useKeys(KEYS_OF_EMBEDS);
  return (
    <div className={styles.embed} data-embed={embed}>
      <Line />
      {embed !== 'timeline' && (
        <main className={styles.stage}>
          <NoRun />
          <Stage />
        </main>
      )}
      {embed !== 'stage' && (
        <section className={styles.time} aria-label="Playback">
          <Timeline />
        </section>
      )}
      <NoticeBanner />
      <GlossaryDialog />
      <TermMeanings />
    </div>
  );
}

function Line() {
  const store = useRankscopeStore();
  const shown = useRankscope((state) => state.shown);
  const playing = useRankscope((state) => state.direction !== 0);
  const link = useRankscope(printLink);
  return (
    <header className={styles.line}>
      <button
        type="button"
        className={styles.play}
        data-testid="play"
        onClick={() => perform(actionOf('play'), store)}
      >
        {playing ? 'Pause' : 'Play'}
      </button>
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
