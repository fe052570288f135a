import { type ComponentProps, type ReactNode, useId } from 'react';
import { classes } from './classes.ts';
import styles from './field.module.css';

interface Dress {
  /** 24 or 28 pixels high; as large as a finger on a small screen. */
  readonly size?: 'small' | 'medium';
  readonly className?: string | undefined;
}

/** A name and the control that it names by its id, in a line. */
export function Field(props: {
  readonly label: string;
  readonly className?: string | undefined;
  readonly children: (id: string) => ReactNode;
}) {
  const { label, className, children } = props;
  const id = useId();
  return (
    <span className={classes(styles.field, className)}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </span>
  );
}

/** A line to type in. */
export function Input(props: Omit<ComponentProps<'input'>, 'size' | 'className'> & Dress) {
  const { size = 'medium', className, ...rest } = props;
  return <input {...rest} className={classes(styles.control, className)} data-size={size} />;
}

/** One of a few, by the browser's own list. */
export function Options(props: Omit<ComponentProps<'select'>, 'size' | 'className'> & Dress) {
  const { size = 'medium', className, ...rest } = props;
  return <select {...rest} className={classes(styles.control, className)} data-size={size} />;
}
