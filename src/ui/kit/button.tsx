import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { classes } from './classes.ts';

/** How a button, or a link that is one, is dressed. */
export interface Dress {
  /**
   * `plain` has an edge; `tool` is plain and holds back beside a picture; `primary` is what one came for;
   * `quiet` has neither edge nor ground; `words` stands amid a text.
   */
  readonly look?: 'plain' | 'tool' | 'primary' | 'quiet' | 'words';
  /** 24, 28 or 32 pixels high; as large as a finger on a small screen. */
  readonly size?: 'small' | 'medium' | 'large';
  /** Where it stands, and what differs there. */
  readonly className?: string | undefined;
}

export type ButtonProps = Omit<ComponentProps<'button'>, 'className'> & Dress;

export function Button(props: ButtonProps) {
  const { look = 'plain', size = 'medium', type = 'button', className, ...rest } = props;
  return (
    <button
      {...rest}
      type={type}
      className={classes(styles.button, className)}
      data-look={look}
      data-size={size}
    />
  );
}

/** A button that has a sign in the place of words: `label` says them, also on hover. */
export function IconButton(
  props: Omit<ButtonProps, 'children' | 'aria-label'> & {
    readonly label: string;
    readonly children: ReactNode;
  },
) {
  const { label, look = 'quiet', title = label, children, ...rest } = props;
  return (
    <Button {...rest} look={look} title={title} aria-label={label} data-icon="">
      {children}
    </Button>
  );
}

/** A link that looks like a button, as it does what the button beside it does. */
export function ButtonLink(props: Omit<ComponentProps<'a'>, 'className'> & Dress) {
  const { look = 'plain', size = 'medium', className, children, ...rest } = props;
  return (
    <a {...rest} className={classes(styles.button, className)} data-look={look} data-size={size}>
      {children}
    </a>
  );
}
