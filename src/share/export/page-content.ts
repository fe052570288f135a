import { sum } from '../../base/numbers.ts';
import type { Explanation } from '../../core/judge/explain/explanation.ts';
import type { Verdict } from '../../core/judge/finding.ts';
import type { Recording } from '../../core/recording/event.ts';
import { unzipped, zipped } from '../../store/session/gzip.ts';
import type { RankscopeState } from '../../store/state.ts';
import { savedText, savedValue } from '../../trace/saved/saved-text.ts';

/**
 * What a page file plays: a recording, perhaps another beside it, and how they were looked at. A verdict is
 * kept with each, so that the player need not bring what judges.
 */
export interface PageContent
  extends Pick<RankscopeState, 'colourBy' | 'picture' | 'selection' | 'nearness' | 'span'> {
  readonly run: ToldRun;
  /** The other side of a comparison. */
  readonly beside: ToldRun | null;
  readonly cursor: number;
}

/** A recording and what was found in it. */
export interface ToldRun {
  readonly recording: Recording;
  readonly verdict: Verdict;
  readonly told: Pick<Explanation, 'short' | 'headline' | 'detail'>;
}

/** The content as the page file holds it; null where it is more than a player reads. */
export function zippedContent(content: PageContent): Promise<Blob> | null {
  const text = savedText(content);
  return text.length > MOST_BYTES ? null : zipped(text);
}

/**
 * Bytes of a page file whose player has `player` bytes, at most and about: one rank's part of the
 * recordings is zipped, and the others are as many times that.
 */
export async function estimatePage(content: PageContent, player: number): Promise<number> {
  const { run, beside, ...looked } = content;
  const runs = beside === null ? [run] : [run, beside];
  const parts = runs.map(async ({ recording, ...told }) => {
    const one = { ...recording, ranks: recording.ranks.slice(0, 1) };
    const { size } = await zipped(savedText({ ...looked, ...told, recording: one }));
    return size * recording.ranks.length;
  });
  return player + IN_BASE64 * sum(await Promise.all(parts));
}

/** Letters for a byte. */
const IN_BASE64 = 4 / 3;

/** What `zippedContent` was given; null where the file was cut off or altered. */
export async function readContent(file: Blob): Promise<PageContent | null> {
  const content = await unzipped(file, MOST_BYTES);
  // gzip's checksum has told that this is what the page file was written with.
  return content.ok ? (savedValue(content.text) as PageContent) : null;
}

/** Bytes of the recordings' JSON, at most. */
const MOST_BYTES = 128 * 1024 * 1024;
