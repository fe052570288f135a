import { lazy, Suspense, useEffect } from 'react';
import { isComparing } from '../store/comparison.ts';
import styles from './app.module.css';
import { CasePanel } from './case-panel/case-panel.tsx';
import { CaseDrawer } from './compare/case-drawer.tsx';
import { CompareDialog } from './compare/compare-dialog.tsx';
import { CompareStage } from './compare/compare-stage.tsx';
import { DifferenceRail } from './compare/difference-rail.tsx';
import { KeySheet } from './dialogs/key-sheet.tsx';
import { Palette } from './dialogs/palette.tsx';
import { Doors } from './doors/doors.tsx';
import { DropAnywhere } from './drop/drop-anywhere.tsx';
import { GlossaryDialog } from './glossary/glossary-dialog.tsx';
import { TermMeanings } from './glossary/term.tsx';
import { Header } from './header.tsx';
import { NoticeBanner } from './notice/notice.tsx';
import { usePlaybackClock } from './playback/use-playback.ts';
import { Ribbon } from './ribbon/ribbon.tsx';
import { SidePanel } from './side/side-panel.tsx';
import { Stage } from './stage/stage.tsx';
import { useRankscope, useRankscopeStore } from './store-context.ts';
import { Under } from './under/under.tsx';
import { useKeys } from './use-keys.ts';

/** Loaded when they are first asked for. */
const MapPlace = lazy(() => import('./map/map-place.tsx'));
const MuseumPlace = lazy(() => import('./museum/museum-place.tsx'));

/** Case left, stage in the middle, timeline under it, the explanation right. */
export function App() {
  usePlaybackClock();
  useKeys();
  useMotionPreference();
  const place = useRankscope((state) => state.place);
  const comparing = useRankscope(isComparing);
  const doors = useRankscope((state) => state.doors);
  return (
    <div className={styles.app} data-comparing={comparing}>
      <Header />
      {place !== 'museum' && (
        <aside className={styles.case}>
          <CaseDrawer>
            <CasePanel />
          </CaseDrawer>
        </aside>
      )}
      {place === 'museum' ? (
        <Suspense fallback={<p className={styles.loading}>The museum opens …</p>}>
          <MuseumPlace />
        </Suspense>
      ) : place === 'map' ? (
        <Suspense fallback={<p className={styles.loading}>The map is being unfolded …</p>}>
          <MapPlace />
        </Suspense>
      ) : (
        <>
          <main className={styles.stage} data-doors={doors}>
            <Doors />
            {comparing ? (
              <CompareStage />
            ) : (
              <>
                <Ribbon />
                <Stage />
              </>
            )}
          </main>
          <section className={styles.time} aria-label="Playback">
            {comparing && <DifferenceRail />}
            <Under />
          </section>
          <aside className={styles.explanation}>
            <SidePanel />
          </aside>
        </>
      )}
      <NoticeBanner />
      <DropAnywhere />
      <Palette />
      <CompareDialog />
      <KeySheet />
      <GlossaryDialog />
      <TermMeanings />
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
