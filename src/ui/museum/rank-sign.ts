import type { RankFrame } from '../../draw/stage/frame.ts';
import { isWrong } from '../../trace/failures.ts';
import { momentsOf } from '../../trace/moment.ts';
import type { Telling } from './telling.ts';

/** What a picture says of a rank, beside its number. */
export interface RankSign {
  readonly sign: '✕' | '!' | '';
  /** A word or two: "raises", "waits". */
  readonly word: string;
}

/** What there is to say of a rank at the telling moment; null of one that does as it should. */
export function rankSign(telling: Telling, rank: number, { state }: RankFrame): RankSign | null {
  switch (state.status) {
    case 'raised':
      return { sign: '✕', word: 'raises' };
    case 'lost':
      return { sign: '✕', word: 'lost' };
    case 'stuck':
      return { sign: '✕', word: 'stuck' };
    case 'waiting':
      return { sign: '', word: 'waits' };
    case 'working':
    case 'returned':
      return signOfResult(telling, rank, state);
  }
}

function signOfResult(
  { trace, tick, finding, evidence }: Telling,
  rank: number,
  { latest, holding }: RankFrame['state'],
): RankSign | null {
  if (latest !== null && isWrong(trace, rank, latest)) return { sign: '✕', word: 'wrong' };
  const named =
    evidence.call === momentsOf(trace)[tick]?.call &&
    finding.evidence.some(({ call, ranks }) => call === evidence.call && ranks.includes(rank));
  if (!named) return null;
  const empty = holding.every(({ shape }) => shape.includes(0));
  const word = empty ? 'no head' : '';
  return finding.verdict === 'unbalanced' ? { sign: '!', word } : { sign: '✕', word };
}
