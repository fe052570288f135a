import { useEffect, useRef, useState } from 'react';
import { assert } from '../../base/assert.ts';
import type { BrokenCase } from '../../content/museum/exhibit.ts';
import { callTitle } from '../../core/contract/call-title.ts';
import { momentsOf } from '../../trace/moment.ts';
import { useRankscopeStore } from '../store-context.ts';
import { drawPicture } from './draw-picture.ts';
import styles from './museum.module.css';
import { type Telling, tellingOf } from './telling.ts';
import { useNear } from './use-near.ts';

type Drawn =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'told'; readonly of: BrokenCase; readonly telling: Telling }
  | { readonly kind: 'failed'; readonly message: string };

/** What the ranks of a broken case hold at the moment that tells it: run once it comes near. */
export function ExhibitPicture({ broken }: { readonly broken: BrokenCase }) {
  const frame = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useDrawn(broken, useNear(frame));
  const telling = drawn.kind === 'told' ? drawn.telling : null;

  useEffect(() => {
    if (telling === null || canvas.current === null) return;
    return keepDrawn(canvas.current, telling);
  }, [telling]);

  return (
    <figure
      ref={frame}
      className={styles.figure}
      data-drawn={drawn.kind === 'told' && drawn.of === broken}
      data-testid="picture"
    >
      <div className={styles.canvas}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={
            telling === null ? 'Not drawn yet' : `What each rank holds in ${when(telling)}`
          }
        />
        {drawn.kind === 'waiting' && <p className={styles.pending}>The ranks are running …</p>}
        {drawn.kind === 'failed' && (
          <p className={styles.pending} role="alert">
            ✕ This picture could not be drawn: {drawn.message}
          </p>
        )}
      </div>
      <figcaption>{telling !== null && <Caption telling={telling} />}</figcaption>
    </figure>
  );
}

function Caption({ telling }: { readonly telling: Telling }) {
  return (
    <>
      <strong>{when(telling)}</strong> · {telling.evidence.text}
    </>
  );
}

/** "forward: pass 2 of o" */
function when({ trace, tick }: Telling): string {
  const moment = momentsOf(trace)[tick];
  assert(moment !== undefined, 'the moment is one of the trace');
  return callTitle(trace.recording.contract.calls, moment.call);
}

/** Runs the case off the screen; what was drawn before stays until the next is there. */
function useDrawn(broken: BrokenCase, near: boolean): Drawn {
  const store = useRankscopeStore();
  const [drawn, setDrawn] = useState<Drawn>({ kind: 'waiting' });
  useEffect(() => {
    if (!near) return;
    const mine = new AbortController();
    const run = async () => {
      try {
        const recorded = await store.getState().record(broken.case, mine.signal);
        if (recorded === null || mine.signal.aborted) return;
        setDrawn({ kind: 'told', of: broken, telling: tellingOf(broken, recorded) });
      } catch (error) {
        setDrawn({ kind: 'failed', message: error instanceof Error ? error.message : `${error}` });
      }
    };
    void run();
    return () => mine.abort();
  }, [store, broken, near]);
  return drawn;
}

/** Draws now and whenever the canvas has another size or the page other colours. */
function keepDrawn(canvas: HTMLCanvasElement, telling: Telling): () => void {
  const scheme = window.matchMedia('(prefers-color-scheme: dark)');
  const draw = () => {
    const { width, height } = canvas.getBoundingClientRect();
    if (width > 0)
      drawPicture(canvas, telling, { width, height }, scheme.matches ? 'dark' : 'light');
  };
  const observer = new ResizeObserver(draw);
  observer.observe(canvas);
  scheme.addEventListener('change', draw);
  return () => {
    observer.disconnect();
    scheme.removeEventListener('change', draw);
  };
}
