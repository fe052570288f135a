import { at } from '../base/assert.ts';
import { reaching } from '../lessons/progress.ts';
import type { When } from '../lessons/when.ts';
import { goalOf } from './lesson-path.ts';
import { sameCase } from './partner-case.ts';
import type { LessonSlice, LessonUnderWay, Slice } from './state.ts';
import { FIRST_VIEW } from './view-slice.ts';

/** A lesson under way: it drives the case, the cursor and the view by the store’s ordinary means. */
export const lessonSlice: Slice<LessonSlice> = (set, get) => {
  /** Moves the cursor on to a moment, or back to it at once: nobody learns from a film run backwards. */
  function move(when: When): void {
    const { shown, cursor, motion, play, seek } = get();
    const tick = shown && when.tickIn(shown);
    if (tick === null) return;
    if (motion && cursor < tick) play(1, tick);
    else seek(tick);
  }

  /** Shows the step of a lesson: its case on ranks, its view, and the move to its moment. */
  async function enter(underWay: LessonUnderWay): Promise<void> {
    const step = at(underWay.lesson.steps, underWay.step);
    get().endCompare();
    get().look({ ...FIRST_VIEW, ...step.look });
    const before = get();
    const here = before.shown?.case === before.case && sameCase(before.case, step.case);
    if (!here) await before.open(step.case, 'settle');
    const { shown, lesson, seek } = get();
    // Overtaken by another case or step, or not run to its end.
    if (shown === null || !sameCase(shown.case, step.case) || !isSameStep(lesson, underWay)) return;
    const begins = step.from ?? (here ? null : step.at);
    const tick = begins?.tickIn(shown) ?? null;
    if (tick !== null) seek(tick);
    move(goalOf(lesson));
  }

  return {
    lesson: null,
    lessonAwaited: false,
    progress: {},

    setLessonAwaited: (lessonAwaited) => set({ lessonAwaited }),
    setProgress: (progress) => set({ progress }),

    async startLesson(lesson, step) {
      const index = Math.min(Math.max(0, step), lesson.steps.length - 1);
      const moves = (get().lesson?.move ?? 0) + 1;
      const underWay = { move: moves, lesson, step: index, reply: null, picks: [] };
      set({ lesson: underWay, progress: reaching(get().progress, lesson, index) });
      await enter(underWay);
    },

    async returnToLesson() {
      const { lesson } = get();
      if (lesson === null) return;
      const again = { ...lesson, move: lesson.move + 1 };
      set({ lesson: again });
      await enter(again);
    },

    pick(member) {
      const { lesson } = get();
      if (lesson === null) return;
      const others = lesson.picks.filter((one) => one !== member);
      const picks = others.length < lesson.picks.length ? others : [...others, member];
      set({ lesson: { ...lesson, picks } });
    },

    reply(reply) {
      const { lesson } = get();
      if (lesson === null) return;
      const answered = { ...lesson, reply, move: lesson.move + 1 };
      set({ lesson: answered });
      move(goalOf(answered));
    },

    leaveLesson: () => set({ lesson: null }),
  };
};

function isSameStep(
  now: LessonUnderWay | null,
  { lesson, step }: LessonUnderWay,
): now is LessonUnderWay {
  return now?.lesson === lesson && now.step === step;
}
