import { at } from '../base/assert.ts';
import { openQuestion } from './lesson-path.ts';
import { verdictText } from './shown-text.ts';
import type { LessonUnderWay, RankscopeState } from './state.ts';

/** What a page and the window of its presenter say to each other, over a channel of this name. */
export function channelName(presenter: string): string {
  return `rankscope-presenter-${presenter}`;
}

/** Null as the page goes. */
export type PageSays = { readonly kind: 'told'; readonly told: Told | null };

export type PresenterSays =
  /** The window was opened: what is on the screen? */
  { readonly kind: 'hello' } | { readonly kind: 'go'; readonly by: 1 | -1 };

/** What is on the screen, for the one who presents. */
export interface Told {
  /** The case and its verdict, in a line. */
  readonly run: string;
  readonly lesson: ToldLesson | null;
}

export interface ToldLesson {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly steps: number;
  readonly stepTitle: string;
  readonly notes: string | null;
  /** The question that the room is still to answer. */
  readonly question: string | null;
  readonly next: { readonly title: string; readonly notes: string | null } | null;
}

/** What the presenter’s window is told of the page as it is now. */
export function toldOf(state: RankscopeState): Told {
  const { implementation, heads, sp } = state.case;
  const outcome = state.shown === null ? 'running' : verdictText(state.shown);
  return {
    run: `${implementation} · ${heads} heads · SP ${sp} · ${outcome}`,
    lesson: state.lesson === null ? null : toldOfLesson(state.lesson, state),
  };
}

function toldOfLesson({ lesson, step }: LessonUnderWay, state: RankscopeState): ToldLesson {
  const now = at(lesson.steps, step);
  const next = lesson.steps[step + 1] ?? null;
  return {
    title: lesson.title,
    step: step + 1,
    steps: lesson.steps.length,
    stepTitle: now.title,
    notes: now.notes,
    question: openQuestion(state)?.question ?? null,
    next: next && { title: next.title, notes: next.notes },
  };
}
