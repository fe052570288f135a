import { useEffect, useId, useRef, useState } from 'react';
import {
  answerText,
  assess,
  differenceText,
  hintText,
  ONE,
  optionText,
  rightAnswer,
} from '../../content/lessons/answer.ts';
import type { Fact, FactValue } from '../../content/lessons/fact.ts';
import { lastMoment, type Question } from '../../content/lessons/lesson.ts';
import type { Reply } from '../../content/lessons/progress.ts';
import { isOnPath, replyOf, stepOf } from '../../store/lesson-path.ts';
import type { LessonUnderWay } from '../../store/state.ts';
import { GlossedText } from '../glossary/glossed-text.tsx';
import { Button } from '../kit/button.tsx';
import { Input } from '../kit/field.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import type { GlossedStep } from './gloss-step.ts';
import styles from './question.module.css';

/** A question, answered before the run shows it: by keys and buttons here, or on the stage. */
export function LessonQuestion(props: {
  readonly underWay: LessonUnderWay;
  readonly question: Question;
  readonly glossed: GlossedStep;
}) {
  const { underWay, question, glossed } = props;
  const store = useRankscopeStore();
  const id = useId();
  const reply = replyOf(underWay);
  const said = useRef<HTMLDivElement>(null);
  const resting = useRankscope((state) => state.direction === 0);
  // Below long words what is said would be out of sight.
  useEffect(() => {
    if (resting && (reply !== null || underWay.tried !== null)) {
      said.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [resting, reply, underWay.tried]);
  return (
    <section className={styles.ask} aria-labelledby={id} data-testid="question">
      <p id={id} className={styles.question}>
        <GlossedText pieces={glossed.question} />
      </p>
      {/* Always there, so that what it comes to say is read out. */}
      <div ref={said} className={styles.said} role="status">
        {reply === null ? (
          <FirstTry underWay={underWay} fact={question.answer} />
        ) : (
          <Told underWay={underWay} question={question} reply={reply} glossed={glossed} />
        )}
      </div>
      {reply === null ? (
        <Ways fact={question.answer} underWay={underWay} />
      ) : (
        <Button
          className={styles.again}
          size="small"
          data-testid="ask-again"
          onClick={() => void store.getState().askAgain()}
        >
          Ask again
        </Button>
      )}
    </section>
  );
}

/** What is said of a first answer that was not right. */
function FirstTry({ underWay, fact }: { readonly underWay: LessonUnderWay; readonly fact: Fact }) {
  const { tried } = underWay;
  if (tried === null) return null;
  const right = rightAnswer(stepOf(underWay));
  const { grade } = assess(tried, right);
  return (
    <p className={styles.hint} data-grade={grade} data-testid="hint">
      <strong>{GRADES[grade]}</strong>
      {hintText(fact, tried, right)} Try once more.
    </p>
  );
}

/** The ways to answer. */
function Ways({ fact, underWay }: { readonly fact: Fact; readonly underWay: LessonUnderWay }) {
  const store = useRankscopeStore();
  const { reply } = store.getState();
  if (fact.kind === 'number') return <NumberWay onAnswer={reply} />;
  if (fact.kind === 'choice') {
    return (
      <div className={styles.choices}>
        {fact.choices.map((option) => (
          <Button
            className={styles.choice}
            size="large"
            key={option}
            // It was tried, and is not it.
            disabled={underWay.tried === option}
            data-testid={`answer-${option.replaceAll(' ', '-')}`}
            onClick={() => reply(option)}
          >
            {optionText(option)}
          </Button>
        ))}
      </div>
    );
  }
  return <ListWay fact={fact} picks={underWay.picks} />;
}

function ListWay(props: { readonly fact: Fact; readonly picks: LessonUnderWay['picks'] }) {
  const { fact, picks } = props;
  const store = useRankscopeStore();
  const shown = useRankscope((state) => state.shown);
  const { reply, pick } = store.getState();
  const options = shown === null ? [] : fact.optionsIn(shown).map(Number);
  const picked = picks === 'none' ? [] : picks.toSorted((a, b) => a - b);
  const chosen = picks === 'none' || picked.length > 0;
  return (
    <>
      <fieldset className={styles.chips}>
        <legend className="visually-hidden">{fact.kind}</legend>
        {options.map((option) => (
          <Button
            className={styles.chip}
            key={option}
            aria-pressed={picked.includes(option)}
            aria-label={`${ONE[fact.kind]} ${option}`}
            data-testid={`pick-${option}`}
            onClick={() => pick(option)}
          >
            {option}
          </Button>
        ))}
        <Button
          className={styles.none}
          aria-pressed={picks === 'none'}
          aria-label={`no ${ONE[fact.kind]}`}
          data-testid="pick-none"
          onClick={() => pick('none')}
        >
          none
        </Button>
      </fieldset>
      <div className={styles.check}>
        <Button
          className={styles.answer}
          look="primary"
          disabled={!chosen}
          data-testid="answer"
          onClick={() => reply(picked)}
        >
          {chosen ? `Check ${answerText(fact.kind, picked)}` : `Pick ${fact.kind}`}
        </Button>
        <small>or click on the stage</small>
      </div>
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
      <Input
        className={styles.typed}
        inputMode="numeric"
        aria-label="Your answer, a whole number"
        data-testid="answer-number"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        className={styles.answer}
        look="primary"
        type="submit"
        disabled={value === null}
        data-testid="answer"
      >
        {value === null ? 'Check' : `Check ${value}`}
      </Button>
    </form>
  );
}

/** What the ranks say, once they have come to show it. */
function Told(props: {
  readonly underWay: LessonUnderWay;
  readonly question: Question;
  readonly reply: Reply;
  readonly glossed: GlossedStep;
}) {
  const { underWay, question, reply, glossed } = props;
  const shown = useRankscope((state) => state.shown);
  const resting = useRankscope((state) => state.direction === 0 || !isOnPath(state));
  const tick = shown && lastMoment(stepOf(underWay)).tickIn(shown);
  const right = shown === null || tick === null ? null : question.answer.valueIn(shown, tick);
  if (!resting || right === null) {
    return <p className={styles.showing}>The ranks continue…</p>;
  }
  const grade = reply === 'shown' ? 'shown' : assess(reply, right).grade;
  const again = grade === 'right' && underWay.tried !== null;
  return (
    <div className={styles.told} data-grade={grade}>
      <p data-testid="told">
        <strong>{again ? '✓ Right at the second try: ' : GRADES[grade]}</strong>
        {outcomeText(question.answer, reply, right)}
      </p>
      {question.because !== null && (
        <p>
          <GlossedText pieces={glossed.because} />
        </p>
      )}
    </div>
  );
}

const GRADES = {
  right: '✓ Right: ',
  partly: '◐ Partly right. ',
  wrong: '✕ Not quite. ',
  shown: 'The ranks say: ',
} as const;

function outcomeText(fact: Fact, reply: Reply, right: FactValue): string {
  if (reply === 'shown' || assess(reply, right).grade === 'right') {
    return `${answerText(fact.kind, right)}.`;
  }
  return differenceText(fact, reply, right);
}
