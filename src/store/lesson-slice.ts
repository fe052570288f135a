import { sameCase } from '../case-text/case-patch.ts';
import { reaching } from '../lessons/progress.ts';
import type { When } from '../lessons/when.ts';
import { goalOf, goalOfRanks, hasItsRun, stepOf } from './lesson-path.ts';
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

  /**
   * Has the ranks of a step’s case go as far as they shall now; whether the step is still the one to
   * be shown, and can be.
   */
  async function runRanks(underWay: LessonUnderWay): Promise<boolean> {
    const wanted = stepOf(underWay).case;
    await get().openUntil(wanted, goalOfRanks(underWay));
    const { shown, lesson } = get();
    const still = lesson?.lesson === underWay.lesson && lesson.move === underWay.move;
    return still && shown !== null && sameCase(shown.case, wanted);
  }

  /** Shows the step of a lesson: its case on ranks, its view, and the move to its moment. */
  async function enter(underWay: LessonUnderWay): Promise<void> {
    const step = stepOf(underWay);
    get().endCompare();
    get().look({ ...FIRST_VIEW, ...step.look });
    const before = get().shown;
    if (!hasItsRun(get(), underWay) && !(await runRanks(underWay))) return;
    const stays = before !== null && sameCase(before.case, step.case);
    const begins = step.from ?? (stays ? null : step.at);
    const { shown, seek } = get();
    const tick = begins && shown && begins.tickIn(shown);
    if (tick !== null) seek(tick);
    move(goalOf(underWay));
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

    async reply(reply) {
      const { lesson } = get();
      if (lesson === null) return;
      const answered = { ...lesson, reply, move: lesson.move + 1 };
      set({ lesson: answered });
      if (hasItsRun(get(), answered) || (await runRanks(answered))) move(goalOf(answered));
    },

    leaveLesson() {
      set({ lesson: null });
      // Nobody asks any more.
      void get().goOn();
    },
  };
};
