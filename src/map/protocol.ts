import type { Case } from '../engine/case.ts';
import type { Verdict } from '../engine/finding.ts';
import type { MapExtent, MapSetting } from './setting.ts';

/**
 * What the page asks of a Worker that judges: some fields of a map, or some cases in a few words. A
 * portion of work is small, so that work is called off by sending no more of it.
 */
export type Work =
  | {
      readonly kind: 'fields';
      readonly setting: MapSetting;
      readonly extent: MapExtent;
      readonly fields: readonly number[];
    }
  | { readonly kind: 'cases'; readonly cases: readonly Case[] };

/** What came of it, in the order in which it was asked. */
export type Result =
  /** One value a field, as `judgeField` gives it. */
  | { readonly kind: 'fields'; readonly values: Uint8Array }
  | { readonly kind: 'cases'; readonly judged: readonly JudgedCase[] };

/** A case in a few words. */
export interface JudgedCase {
  readonly verdict: Verdict;
  /** "pass 2 raises on 4 of 4 ranks" */
  readonly short: string;
  /** Why, in one sentence. */
  readonly headline: string;
}
