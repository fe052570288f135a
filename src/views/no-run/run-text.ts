import { capital } from '../../engine/explain/story.ts';
import { rankList } from '../../engine/rank-list.ts';
import type { RankscopeState } from '../../store/state.ts';

/** Who does not answer in a run that is under way, and what comes of it; null as long as all do. */
export function silenceOf({
  status,
  case: { sp },
}: Pick<RankscopeState, 'status' | 'case'>): string | null {
  if (status.kind !== 'running' || status.silence === null) return null;
  const { ranks, seconds } = status.silence;
  const one = ranks.length === 1;
  const silent =
    ranks.length === sp
      ? 'No rank answers'
      : `${capital(rankList(ranks, sp))} ${one ? 'does' : 'do'} not answer`;
  return `${silent}. In ${seconds} s at the latest ${one ? 'it counts' : 'they count'} as lost.`;
}

/** A message of the browser or of ours, as a sentence. */
export function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
