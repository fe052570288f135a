import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import styles from './glossary.module.css';

/** A word and the tip that tells it. */
export function Tip(props: {
  readonly trigger: ReactElement;
  readonly name: string;
  readonly meaning: string;
  readonly side: 'top' | 'bottom';
}) {
  const { trigger, name, meaning, side } = props;
  return (
    <Tooltip.Root>
      <Tooltip.Trigger delay={250} render={trigger} />
      <Tooltip.Portal>
        <Tooltip.Positioner className={styles.positioner} side={side} sideOffset={6}>
          <Tooltip.Popup className={styles.tip} data-testid="term-tip">
            <strong>{name}</strong> {meaning}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
