import { hasSecondTry } from '../content/lessons/answer.ts';
import type { Lesson } from '../content/lessons/lesson.ts';
import { questionKey, type Replies, reaching } from '../content/lessons/progress.ts';
import type { When } from '../content/lessons/when.ts';
import { sameCase } from '../core/cases/same-case.ts';
import { goalOf, goalOfRanks, hasItsRun, openQuestion, replyOf, stepOf } from './lesson-path.ts';
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

  /** The lesson that is under way, at a step of its own with what was replied so far. */
  function put(lesson: Lesson, step: number, replies: Replies): LessonUnderWay {
    const move = (get().lesson?.move ?? 0) + 1;
    const underWay = { move, lesson, step, replies, tried: null, picks: [] };
    const progress = reaching(get().progress, lesson, step, replies);
    set({ lesson: underWay, progress, awaited: null });
    return underWay;
  }

  /** All that is known to have been replied: another tab may have kept something since. */
  function repliesTo({ lesson, replies }: LessonUnderWay): Replies {
    return { ...get().progress[lesson.id]?.replies, ...replies };
  }

  return {
    lesson: null,
    progress: {},

    setProgress: (progress) => set({ progress }),

    async startLesson(lesson, step) {
      const index = Math.min(Math.max(0, step), lesson.steps.length - 1);
      await enter(put(lesson, index, get().progress[lesson.id]?.replies ?? {}));
    },

    async restartLesson(lesson) {
      await enter(put(lesson, 0, {}));
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
      if (lesson !== null) set({ lesson: { ...lesson, picks: picked(lesson.picks, member) } });
    },

    async reply(reply) {
      const { lesson } = get();
      if (lesson === null || openQuestion(get()) === null) return;
      const step = stepOf(lesson);
      if (reply !== 'shown' && lesson.tried === null && hasSecondTry(step, reply)) {
        set({ lesson: { ...lesson, tried: reply } });
        return;
      }
      const { tried } = lesson;
      const replies = { ...repliesTo(lesson), [questionKey(step)]: reply };
      const answered = { ...put(lesson.lesson, lesson.step, replies), tried };
      set({ lesson: answered });
      if (hasItsRun(get(), answered) || (await runRanks(answered))) move(goalOf(answered));
    },

    async askAgain() {
      const { lesson } = get();
      if (lesson === null || replyOf(lesson) === null) return;
      const { [questionKey(stepOf(lesson))]: _, ...replies } = repliesTo(lesson);
      await enter(put(lesson.lesson, lesson.step, replies));
    },

    leaveLesson() {
      set({ lesson: null });
      // Nobody asks any more.
      void get().goOn();
    },
  };
};

/** The picks once a member is picked or taken back; none of them leaves no other. */
function picked(picks: LessonUnderWay['picks'], member: number | 'none'): LessonUnderWay['picks'] {
  if (member === 'none') return picks === 'none' ? [] : 'none';
  const before = picks === 'none' ? [] : picks;
  return before.includes(member) ? before.filter((one) => one !== member) : [...before, member];
}
