import { range, withCommas } from '../../base/numbers.ts';
import {
  type Dealing,
  lostTokens,
  paddedLength,
  type SequenceOrder,
  shareLength,
} from './sequence.ts';

/** "dealt in contiguous chunks" */
export const ORDER_TEXTS: Readonly<Record<SequenceOrder, string>> = {
  contiguous: 'in contiguous chunks',
  balanced: 'in balanced half-chunks (zigzag)',
  strided: 'token by token (strided)',
};

/** "4 tokens belong to nobody" */
export function lostText(lost: number): string {
  return lost === 1 ? '1 token belongs to nobody' : `${withCommas(lost)} tokens belong to nobody`;
}

/** What of the sequence no rank holds, and what ranks hold besides it; null where there is neither. */
export function strayText(
  dealing: Dealing,
): { readonly lost: boolean; readonly text: string } | null {
  const { seq } = dealing;
  const lost = lostTokens(dealing);
  const padding = paddedLength(dealing) - seq;
  if (lost > 0) {
    const [first, last] = [seq - lost, seq - 1];
    return { lost: true, text: `s${first}${lost === 1 ? '' : `–${last}`} lost` };
  }
  return padding === 0 ? null : { lost: false, text: `${withCommas(padding)} of padding` };
}

/** "5 · 5 · 4 · 4", "5 on each rank, 2 of them padding", "4 on each rank, 2 tokens belong to nobody" */
export function sharesText(dealing: Dealing): string {
  const lengths = range(dealing.sp).map((rank) => shareLength(dealing, rank));
  const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
  const padding = paddedLength(dealing) - dealing.seq;
  const lost = lostTokens(dealing);
  return [
    least === most
      ? `${withCommas(most)} on each rank`
      : lengths.length > MOST_LISTED
        ? `${withCommas(least)} to ${withCommas(most)} on a rank`
        : lengths.map(withCommas).join(' · '),
    ...(padding === 0 ? [] : [`${withCommas(padding)} of them padding`]),
    ...(lost === 0 ? [] : [lostText(lost)]),
  ].join(', ');
}

const MOST_LISTED = 16;
