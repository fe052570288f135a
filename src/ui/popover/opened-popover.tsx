import { Popover as Base } from '@base-ui/react/popover';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { classes } from '../kit/classes.ts';
import styles from './popover.module.css';

type Place = Pick<ComponentProps<typeof Base.Positioner>, 'side' | 'align'>;

/** The button of a popover, and what it opens. */
export function OpenedPopover(
  props: Place & {
    readonly trigger: ReactElement;
    readonly title: string;
    readonly className?: string | undefined;
    readonly defaultOpen: boolean;
    readonly children: ReactNode;
  },
) {
  const { trigger, title, className, defaultOpen, children, ...place } = props;
  return (
    <Base.Root defaultOpen={defaultOpen}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner {...place} sideOffset={6} className={styles.positioner}>
          <Base.Popup className={classes(styles.popup, className)}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
