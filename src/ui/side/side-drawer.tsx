import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { OPEN_DRAWER } from './open-drawer.ts';
import styles from './side-panel.module.css';
import { SidePanel } from './side-panel.tsx';

/**
 * The side panel as a drawer, where the stage needs the room: a strip that opens it, or the panel
 * itself. `forced` keeps it open, as where a lesson speaks of it.
 */
export function SideDrawer({ forced = false }: { readonly forced?: boolean }) {
  const store = useRankscopeStore();
  const wanted = useRankscope((state) => state.drawer);
  const inLesson = useRankscope(({ lesson }) => lesson !== null);
  const open = wanted || forced;
  return (
    <div className={styles.drawer} data-open={open} data-forced={forced} data-testid="drawer">
      <button
        type="button"
        className={styles.strip}
        aria-expanded={open}
        title="Show the explanation (O)"
        id={OPEN_DRAWER}
        data-testid="open-drawer"
        onClick={() => store.getState().look({ drawer: true })}
      >
        <span>Why · Inspector</span>
      </button>
      {(open || inLesson) && (
        <div className={styles.within} hidden={!open}>
          <SidePanel />
        </div>
      )}
    </div>
  );
}
