import { refused } from '../base/refused.ts';
import { LIMITS } from '../core/cases/case-form.ts';
import type { EntryKind } from '../trace/entry.ts';

/** Which events are shown; empty fields let everything through. */
export interface LogFilter {
  /** As typed: "0, 2, 5-7". */
  readonly ranks: string;
  /** What was last typed there that could be read: it stays in force while one types on. */
  readonly goodRanks: string;
  /** "forward: pass 2 of o" */
  readonly call: string;
  readonly kind: EntryKind | '';
  /** What an event has somewhere, as it is quoted: small and large letters are alike. */
  readonly text: string;
}

export const ALL_ROWS: LogFilter = { ranks: '', goodRanks: '', call: '', kind: '', text: '' };

/** How many letters a filter may have, so that a link can carry it. */
export const LONGEST = { ranks: 120, call: 120, text: 200 } as const;

export type ParsedRanks =
  | { readonly ok: true; readonly includes: (rank: number) => boolean }
  | { readonly ok: false; readonly message: string };

/** Reads a list of ranks and stretches of them: "0, 2, 5-7". Nothing means all. */
export function parseRanks(text: string, worldSize: number): ParsedRanks {
  const chosen = new Set<number>();
  const parts = text.split(/[,;\s]+/).filter((part) => part !== '');
  for (const part of parts) {
    const [, first, last = first] = /^(\d+)(?:[-–](\d+))?$/.exec(part) ?? [];
    if (first === undefined) {
      return refused(`“${part}” is no rank; ranks are written as 0, 2 or 4-7`);
    }
    const [from, to] = [Number(first), Number(last)];
    if (from > to) return refused(`${part} runs backwards; it is written as ${to}-${from}`);
    if (to >= worldSize) {
      return refused(`there is no rank ${to}; the ranks are 0 to ${worldSize - 1}`);
    }
    for (let rank = from; rank <= to; rank++) chosen.add(rank);
  }
  return { ok: true, includes: (rank) => parts.length === 0 || chosen.has(rank) };
}

/** What is wrong with a list of ranks, however many there are; null for nothing. */
export function ranksProblem(text: string): string | null {
  const parsed = parseRanks(text, LIMITS.sp);
  return parsed.ok ? null : parsed.message;
}

/** The filter once something was typed as ranks; what cannot be read leaves the last good ones. */
export function typingRanks(filter: LogFilter, ranks: string, worldSize: number): LogFilter {
  return {
    ...filter,
    ranks,
    goodRanks: parseRanks(ranks, worldSize).ok ? ranks : filter.goodRanks,
  };
}

/** Why nothing is shown, in a sentence. */
export function emptyText(filter: LogFilter): string {
  const { goodRanks, call, kind, text } = filter;
  const parts = [
    kind === '' ? '' : `of kind “${kind}”`,
    call === '' ? '' : `in ${call}`,
    goodRanks.trim() === '' ? '' : `on rank ${goodRanks.trim()}`,
    text.trim() === '' ? '' : `with “${text.trim()}”`,
  ];
  return `This run has no event ${parts.filter((part) => part !== '').join(' ')}.`;
}
