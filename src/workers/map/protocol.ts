import type { Case } from '../../core/contract/case.ts';
import type { Finding, Severity, Verdict } from '../../core/judge/finding.ts';
import type { Recording } from '../../core/recording/event.ts';
import type { Patterns } from './pattern.ts';
import type { MapExtent, MapSetting } from './setting.ts';

/**
 * What the page asks of a Worker that judges: some fields of a map or their patterns, some cases in
 * a few words, one in a sentence, or all that one leaves. A portion of work is small, so that work is
 * called off by sending no more of it.
 */
export type Work =
  | {
      readonly kind: 'fields';
      readonly setting: MapSetting;
      readonly extent: MapExtent;
      readonly fields: readonly number[];
    }
  | { readonly kind: 'patterns'; readonly extent: MapExtent; readonly values: Uint8Array }
  | { readonly kind: 'cases'; readonly cases: readonly Case[] }
  | { readonly kind: 'sentence'; readonly case: Case }
  | { readonly kind: 'record'; readonly case: Case };

/** What came of it, in the order in which it was asked. */
export type Result =
  /** One value a field, as `judgeField` gives it. */
  | { readonly kind: 'fields'; readonly values: Uint8Array }
  | { readonly kind: 'patterns'; readonly patterns: Patterns }
  | { readonly kind: 'cases'; readonly judged: readonly JudgedCase[] }
  | { readonly kind: 'sentence'; readonly told: ToldCase }
  | { readonly kind: 'record'; readonly recorded: RecordedCase };

/** A case in a few words. */
export interface JudgedCase {
  readonly verdict: Verdict;
  readonly severity: Severity;
  /** "pass 2 raises on 4 of 4 ranks" */
  readonly short: string;
}

/** A case in one sentence. */
export interface ToldCase {
  readonly verdict: Verdict;
  /** What happened and why. */
  readonly headline: string;
}

/** What the ranks left of a case, and what the checks say of it. */
export interface RecordedCase {
  readonly recording: Recording;
  readonly findings: readonly Finding[];
}
