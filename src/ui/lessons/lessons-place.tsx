import { at } from '../../base/assert.ts';
import { glossed, type Piece } from '../../content/glossary/glossed.ts';
import { LESSONS } from '../../content/lessons/built-in.ts';
import type { Lesson } from '../../content/lessons/lesson.ts';
import type { LessonProgress, Progress } from '../../content/lessons/progress.ts';
import { perform } from '../actions/action.ts';
import { actionOf } from '../actions/index.ts';
import { GlossedText } from '../glossary/glossed-text.tsx';
import { Button } from '../kit/button.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './lessons-place.module.css';

const INTRO =
  'Short tours on the real page: every picture is a run on real ranks. You are asked first, and the ' +
  'run answers. You can leave a lesson at any time, try things, and return to it.';

/** In the order in which they are read: a word is marked once in all of it. */
const [INTRODUCTION = [], ...SUMMARIES] = glossed([
  INTRO,
  ...LESSONS.map(({ summary }) => summary),
]);

/** All lessons, in the order in which a newcomer follows them. */
export function LessonsPlace() {
  const store = useRankscopeStore();
  const progress = useRankscope((state) => state.progress);
  const next = LESSONS.find(({ id }) => progress[id]?.done !== true);
  const done = LESSONS.filter(({ id }) => progress[id]?.done === true).length;
  return (
    <main className={styles.place} aria-label="Lessons" data-testid="lessons-place">
      <header className={styles.head}>
        <h1>Lessons</h1>
        <p>
          <GlossedText pieces={INTRODUCTION} />
        </p>
        <p className={styles.tally}>
          {done === 0
            ? `${LESSONS.length} lessons, ${minutesOf(LESSONS)} minutes`
            : tally(progress, done)}
        </p>
      </header>
      <ol className={styles.cards}>
        {LESSONS.map((lesson, index) => (
          <Card
            key={lesson.id}
            lesson={lesson}
            number={index + 1}
            summary={at(SUMMARIES, index)}
            progress={progress[lesson.id] ?? null}
            next={lesson === next}
          />
        ))}
      </ol>
      <footer className={styles.foot}>
        <p>
          A lesson is one Markdown file. Write one of your own and drop it anywhere on the page;
          <code>docs/lessons.md</code> shows how.
        </p>
        <Button
          size="large"
          data-testid="open-lesson"
          onClick={() => perform(actionOf('open-lesson'), store)}
        >
          Open a lesson from a file
        </Button>
      </footer>
    </main>
  );
}

function Card(props: {
  readonly lesson: Lesson;
  readonly number: number;
  /** Glossed. */
  readonly summary: readonly Piece[];
  readonly progress: LessonProgress | null;
  /** Whether it is the one to follow next. */
  readonly next: boolean;
}) {
  const { lesson, number, summary, progress, next } = props;
  const store = useRankscopeStore();
  const { title, minutes, steps, id } = lesson;
  const begun = progress !== null && !progress.done;
  const word = progress === null ? 'Begin' : progress.done ? 'Again' : 'Go on';
  const share = progress === null ? 0 : (progress.reached + 1) / steps.length;
  return (
    <li className={styles.card} data-next={next} data-done={progress?.done === true}>
      <span className={styles.number} aria-hidden="true">
        {progress?.done === true ? '✓' : number}
      </span>
      <button
        type="button"
        aria-describedby={`facts-${id}`}
        data-testid={`lesson-${id}`}
        onClick={() => {
          const { startLesson, restartLesson } = store.getState();
          void (begun ? startLesson(lesson, progress.step) : restartLesson(lesson));
        }}
      >
        {title}
      </button>
      <p className={styles.summary}>
        <GlossedText pieces={summary} />
      </p>
      <p id={`facts-${id}`} className={styles.facts}>
        <b>{word}</b> · {steps.length} steps · {minutes} min
        {begun && ` · at step ${progress.step + 1}`}
      </p>
      <span className={styles.bar} aria-hidden="true">
        <span style={{ width: `${100 * share}%` }} />
      </span>
    </li>
  );
}

function tally(progress: Progress, done: number): string {
  const left = LESSONS.filter(({ id }) => progress[id]?.done !== true);
  const soFar = `${done} of ${LESSONS.length} done`;
  return left.length === 0 ? `All ${done} done` : `${soFar}, ${minutesOf(left)} minutes left`;
}

function minutesOf(lessons: readonly Lesson[]): number {
  return lessons.reduce((sum, { minutes }) => sum + minutes, 0);
}
