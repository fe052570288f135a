/**
 * The band under the header, on every place that shows a run: its verdict and what can be done about
 * it. The page gives it a row of its own, as high as what it holds.
 */
export function VerdictBand() {
  return null;
}
