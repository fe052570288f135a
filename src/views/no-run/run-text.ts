import { rankList } from '../../engine/checks/check.ts';
import { capital } from '../../engine/explain/story.ts';
import type { RankscopeState } from '../../store/state.ts';

/** Who does not answer in a run that is under way, and what comes of it; null as long as all do. */
export function silenceOf({
  status,
  case: { sp },
}: Pick<RankscopeState, 'status' | 'case'>): string | null {
  if (status.kind !== 'running' || status.silence === null) return null;
  const { ranks, seconds } = status.silence;
  const who = capital(rankList(ranks, sp));
  const does = ranks.length === 1 ? 'does' : 'do';
  const counts = ranks.length === 1 ? 'it counts' : 'they count';
  return `${who} ${does} not answer. In ${seconds} s at the latest ${counts} as lost.`;
}

/** A message of the browser or of ours, as a sentence. */
export function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
