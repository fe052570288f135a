import { isComparing } from '../../store/comparison.ts';
import type { Judged } from '../../store/shown.ts';
import type { RankscopeState } from '../../store/state.ts';
import type { PageContent, ToldRun } from './page-content.ts';

/** What the page shows: its run, the one beside it while two are compared, and how both are looked at. */
export function contentOf(state: RankscopeState, shown: Judged): PageContent {
  const { colourBy, picture, selection, nearness, span } = state;
  const beside = isComparing(state) ? (state.partner?.shown ?? null) : null;
  return {
    run: toldRun(shown),
    beside: beside && toldRun(beside),
    cursor: Math.round(state.cursor),
    colourBy,
    picture,
    selection,
    nearness,
    span,
  };
}

function toldRun({ trace, verdict, explanation: { short, headline, detail } }: Judged): ToldRun {
  return { recording: trace.recording, verdict, told: { short, headline, detail } };
}
