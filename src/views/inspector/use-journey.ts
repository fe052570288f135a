import { useMemo } from 'react';
import { type Journey, journeyOf } from '../../trace/provenance.ts';
import type { Trace } from '../../trace/trace.ts';
import { useRankscope } from '../store-context.ts';

/** The way of the element that is selected; null where none is, or this run holds none there. */
export function useJourney(trace: Trace): Journey | null {
  const selection = useRankscope((state) => state.selection);
  return useMemo(
    () => (selection === null ? null : journeyOf(trace, selection)),
    [trace, selection],
  );
}
