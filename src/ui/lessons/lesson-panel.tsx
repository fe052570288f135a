import { useEffect, useMemo, useRef, useState } from 'react';
import { isOnPath, openQuestion, stepOf } from '../../store/lesson-path.ts';
import type { LessonUnderWay } from '../../store/state.ts';
import { perform } from '../actions/action.ts';
import { actionOf } from '../actions/index.ts';
import { goOnWithLesson } from '../actions/lesson-actions.ts';
import { CasePanel } from '../case-panel/case-panel.tsx';
import { Button, IconButton } from '../kit/button.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import { glossStep } from './gloss-step.ts';
import styles from './lesson-panel.module.css';
import { Markdown } from './markdown.tsx';
import { LessonQuestion } from './question.tsx';

/** The lesson that is followed, in the place of the case, which stays within reach. */
export function LessonPanel() {
  return <Panel hasCase />;
}

/** The same in another page, which has no place for the case. */
export function FramedLesson() {
  return <Panel hasCase={false} />;
}

function Panel({ hasCase }: { readonly hasCase: boolean }) {
  const underWay = useRankscope((state) => state.lesson);
  // Whoever comes to a step, back to it or to its answer finds its words.
  const [caseShownIn, showCaseIn] = useState<number | null>(null);
  if (underWay === null) return null;
  const { move } = underWay;
  const showsCase = caseShownIn === move;
  return (
    <section className={styles.panel} aria-label="Lesson" data-testid="lesson">
      <Head underWay={underWay} />
      {showsCase ? (
        <div className={styles.case}>
          <CasePanel />
        </div>
      ) : (
        <Words key={`${underWay.lesson.id} ${underWay.step}`} underWay={underWay} />
      )}
      <Foot
        underWay={underWay}
        showsCase={showsCase}
        onCase={hasCase ? () => showCaseIn(showsCase ? null : move) : null}
      />
    </section>
  );
}

function Head({ underWay: { lesson, step } }: { readonly underWay: LessonUnderWay }) {
  const store = useRankscopeStore();
  const reached = useRankscope(({ progress }) => progress[lesson.id]?.reached ?? step);
  return (
    <header className={styles.head}>
      <p className={styles.title}>{lesson.title}</p>
      <p className={styles.count}>
        <span className="visually-hidden">step </span>
        {step + 1}
        <span aria-hidden="true"> / </span>
        <span className="visually-hidden"> of </span>
        {lesson.steps.length}
      </p>
      <IconButton
        label="Leave the lesson"
        size="small"
        data-testid="lesson-leave"
        onClick={() => perform(actionOf('lesson-leave'), store)}
      >
        ✕
      </IconButton>
      <ol className={styles.dots} aria-label="Steps">
        {lesson.steps.map(({ title }, index) => (
          <li key={title}>
            <button
              type="button"
              aria-label={`Step ${index + 1}: ${title}`}
              title={title}
              aria-current={index === step ? 'step' : undefined}
              data-reached={index <= reached}
              onClick={() => void store.getState().startLesson(lesson, index)}
            />
          </li>
        ))}
      </ol>
    </header>
  );
}

function Words({ underWay }: { readonly underWay: LessonUnderWay }) {
  const step = stepOf(underWay);
  const glossed = useMemo(() => glossStep(step), [step]);
  const title = useRef<HTMLHeadingElement>(null);
  // A reader hears the new step; keys stay with the page, as nothing that takes them has the focus. A
  // frame takes no focus from the page around it.
  useEffect(() => {
    if (window.parent === window || document.hasFocus()) {
      title.current?.focus({ preventScroll: true });
    }
  }, []);
  return (
    <div className={styles.words}>
      <div className={styles.reading}>
        <h2 ref={title} tabIndex={-1} className={styles.step} data-testid="lesson-step">
          {step.title}
        </h2>
        <div className={styles.text}>
          <Markdown nodes={step.text} glossed={glossed.words} />
        </div>
      </div>
      {step.ask !== null && (
        <LessonQuestion underWay={underWay} question={step.ask} glossed={glossed} />
      )}
    </div>
  );
}

function Foot(props: {
  readonly underWay: LessonUnderWay;
  readonly showsCase: boolean;
  readonly onCase: (() => void) | null;
}) {
  const { lesson, step } = props.underWay;
  const store = useRankscopeStore();
  const onPath = useRankscope(isOnPath);
  const asks = useRankscope((state) => openQuestion(state) !== null);
  const last = step === lesson.steps.length - 1;
  return (
    <footer className={styles.foot}>
      {props.onCase !== null && (
        <Button
          className={styles.button}
          size="large"
          aria-pressed={props.showsCase}
          data-testid="lesson-case"
          onClick={props.onCase}
        >
          {props.showsCase ? 'Back to the text' : 'Case'}
        </Button>
      )}
      <Button
        className={styles.button}
        size="large"
        disabled={step === 0}
        data-testid="lesson-back"
        onClick={() => perform(actionOf('lesson-back'), store)}
      >
        Back
      </Button>
      {onPath ? (
        <Button
          className={styles.on}
          size="large"
          look={asks ? 'plain' : 'primary'}
          data-testid="lesson-next"
          onClick={() => goOnWithLesson(store)}
        >
          {asks ? 'Show me' : last ? 'Finish' : 'Next'} <kbd>Space</kbd>
        </Button>
      ) : (
        <Button
          className={styles.on}
          size="large"
          look="primary"
          title="What you changed can be undone (Ctrl Z)"
          data-testid="lesson-return"
          onClick={() => perform(actionOf('lesson-return'), store)}
        >
          Return to the lesson <kbd>B</kbd>
        </Button>
      )}
    </footer>
  );
}
