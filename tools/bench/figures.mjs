/** What the benchmark tells: figures, one a line, and in the end which of them hold their targets. */

/** The middle of several measurements, so that a single slow one tells nothing. */
export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** A target that is held by this much or less: a time. */
export function atMost(target) {
  return { target, isHeldBy: (value) => value <= target };
}

/** A target that is held by this much or more: a rate. */
export function atLeast(target) {
  return { target, isHeldBy: (value) => value >= target };
}

/** `{ tell, judge }`, which write to the console. */
export function createFigures() {
  let held = 0;
  const missed = [];

  /** One figure; `aim` is `atMost(…)`, `atLeast(…)`, or left out where nothing is aimed at. */
  const tell = (figure, value, unit, aim) => {
    const line = { figure, value: Number(value.toPrecision(3)), unit, target: aim?.target ?? null };
    if (aim === undefined) return console.log(JSON.stringify(line));
    const holds = aim.isHeldBy(value);
    if (holds) held += 1;
    else missed.push(figure);
    console.log(JSON.stringify({ ...line, holds }));
  };

  /** The last line. */
  const judge = () => console.log(JSON.stringify({ targets: held + missed.length, held, missed }));

  return { tell, judge };
}
