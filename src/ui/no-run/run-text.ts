import { capital } from '../../core/judge/explain/story.ts';
import { rankList } from '../../core/recording/rank-list.ts';
import type { RankscopeState } from '../../store/state.ts';

/** Who does not answer in a run that is under way, and what comes of it; null as long as all do. */
export function silenceOf({
  status,
  case: { sp },
}: Pick<RankscopeState, 'status' | 'case'>): string | null {
  if (status.kind !== 'running' || status.silence === null) return null;
  const { ranks, seconds, starting } = status.silence;
  if (starting) {
    return `The ranks have not started yet: their script is still loading. The run is given up in ${seconds} s at the latest.`;
  }
  const one = ranks.length === 1;
  const silent =
    ranks.length === sp
      ? 'No rank answers'
      : `${capital(rankList(ranks, sp))} ${one ? 'does' : 'do'} not answer`;
  return `${silent}. ${one ? 'It' : 'They'} will be marked lost within ${seconds} s.`;
}

/** A message of the browser or of ours, as a sentence. */
export function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
