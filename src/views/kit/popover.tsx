import { Popover as Base } from '@base-ui/react/popover';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './popover.module.css';

type Place = Pick<ComponentProps<typeof Base.Positioner>, 'side' | 'align'>;

/** Words that come over the page by a press of a button, and leave it again. */
export function Popover(
  props: Place & {
    /** The button. */
    readonly trigger: ReactElement;
    readonly title: string;
    readonly className?: string | undefined;
    readonly children: ReactNode;
  },
) {
  const { trigger, title, className, children, ...place } = props;
  return (
    <Base.Root>
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
