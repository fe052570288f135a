import { type ReactNode, useMemo } from 'react';
import { openQuestion } from '../../store/lesson-path.ts';
import { SPEEDS } from '../../store/playback-slice.ts';
import { isStanding } from '../../store/shown.ts';
import { firstDisagreement } from '../../trace/jumps.ts';
import { momentText } from '../../trace/moment-text.ts';
import { perform } from '../actions/action.ts';
import { actionOf } from '../actions/index.ts';
import { goOnWithLesson, type WayOn, wayOn } from '../actions/lesson-actions.ts';
import { Icon, type IconName } from '../icon.tsx';
import { Button, IconButton } from '../kit/button.tsx';
import { Options } from '../kit/field.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './playback.module.css';

/** What Play is where a lesson is on the screen: what Space is. */
const WAYS_ON: Record<WayOn, string> = {
  'end-of-move': 'To the end of this move',
  answer: 'Show me the answer',
  'next-step': 'The lesson’s next step',
  finish: 'Finish the lesson',
};

/** Play, pause, step, speed, and what happens in the moment under the cursor; `children` between. */
export function PlaybackBar({ children }: { readonly children: ReactNode }) {
  const store = useRankscopeStore();
  const shown = useRankscope((state) => state.shown);
  const direction = useRankscope((state) => state.direction);
  const tick = useRankscope((state) => Math.ceil(state.cursor));
  const speed = useRankscope((state) => state.speed);
  const way = useRankscope(wayOn);
  const standing = useRankscope((state) => openQuestion(state) !== null && isStanding(state.shown));
  const { play, step, seek, setSpeed } = store.getState();
  const disagreement = useMemo(
    () => shown && firstDisagreement(shown.trace, shown.findings),
    [shown],
  );

  return (
    <div className={styles.bar}>
      <div className={styles.buttons}>
        <Step label="To the start (Home)" icon="start" onPress={() => seek(0)} />
        <Step
          label="Play backwards (Shift+Space)"
          icon="back"
          onPress={() => play(direction < 0 ? 0 : -1)}
        />
        <Step label="One step back (←)" icon="stepBack" onPress={() => step(-1)} />
        <Step
          label={`${way !== null ? WAYS_ON[way] : direction > 0 ? 'Pause' : 'Play'} (Space)`}
          icon={direction > 0 && way === null ? 'pause' : 'play'}
          onPress={() => {
            if (!goOnWithLesson(store)) play(direction > 0 ? 0 : 1);
          }}
          primary
          testId="play"
        />
        <Step
          label={standing ? 'One step on, past the question (→)' : 'One step on (→)'}
          icon="stepOn"
          onPress={() => step(1)}
          testId="step-forward"
        />
      </div>
      <Options
        size="small"
        className={styles.speed}
        aria-label="Speed"
        value={speed}
        onChange={(event) => setSpeed(Number(event.target.value))}
        data-testid="speed"
      >
        {SPEEDS.map((one) => (
          <option key={one} value={one}>
            {one}×
          </option>
        ))}
      </Options>
      {children}
      <p className={styles.now} data-testid="now">
        {shown !== null && <Now tick={tick} />}
      </p>
      {disagreement !== null && (
        <Button
          className={styles.jump}
          look="words"
          size="small"
          title={`${disagreement.evidence.text} (D)`}
          data-testid="first-disagreement"
          onClick={() => perform(actionOf('first-disagreement'), store)}
        >
          <span className={styles.wide}>jump to </span>first disagreement ⇥
        </Button>
      )}
    </div>
  );
}

function Now({ tick }: { readonly tick: number }) {
  const trace = useRankscope((state) => state.shown?.trace ?? null);
  if (trace === null) return null;
  const { call, operation, still } = momentText(trace, tick);
  return (
    <>
      <span>{call}</span> <code>{operation}</code>
      {still && ' · nothing moves in memory'}
    </>
  );
}

function Step(props: {
  readonly label: string;
  readonly icon: IconName;
  readonly onPress: () => void;
  readonly primary?: boolean;
  readonly testId?: string;
}) {
  return (
    <IconButton
      className={props.primary === true ? styles.play : styles.step}
      label={props.label}
      look={props.primary === true ? 'primary' : 'quiet'}
      data-testid={props.testId}
      onClick={props.onPress}
    >
      <Icon name={props.icon} />
    </IconButton>
  );
}
