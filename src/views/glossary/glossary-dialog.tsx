import { Dialog } from '@base-ui/react/dialog';
import { ScrollArea } from '@base-ui/react/scroll-area';
import { GLOSSARY } from '../../glossary/terms.ts';
import dialogs from '../dialogs/dialogs.module.css';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './glossary.module.css';

/** All words in one place, where the browser's own search finds them. */
export function GlossaryDialog() {
  const store = useRankscopeStore();
  const open = useRankscope(({ dialog }) => dialog === 'glossary');
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => !next && store.getState().look({ dialog: null })}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={dialogs.backdrop} />
        <Dialog.Viewport className={dialogs.viewport}>
          <Dialog.Popup className={dialogs.sheet} data-testid="glossary">
            <header className={dialogs.sheetHead}>
              <Dialog.Title className={dialogs.title}>Glossary</Dialog.Title>
              <Dialog.Close className={dialogs.close} aria-label="Close">
                ✕
              </Dialog.Close>
            </header>
            <ScrollArea.Root className={dialogs.scroll}>
              <ScrollArea.Viewport className={styles.terms}>
                <dl>
                  {GLOSSARY.map(({ id, term, meaning }) => (
                    <div key={id}>
                      <dt>{term}</dt>
                      <dd>{meaning}</dd>
                    </div>
                  ))}
                </dl>
              </ScrollArea.Viewport>
            </ScrollArea.Root>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
