import { Component, type ReactNode } from 'react';
import { failureText } from '../store/tell-failures.ts';
import styles from './guarded.module.css';
import { Button } from './kit/button.tsx';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly failure: string | null;
}

/** A part of the page that, should it fail, says so in its place and leaves the rest alone. */
export class Guarded extends Component<Props, State> {
  override state: State = { failure: null };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: failureText(error) };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    return (
      <section className={styles.failed} role="alert" data-testid="failed">
        <p>
          <span aria-hidden="true">✕ </span>
          {failure}
        </p>
        <p>The address keeps the case and the moment: nothing of them is lost.</p>
        <Button size="large" onClick={() => window.location.reload()}>
          Reload the page
        </Button>
      </section>
    );
  }
}
