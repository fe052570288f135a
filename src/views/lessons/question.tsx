import { useId, useState } from 'react';
import { type Fact, type FactValue, isRight, printValue } from '../../lessons/fact.ts';
import { lastMoment, type Question } from '../../lessons/lesson.ts';
import { isOnPath, stepOf } from '../../store/lesson-path.ts';
import type { LessonUnderWay } from '../../store/state.ts';
import { GlossedText } from '../glossary/glossed-text.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import type { GlossedStep } from './gloss-step.ts';
import styles from './lesson-panel.module.css';

/** A question, answered before the run shows it: by keys and buttons here, or on the stage. */
export function LessonQuestion(props: {
  readonly underWay: LessonUnderWay;
  readonly question: Question;
  readonly glossed: GlossedStep;
}) {
  const { underWay, question, glossed } = props;
  const id = useId();
  return (
    <section className={styles.ask} aria-labelledby={id} data-testid="question">
      <p id={id} className={styles.question}>
        <GlossedText pieces={glossed.question} />
      </p>
      {underWay.reply === null ? (
        <Ways fact={question.answer} picks={underWay.picks} />
      ) : (
        <Told underWay={underWay} question={question} reply={underWay.reply} glossed={glossed} />
      )}
    </section>
  );
}

/** The ways to answer. */
function Ways({ fact, picks }: { readonly fact: Fact; readonly picks: readonly number[] }) {
  const store = useRankscopeStore();
  const shown = useRankscope((state) => state.shown);
  const { reply, pick } = store.getState();
  const options = shown === null ? [] : fact.optionsIn(shown);
  return (
    <>
      {fact.kind === 'number' && <NumberWay onAnswer={reply} />}
      {fact.kind === 'choice' && (
        <div className={styles.choices}>
          {options.map((option) => (
            <button
              key={option}
              type="button"
              data-testid={`answer-${String(option).replaceAll(' ', '-')}`}
              onClick={() => reply(option)}
            >
              {CHOICES[option] ?? option}
            </button>
          ))}
        </div>
      )}
      {fact.kind !== 'number' && fact.kind !== 'choice' && (
        <>
          <fieldset className={styles.chips}>
            <legend>{fact.kind}, here or on the stage:</legend>
            {options.map((option) => (
              <button
                key={option}
                type="button"
                aria-pressed={picks.includes(Number(option))}
                aria-label={`${ONE[fact.kind] ?? ''} ${option}`}
                data-testid={`pick-${option}`}
                onClick={() => pick(Number(option))}
              >
                {option}
              </button>
            ))}
          </fieldset>
          <button
            type="button"
            className={styles.answer}
            data-testid="answer"
            onClick={() => reply([...picks].sort((a, b) => a - b))}
          >
            {picks.length === 0 ? 'Answer: none' : `Answer: ${printValue(picks)}`}
          </button>
        </>
      )}
    </>
  );
}

function NumberWay({ onAnswer }: { readonly onAnswer: (value: number) => void }) {
  const [text, setText] = useState('');
  const value = /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
  return (
    <form
      className={styles.number}
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== null) onAnswer(value);
      }}
    >
      <input
        inputMode="numeric"
        aria-label="Your answer, a whole number"
        data-testid="answer-number"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className={styles.answer} disabled={value === null}>
        Answer
      </button>
    </form>
  );
}

/** What the ranks say, once they have come to show it. */
function Told(props: {
  readonly underWay: LessonUnderWay;
  readonly question: Question;
  readonly reply: FactValue | 'shown';
  readonly glossed: GlossedStep;
}) {
  const { underWay, question, reply, glossed } = props;
  const shown = useRankscope((state) => state.shown);
  const resting = useRankscope((state) => state.direction === 0 || !isOnPath(state));
  const tick = shown && lastMoment(stepOf(underWay)).tickIn(shown);
  const right = shown === null || tick === null ? null : question.answer.valueIn(shown, tick);
  if (!resting || right === null) return <p className={styles.showing}>The ranks show it …</p>;
  const good = reply !== 'shown' && isRight(reply, right);
  return (
    <div className={styles.told} data-good={reply === 'shown' ? undefined : good} role="status">
      <p data-testid="told">
        <strong>{reply === 'shown' ? 'The ranks say' : good ? '✓ Right' : '✕ Not so'}: </strong>
        {answerText(question.answer, right)}
        {reply !== 'shown' && !good && `, not ${answerText(question.answer, reply)}`}.
      </p>
      {question.because !== null && (
        <p>
          <GlossedText pieces={glossed.because} />
        </p>
      )}
    </div>
  );
}

function answerText({ kind }: Fact, value: FactValue): string {
  const text = printValue(value);
  if (kind === 'choice') return CHOICES[text] ?? text;
  const one = Array.isArray(value) && value.length === 1;
  if (kind === 'number' || text === 'none') return text;
  return `${one ? (ONE[kind] ?? '') : kind} ${text}`;
}

const ONE: Readonly<Record<string, string>> = { heads: 'head', tokens: 'token', ranks: 'rank' };

/** Choices as they are read. */
const CHOICES: Readonly<Record<string, string>> = {
  'ranks disagree': 'the ranks disagree, or wait for ever',
  raises: 'ranks raise an exception',
  'silently wrong': 'wrong, and nobody is told',
  'wrong shape': 'right order, wrong shape',
  unbalanced: 'right, but unevenly shared',
  fine: 'every element returns to where it started',
  even: 'the even path',
  uneven: 'the uneven path',
};
