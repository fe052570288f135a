import { useEffect, useRef, useState } from 'react';
import {
  channelName,
  type PageSays,
  type PresenterSays,
  type Told,
  type ToldLesson,
} from '../../store/presenter-talk.ts';
import { Meanings } from '../glossary/meanings.tsx';
import { Button } from '../kit/button.tsx';
import { Clock } from './clock.tsx';
import styles from './presenter-window.module.css';

/** The window that only the presenter sees: notes, the next step, the time, and the way on and back. */
export function PresenterWindow({ name }: { readonly name: string }) {
  const [told, setTold] = useState<Told | null>(null);
  const channel = useRef<BroadcastChannel>(null);
  const say = (says: PresenterSays) => channel.current?.postMessage(says);
  const go = (by: 1 | -1) => say({ kind: 'go', by });

  useEffect(() => {
    const opened = new BroadcastChannel(channelName(name));
    channel.current = opened;
    opened.addEventListener('message', ({ data }: MessageEvent<PageSays>) => setTold(data.told));
    const hello: PresenterSays = { kind: 'hello' };
    opened.postMessage(hello);
    return () => opened.close();
  }, [name]);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const by = WAYS[event.key];
      const onButton = event.target instanceof HTMLButtonElement && event.key === ' ';
      if (by === undefined || onButton) return;
      event.preventDefault();
      const says: PresenterSays = { kind: 'go', by };
      channel.current?.postMessage(says);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);

  return (
    <main className={styles.window} data-testid="presenter">
      <header className={styles.head}>
        <h1>Rankscope, for the presenter</h1>
        <Clock />
      </header>
      {told === null ? (
        <p className={styles.waiting} role="status">
          Waiting for the page that opened this window. It shows what is on that page’s screen, the
          notes and the next step; the audience does not see it.
        </p>
      ) : (
        <>
          <p className={styles.run}>{told.run}</p>
          <Notes lesson={told.lesson} />
        </>
      )}
      <footer className={styles.ways}>
        <Button
          className={styles.way}
          disabled={told === null}
          onClick={() => go(-1)}
          data-testid="presenter-back"
        >
          ← Back
        </Button>
        <Button
          className={styles.way}
          look="primary"
          disabled={told === null}
          onClick={() => go(1)}
          data-testid="presenter-on"
        >
          On →
        </Button>
      </footer>
    </main>
  );
}

/** Keys of a presenter’s remote, and of a hand on the keyboard. */
const WAYS: Readonly<Record<string, 1 | -1>> = {
  ' ': 1,
  PageDown: 1,
  '.': 1,
  ArrowRight: 1,
  PageUp: -1,
  ArrowLeft: -1,
};

function Notes({ lesson }: { readonly lesson: ToldLesson | null }) {
  if (lesson === null) {
    return <p className={styles.notes}>No lesson is followed: on and back go by operations.</p>;
  }
  const { title, step, steps, stepTitle, notes, question, next } = lesson;
  return (
    <>
      <section className={styles.now} aria-label="Now">
        <p className={styles.where}>
          {title} · step {step} of {steps}
        </p>
        <h2 data-testid="presenter-step">{stepTitle}</h2>
        {question !== null && <p className={styles.question}>? {question}</p>}
        <p className={styles.notes} data-testid="presenter-notes">
          {notes ?? 'No notes for this step.'}
        </p>
        <Meanings
          of={[stepTitle, question ?? '', notes ?? '']}
          className={styles.meanings}
          testId="presenter-words"
        />
      </section>
      <section className={styles.next} aria-label="Next">
        <p className={styles.where}>next</p>
        <h2>{next?.title ?? 'The end of the lesson'}</h2>
        {next?.notes != null && <p>{next.notes}</p>}
      </section>
    </>
  );
}
