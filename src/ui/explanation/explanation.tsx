import { glossed } from '../../content/glossary/glossed.ts';
import { printValue } from '../../core/python/condition/syntax.ts';
import { openQuestion } from '../../store/lesson-path.ts';
import { isJudged, type Judged } from '../../store/shown.ts';
import { CompareStory } from '../compare/compare-story.tsx';
import { GlossedText } from '../glossary/glossed-text.tsx';
import { Term } from '../glossary/term.tsx';
import { ScrollArea } from '../kit/scroll-area.tsx';
import { sentence, silenceOf } from '../no-run/run-text.ts';
import { useRankscope } from '../store-context.ts';
import { CheckList } from './check-list.tsx';
import { Condition } from './condition.tsx';
import styles from './explanation.module.css';

/** What happened and why: one sentence, the condition, both passes, the exception, the checks. */
export function ExplanationPanel() {
  return (
    <section className={styles.panel} aria-label="Explanation" data-testid="explanation">
      <ScrollArea content={styles.story}>
        <Unfinished />
        <CompareStory />
        <StoryOrNone />
      </ScrollArea>
    </section>
  );
}

/** A run that failed or hangs, over one that did not; where there is none, the stage says it. */
function Unfinished() {
  const missing = useRankscope(({ shown }) => shown === null);
  const failure = useRankscope(({ status }) => (status.kind === 'failed' ? status.message : null));
  const silence = useRankscope(silenceOf);
  const what = failure === null ? silence : `✕ The ranks did not finish. ${sentence(failure)}`;
  if (missing || what === null) return null;
  return (
    <p className={styles.lost} role={failure === null ? 'status' : 'alert'}>
      {what} The last run that did is still shown.
    </p>
  );
}

/** What changes with each run, apart from the panel around it. */
function StoryOrNone() {
  const shown = useRankscope((state) => state.shown);
  if (shown === null) {
    return <p className={styles.detail}>The explanation appears when the run finishes.</p>;
  }
  return isJudged(shown) ? <Story shown={shown} /> : <Standing />;
}

/** Of ranks that are paused before a question nothing is told that would answer it. */
function Standing() {
  const asked = useRankscope((state) => openQuestion(state) !== null);
  return (
    <>
      <h1 className={styles.headline} data-testid="headline">
        {asked ? 'Paused. Answer the question to continue.' : 'Paused before the next question.'}
      </h1>
      <p className={styles.detail}>
        What the ranks do next has not happened yet. The explanation appears when the question is
        answered and the run finishes.
      </p>
    </>
  );
}

function Story({ shown }: { readonly shown: Judged }) {
  const { explanation, verdict, findings } = shown;
  // Elsewhere the band above has said it.
  const inLesson = useRankscope(({ lesson }) => lesson !== null);
  const [headline = [], detail = []] = glossed([
    inLesson ? explanation.headline : '',
    explanation.detail,
  ]);
  return (
    <>
      {inLesson && (
        <h1 className={styles.headline} data-testid="headline">
          <GlossedText pieces={headline} />
        </h1>
      )}
      {explanation.detail !== '' && (
        <p className={styles.detail}>
          <GlossedText pieces={detail} />
        </p>
      )}
      {explanation.condition !== null && (
        <Condition
          text={explanation.condition.text}
          parts={explanation.condition.evaluation.parts}
          outcome={printValue(explanation.condition.evaluation.truth)}
          wrong={verdict !== 'fine'}
        />
      )}
      {explanation.passes.length > 0 && (
        <ul className={styles.passes} data-testid="passes">
          {explanation.passes.map(({ pass, call, tensor, operands, branch, ok, struck }, index) => (
            <li key={call} data-wrong={!ok}>
              <small>
                pass {pass} of {tensor} saw
              </small>
              <strong>{operands}</strong>
              <small className={struck === null ? styles.blamed : undefined}>
                {index === 0 || branch !== explanation.passes[0]?.branch ? (
                  <Term
                    id={branch === 'even' ? 'even-path' : 'uneven-path'}
                  >{`${branch} path`}</Term>
                ) : (
                  `${branch} path`
                )}{' '}
                {struck === null && (ok ? '✓' : '✕')}
              </small>
              {struck !== null && <small className={styles.blamed}>✕ {struck}</small>}
            </li>
          ))}
        </ul>
      )}
      {explanation.exception !== null && (
        <div className={styles.exception} data-testid="exception">
          <strong>{explanation.exception.error}</strong>
          <p>{explanation.exception.message}</p>
        </div>
      )}
      <CheckList findings={findings} after={`${explanation.headline} ${explanation.detail}`} />
    </>
  );
}
