import { bothSides } from '../../store/comparison.ts';
import type { AlignedStep } from '../../trace/beside/align.ts';
import { firstDifference } from '../../trace/beside/first-difference.ts';
import { stepAt, tickOfStep } from '../../trace/beside/shared-cursor.ts';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './rail.module.css';

/**
 * Both runs on their common axis, the left above, the right below: a mark a step, a gap where a side
 * rests, joined and coloured where they differ. A press goes there; the keys for it are F and N.
 */
export function DifferenceRail() {
  const store = useRankscopeStore();
  const both = useRankscope(bothSides);
  if (both === null) return <div className={styles.rail} data-testid="difference-rail" />;
  const { steps, calls, differing } = both;
  const first = firstDifference(both);
  const told = `${differing.length} of ${steps.length} steps differ`;
  const seek = (step: number) => store.getState().seek(tickOfStep(both, step));
  return (
    <div className={styles.rail} data-testid="difference-rail">
      <p className={styles.count} title={told}>
        {differing.length} ≠
      </p>
      <div
        className={styles.axis}
        role="img"
        aria-label={`Left and right, step by step: ${told}`}
        onPointerDown={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const step = Math.floor(((event.clientX - box.left) / box.width) * steps.length);
          seek(Math.min(steps.length - 1, Math.max(0, step)));
        }}
      >
        {calls.map(({ first, last }) => (
          <span
            key={first}
            className={styles.call}
            style={{ left: share(first, steps), width: share(last - first + 1, steps) }}
          />
        ))}
        {steps.map((step, index) => (
          <span
            // Steps never change their places: an alignment is made once.
            key={`${step.tickA} ${step.tickB}`}
            className={styles.step}
            style={{ left: share(index, steps), width: share(1, steps) }}
            data-differs={step.differences.length > 0}
            data-first={first?.step === index}
          >
            <i data-there={step.tickA !== null} />
            <i data-there={step.tickB !== null} />
          </span>
        ))}
        <Needle />
      </div>
    </div>
  );
}

function Needle() {
  const place = useRankscope((state) => {
    const both = bothSides(state);
    return both === null ? 0 : (stepAt(both, state.cursor) + 0.5) / both.steps.length;
  });
  return <span className={styles.needle} style={{ left: `${100 * place}%` }} />;
}

function share(count: number, { length }: readonly AlignedStep[]): string {
  return `${(100 * count) / length}%`;
}
