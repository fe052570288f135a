import { useEffect, useMemo, useRef, useState } from 'react';
import { download } from '../../share/export/download.ts';
import { planFilm, planText } from '../../share/export/film-plan.ts';
import { isComparing } from '../../store/comparison.ts';
import { fileNameOf } from '../../store/file-name.ts';
import { filmOf } from '../actions/export-actions.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { useRankscope, useRankscopeStore } from '../store-context.ts';
import styles from './export.module.css';

/** A film of a range of steps: its size is said beforehand, its making can be followed and cancelled. */
export function FilmForm() {
  const store = useRankscopeStore();
  const shown = useRankscope((state) => state.shown);
  const picture = useMemo(() => (shown === null ? null : filmOf(store.getState())), [shown, store]);
  const comparing = useRankscope(isComparing);
  const last = shown === null ? 1 : shown.trace.ticks;
  const [from, setFrom] = useState(1);
  const [to, setTo] = useState(last);
  const [share, setShare] = useState<number | null>(null);
  const [told, setTold] = useState('');
  const making = useRef<AbortController>(null);
  useEffect(() => () => making.current?.abort(), []);

  if (shown === null || picture === null) {
    return <p>The stage is not on the screen: a film shows it and the timeline.</p>;
  }
  const inRange = [from, to].every((step) => Number.isInteger(step) && step >= 1 && step <= last);
  const plan = inRange && from <= to ? planFilm(shown.trace, from - 1, to - 1, picture.size) : null;

  const make = async () => {
    if (plan === null) return;
    const mine = new AbortController();
    making.current = mine;
    const { signal } = mine;
    setTold('');
    setShare(0);
    try {
      const { makeFilm } = await import('../../share/export/film.ts');
      const made = await makeFilm(picture, plan, setShare, signal);
      if (made.ok) {
        download(fileNameOf(shown.case, '.webm'), made.file);
        setTold(`Saved: ${(made.file.size / 1e6).toFixed(2)} MB.`);
      } else setTold(made.reason);
    } catch (error) {
      if (signal.aborted) setTold('Cancelled. Nothing was saved.');
      else setTold(`The film could not be made: ${String(error)}`);
    }
    setShare(null);
  };

  return (
    <>
      <p>
        {comparing ? 'Both sides' : 'The stage'} and the timeline, step by step, as they play at
        speed 1.
      </p>
      <div className={styles.row}>
        <StepField
          label="from step"
          value={from}
          last={last}
          onChange={setFrom}
          testId="film-from"
        />
        <StepField label="to step" value={to} last={last} onChange={setTo} testId="film-to" />
        {share === null ? (
          <Button disabled={plan === null} data-testid="make-film" onClick={() => void make()}>
            Make the film
          </Button>
        ) : (
          <>
            <progress
              className={styles.progress}
              value={share}
              aria-label="How much of the film is made"
              data-testid="film-progress"
            />
            <Button data-testid="cancel-film" onClick={() => making.current?.abort()}>
              Cancel
            </Button>
          </>
        )}
      </div>
      <p role="status" data-testid="film-told">
        {plan === null
          ? `Steps go from 1 to ${last}. The first step must not be after the last.`
          : told || planText(plan)}
      </p>
    </>
  );
}

function StepField(props: {
  readonly label: string;
  readonly value: number;
  readonly last: number;
  readonly onChange: (step: number) => void;
  readonly testId: string;
}) {
  const { label, value, last, onChange, testId } = props;
  return (
    <Field label={label}>
      {(id) => (
        <Input
          id={id}
          className={styles.step}
          type="number"
          min={1}
          max={last}
          value={Number.isNaN(value) ? '' : value}
          data-testid={testId}
          onChange={(event) => onChange(event.target.valueAsNumber)}
        />
      )}
    </Field>
  );
}
