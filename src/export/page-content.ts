import type { Recording } from '../engine/event.ts';
import type { Told } from '../engine/explain/explanation.ts';
import type { Verdict } from '../engine/finding.ts';
import { unzipped, zipped } from '../store/session/gzip.ts';
import type { Shown } from '../store/shown.ts';
import type { RankscopeState } from '../store/state.ts';
import { savedText, savedValue } from '../trace/saved-text.ts';

/**
 * What a page file plays: a recording, what was found in it, and how it was looked at. The verdict is
 * kept with it, so that the player need not bring what judges.
 */
export interface PageContent
  extends Pick<RankscopeState, 'colourBy' | 'picture' | 'selection' | 'nearness' | 'span'> {
  readonly recording: Recording;
  readonly verdict: Verdict;
  readonly told: Told;
  readonly cursor: number;
}

export function contentOf(state: RankscopeState, shown: Shown): PageContent {
  const { short, headline, detail } = shown.explanation;
  const { colourBy, picture, selection, nearness, span } = state;
  return {
    recording: shown.trace.recording,
    verdict: shown.verdict,
    told: { short, headline, detail },
    cursor: Math.round(state.cursor),
    colourBy,
    picture,
    selection,
    nearness,
    span,
  };
}

export function zippedContent(content: PageContent): Promise<Blob> {
  return zipped(savedText(content));
}

/** What `zippedContent` was given; null where the file was cut off or altered. */
export async function readContent(file: Blob): Promise<PageContent | null> {
  const content = await unzipped(file, MOST_BYTES);
  // gzip's checksum has told that this is what the page file was written with.
  return content.ok ? (savedValue(content.text) as PageContent) : null;
}

/** Bytes of a recording's JSON, at most. */
const MOST_BYTES = 128 * 1024 * 1024;
