import { useEffect } from 'react';
import styles from './app.module.css';
import { CasePanel } from './case-panel/case-panel.tsx';
import { KeySheet } from './dialogs/key-sheet.tsx';
import { Palette } from './dialogs/palette.tsx';
import { DropAnywhere } from './drop/drop-anywhere.tsx';
import { ExplanationPanel } from './explanation/explanation.tsx';
import { Header } from './header.tsx';
import { NoticeBanner } from './notice/notice.tsx';
import { PlaybackBar } from './playback/playback-bar.tsx';
import { usePlaybackClock } from './playback/use-playback.ts';
import { Ribbon } from './ribbon/ribbon.tsx';
import { Stage } from './stage/stage.tsx';
import { useRankscopeStore } from './store-context.ts';
import { Timeline } from './timeline/timeline.tsx';
import { useKeys } from './use-keys.ts';

/** Case left, stage in the middle, timeline under it, the explanation right. */
export function App() {
  usePlaybackClock();
  useKeys();
  useMotionPreference();
  return (
    <div className={styles.app}>
      <Header />
      <aside className={styles.case}>
        <CasePanel />
      </aside>
      <main className={styles.stage}>
        <Ribbon />
        <Stage />
      </main>
      <section className={styles.time} aria-label="Playback">
        <Timeline />
        <PlaybackBar />
      </section>
      <aside className={styles.explanation}>
        <ExplanationPanel />
      </aside>
      <NoticeBanner />
      <DropAnywhere />
      <Palette />
      <KeySheet />
    </div>
  );
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
