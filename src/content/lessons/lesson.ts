import type { RootContent } from 'mdast';
import type { Case } from '../../core/contract/case.ts';
import type { Claim, Fact } from './fact.ts';
import type { When } from './when.ts';

/** A guided tour over the real page: each step opens a case, moves the cursor, and says a few words. */
export interface Lesson {
  /** Lasting, as links and progress know it: "uneven-heads". */
  readonly id: string;
  readonly source: LessonSource;
  readonly title: string;
  /** One sentence: what one knows afterwards. */
  readonly summary: string;
  readonly minutes: number;
  readonly steps: readonly LessonStep[];
}

/** Where a lesson came from: only what has an address can be linked to. */
export type LessonSource =
  | { readonly kind: 'built-in' }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'file'; readonly name: string };

export interface LessonStep {
  readonly title: string;
  /** Where it begins in its file. */
  readonly line: number;
  /** The words, as Markdown's tree. */
  readonly text: readonly RootContent[];
  readonly case: Case;
  /** Where the move to `at` begins; where the cursor stands, if null. */
  readonly from: When | null;
  /** The moment that is shown; with a question, the one in which it is asked. */
  readonly at: When;
  /** The moment that the answer leads to. */
  readonly after: When | null;
  readonly look: Look;
  /** What is on the screen beside the words and the stage. */
  readonly panels: readonly Panel[];
  readonly highlight: Highlight;
  readonly ask: Question | null;
  /** What the words say of the run, held to it: true in the last moment of the step. */
  readonly expect: readonly Claim[];
  /** What they say of other moments and other cases, as what a learner is to try. */
  readonly elsewhere: readonly Elsewhere[];
  /** For the one who presents. */
  readonly notes: string | null;
}

/** Claims that are true in another moment than that of the step, or in another case. */
export interface Elsewhere {
  readonly case: Case;
  readonly at: When;
  readonly expect: readonly Claim[];
  readonly line: number;
}

/** How the page is looked at in a step; what it does not say is as on a first visit. */
export interface Look {
  readonly picture?: 'heads' | 'memory';
  readonly colourBy?: 'head' | 'chunk';
  readonly side?: 'why' | 'inspector';
  readonly under?: 'timeline' | 'log';
}

/** What may be on the screen beside the words and the stage: above it, under it, and right of it. */
export const PANELS = ['ribbon', 'timeline', 'side'] as const;
export type Panel = (typeof PANELS)[number];

/** What stands out: cells of the stage by what they hold, and parts of the page by name. */
export interface Highlight {
  readonly ranks: readonly number[] | null;
  readonly heads: readonly number[] | null;
  readonly tokens: readonly number[] | null;
  readonly parts: readonly Part[];
}

export const PARTS = [
  'ribbon',
  'stage',
  'timeline',
  'side',
  'condition',
  'checks',
  'verdict',
  'picture',
  'colour',
] as const;
export type Part = (typeof PARTS)[number];

/** The panel that a part of the page is in; null for what is always there. */
export function panelOf(part: Part): Panel | null {
  switch (part) {
    case 'ribbon':
    case 'timeline':
    case 'side':
      return part;
    case 'condition':
    case 'checks':
      return 'side';
    default:
      return null;
  }
}

/** What the learner is asked before the run shows it. The answer is never written down: it is derived. */
export interface Question {
  readonly question: string;
  readonly answer: Fact;
  /** What is said once it was answered. */
  readonly because: string | null;
}

/** What is wrong with a lesson's file, and where. */
export interface LessonProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export type ReadLesson =
  | { readonly ok: true; readonly lesson: Lesson }
  | { readonly ok: false; readonly problems: readonly LessonProblem[] };

/** The moment in which a step comes to rest for good. */
export function lastMoment({ at, after }: LessonStep): When {
  return after ?? at;
}
