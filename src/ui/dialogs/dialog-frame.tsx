import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { Dialog as DialogName } from '../../store/view.ts';
import { focusOn } from '../focus/focus-on.ts';
import { Dialog } from '../kit/dialog.tsx';
import { NoticeBanner } from '../notice/notice.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';

/** What every dialog of the page stands in, for as long as the one of its name is open. */
export function DialogFrame(props: {
  readonly name: DialogName;
  readonly className: string | undefined;
  /** Its name, where no `DialogHead` says it. */
  readonly title?: string;
  readonly testId: string;
  readonly children: ReactNode;
}) {
  const { name, className, title, testId, children } = props;
  const store = useRankscopeStore();
  const open = useRankscope(({ dialog }) => dialog === name);
  const before = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (open) before.current = document.activeElement;
  }, [open]);
  // A region takes the focus back itself: Base UI would hand it to the first button inside.
  const giveBack = () => {
    const region = before.current;
    if (!(region instanceof HTMLElement) || !region.isConnected) return true;
    if (region === document.body || region.tabIndex >= 0) return true;
    queueMicrotask(() => focusOn(region));
    return false;
  };
  return (
    <Dialog
      open={open}
      onClose={() => store.getState().look({ dialog: null })}
      giveBack={giveBack}
      title={title}
      // What is said while a dialog is open is said in it: the page behind is not read.
      banner={<NoticeBanner inside={name} />}
      className={className}
      testId={testId}
    >
      {children}
    </Dialog>
  );
}
