import { type ComponentProps, cloneElement, type ReactElement, type ReactNode } from 'react';
import { late, useOpener } from '../late.ts';
import type { OpenedPopover } from './opened-popover.tsx';

const OPENED = late(() => import('./opened-popover.tsx').then((part) => part.OpenedPopover));

type Place = Pick<ComponentProps<typeof OpenedPopover>, 'side' | 'align'>;

/** Words that come over the page by a press of a button, and leave it again. */
export function Popover(
  props: Place & {
    /** The button. */
    readonly trigger: ReactElement<ComponentProps<'button'>>;
    readonly title: string;
    readonly className?: string | undefined;
    readonly children: ReactNode;
  },
) {
  const { trigger, ...rest } = props;
  const { found: Opened, pressed, button, press } = useOpener(OPENED);
  if (Opened === null) {
    const resting = { 'aria-haspopup': 'dialog', 'aria-expanded': false } as const;
    return cloneElement(trigger, { ...resting, ref: button, onClick: press });
  }
  return (
    <Opened {...rest} trigger={cloneElement(trigger, { ref: button })} defaultOpen={pressed} />
  );
}
