import type { StateCreator, StoreApi } from 'zustand/vanilla';
import type { FactValue } from '../content/lessons/fact.ts';
import type { Lesson } from '../content/lessons/lesson.ts';
import type { Progress, Replies, Reply } from '../content/lessons/progress.ts';
import type { Advice } from '../core/advice/advice.ts';
import type { CaseProblem } from '../core/cases/case-form.ts';
import type { CasePatch } from '../core/cases/case-option.ts';
import type { LayerKind, Model } from '../core/cases/models/model.ts';
import type { Case, ProgramName } from '../core/contract/case.ts';
import type { Verdict } from '../core/judge/finding.ts';
import type { Rank, Recording } from '../core/recording/event.ts';
import type { StopAt } from '../core/recording/standstill.ts';
import type { DegreeTable } from '../workers/map/degrees.ts';
import type { RecordedCase, ToldCase } from '../workers/map/protocol.ts';
import type { Sheet } from '../workers/map/sheet.ts';
import type { CaseFields } from './adapt.ts';
import type { Panel, Subject } from './panel.ts';
import type { Cursor, Direction } from './playback.ts';
import type { Judged, Shown } from './shown.ts';
import type { ViewSlice } from './view.ts';

/**
 * The facts that the page keeps, one slice a question; everything else is derived from them. Each
 * slice is made in the file of its name, `store.ts` puts them together.
 */
export type RankscopeState = RunSlice &
  CompareSlice &
  PlaybackSlice &
  ViewSlice &
  MapSlice &
  AdviceSlice &
  HistorySlice &
  BusySlice &
  NoticeSlice &
  LessonSlice &
  PresentingSlice &
  PanelsSlice &
  UpdateSlice;

export type RankscopeStore = StoreApi<RankscopeState>;

/** Makes one slice, over the whole state. */
export type Slice<T> = StateCreator<RankscopeState, [], [], T>;

export type RunStatus =
  | {
      readonly kind: 'running';
      readonly silence: Silence | null;
      /** All ranks are through: what they left is being judged. */
      readonly judging?: true;
    }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly message: string };

/** Ranks that do not answer while the others wait, and in how many seconds they count as lost. */
export interface Silence {
  readonly ranks: readonly Rank[];
  /** At most. */
  readonly seconds: number;
  /** None has ever been heard: their script may still be loading, and there is no run to lose. */
  readonly starting: boolean;
}

/** What the cursor does once a run is over: play from the start or from pass 2, or be at the end. */
export type Opening = 'play' | 'play-pass-2' | 'settle';

/**
 * Runs a case on ranks, to its end or as far as `until` says. Rejects when `signal` aborts or ranks
 * cannot run; `tellSilence` hears which do not answer meanwhile, and again, of none, once all do.
 */
export type RunCase = (
  wanted: Case,
  signal: AbortSignal,
  until: StopAt | null,
  tellSilence?: (ranks: readonly Rank[], seconds: number, starting: boolean) => void,
) => Promise<Recording>;

/** The case, its run, and what is wrong with what a person entered. */
export interface RunSlice {
  /** The last good case: what is run. */
  readonly case: Case;
  /** The model that its heads come from, as far as is known. */
  readonly modelName: string | null;
  /** The last model that was taken: that of the case as long as `modelName` is its name. */
  readonly knownModel: Model | null;
  /** What is wrong with fields that were refused; the case stays as it was. */
  readonly problems: readonly CaseProblem[];
  readonly status: RunStatus;
  /** What the last run left; null only before the first. */
  readonly shown: Shown | null;
  /** Opens a case and runs it; resolves when it is judged, or was overtaken by a later one. */
  open(wanted: Case, opening: Opening, modelName?: string | null, step?: Step): Promise<void>;
  /**
   * Opens a case and runs it as far as `until` says; where it is the case that is shown, the cursor
   * stays. Resolves when its ranks stand, or are through, or were overtaken.
   */
  openUntil(wanted: Case, until: StopAt | null): Promise<void>;
  /**
   * Lets ranks that are to stop before their end go on to it, for which they run once more from the
   * start; the cursor stays. Whether they are through now.
   */
  goOn(): Promise<boolean>;
  /** Shows what ranks left behind elsewhere, and what they left of the case beside: nothing is run. */
  present(recording: Recording, modelName: string | null, beside: Recording | null): void;
  /** Changes fields of the case. A refused value leaves the case and says why. */
  change(
    patch: Partial<Record<keyof CaseFields, unknown>>,
    modelName?: string,
    step?: Step,
  ): Promise<void>;
  /**
   * Takes a model: the kind of its layers that fares worst is shown, under the program that its job runs
   * unless a person has chosen another for the model before.
   */
  chooseModel(model: Model): Promise<void>;
  /** Shows another kind of layer of the model. */
  chooseKind(kind: LayerKind): Promise<void>;
  /** Runs another program; two models are those of the model, where it has two. */
  chooseProgram(program: ProgramName): Promise<void>;
  refuse(problem: CaseProblem): void;
}

/** The other side of a comparison. */
export interface Partner {
  /** In what its case differs from the case of the page, which it follows in all else. */
  readonly differs: CasePatch;
  readonly case: Case;
  readonly status: RunStatus;
  /** Its last run that came to an end; null only before the first. */
  readonly shown: Judged | null;
}

/** A second case beside the first, on ranks of its own, under the same cursor. */
export interface CompareSlice {
  readonly partner: Partner | null;
  /** Sets a case beside that of the page; resolves when it is judged, or was overtaken. */
  compare(wanted: Case): Promise<void>;
  /**
   * Changes fields of the case beside, or sets the case of the page beside itself with those fields
   * changed. Resolves to what is wrong with them, where they are refused.
   */
  changePartner(patch: CasePatch): Promise<readonly CaseProblem[]>;
  /** Changes the two sides, once both are judged; the cursor stays at the same step. */
  swapSides(): void;
  endCompare(): void;
}

/** Where the cursor stands in the run that is shown, and how it moves. */
export interface PlaybackSlice {
  readonly cursor: Cursor;
  readonly direction: Direction;
  /** Where playing stops by itself. */
  readonly target: Cursor;
  readonly speed: number;
  /** Whether pieces may be seen to fly. */
  readonly motion: boolean;
  play(direction: Direction, target?: Cursor): void;
  /** One moment on or back, seen moving where motion is wanted. */
  step(by: -1 | 1): void;
  seek(cursor: Cursor): void;
  /** Lets `milliseconds` of playback pass. */
  tick(milliseconds: number): void;
  setSpeed(speed: number): void;
  setMotion(motion: boolean): void;
}

/** What is judged off the screen: all heads and SP degrees, all degrees of a model, single cases. */
export interface MapSlice {
  /** The map around the case. */
  readonly sheet: Sheet | null;
  /** The same for the implementation that it is laid against; null where there is none. */
  readonly againstSheet: Sheet | null;
  /** Whether fields are being judged; a map that was stopped, or failed, keeps those that were. */
  readonly filling: boolean;
  /** The legal degrees of the case's model, for every implementation. */
  readonly degrees: DegreeTable | null;
  /** Fills the map around the case anew; the old picture stays until it is replaced. */
  fillMap(): Promise<void>;
  /** Fills the map that this one is laid against, or takes it away where there is none. */
  fillAgainst(): Promise<void>;
  /** Calls off whatever is being judged. */
  stopMap(): void;
  fillDegrees(): Promise<void>;
  /** Has the Workers that judge practise once, so that a table which is soon asked for comes sooner. */
  rehearse(): Promise<void>;
  /** A case in a sentence, judged off the screen. */
  tellCase(wanted: Case): Promise<ToldCase | null>;
  /** What ranks leave of a case, off the screen, and what the checks say; null where called off. */
  record(wanted: Case, signal: AbortSignal): Promise<RecordedCase | null>;
}

/** A case and what it comes to: what advice is about. */
export interface CaseVerdict {
  readonly case: Case;
  readonly verdict: Verdict;
}

/** What to do about the cases that are shown. */
export interface AdviceSlice {
  /** The latest advice, each on the case object that it is `of`. */
  readonly advised: readonly Advice[];
  /** Seeks advice on a case of the stage or the museum; called off once neither shows it. */
  findAdvice(run: CaseVerdict): Promise<void>;
}

/** A case that was on the page, as it can be come back to. */
export interface CaseStep {
  readonly case: Case;
  readonly modelName: string | null;
}

/**
 * What opening a case is to the history: a step of its own, a change of a field that is still being
 * dragged or typed in, a step back, or on again.
 */
export type Step = 'own' | { readonly draft: string } | 'undo' | 'redo';

export interface HistoryFacts {
  /** The cases before this one, the latest last. */
  readonly past: readonly CaseStep[];
  /** Those that were undone, the next one last. */
  readonly future: readonly CaseStep[];
  /** The field whose changes are one step until it rests. */
  readonly draft: string | null;
}

/** Undo and redo of changes of the case. */
export interface HistorySlice extends HistoryFacts {
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** The field that was being changed is left: what comes next is a step of its own. */
  rest(): void;
}

/** What is under way besides the runs on the screen: cases being judged, parts of the page fetched. */
export interface BusySlice {
  readonly busy: number;
  /** Something begins; returns how to say that it is over. */
  begin(): () => void;
  /**
   * What was asked for last and has not come yet, as a lesson that is being fetched. Whatever is
   * opened in the meantime takes its place: then it is null, or another one.
   */
  readonly awaited: object | null;
  /** Opens something that takes its time. `open` shows nothing once `isWanted` says no. */
  awaitOpening(open: (isWanted: () => boolean) => Promise<void>): Promise<void>;
}

/** Something that the page says until it is dismissed, or another case is opened. */
export interface Notice {
  /** Whether something is wrong. */
  readonly wrong: boolean;
  /** A sentence or two. */
  readonly text: string;
  /** A text to be copied by hand. */
  readonly toCopy?: string;
}

/** What the page says of links, files and the clipboard. */
export interface NoticeSlice {
  readonly notice: Notice | null;
  /** Whether the link was copied just now. */
  readonly copied: boolean;
  notify(notice: Notice | null): void;
  setCopied(copied: boolean): void;
}

/** A lesson that is being followed. */
export interface LessonUnderWay {
  /** Counts the moves of the lesson: to a step, back to it, to its answer. */
  readonly move: number;
  readonly lesson: Lesson;
  /** From 0. */
  readonly step: number;
  /** What was answered to its questions. */
  readonly replies: Replies;
  /** The first answer to the step’s question, where it was not right and there is a second try. */
  readonly tried: FactValue | null;
  /** What is picked for an answer so far: heads, tokens or ranks; or that it is none of them. */
  readonly picks: readonly number[] | 'none';
}

/** Lessons: the one that is followed, and how far one came in each. */
export interface LessonSlice {
  readonly lesson: LessonUnderWay | null;
  readonly progress: Progress;
  setProgress(progress: Progress): void;
  /** Shows a step of a lesson; resolves once its case is judged, or was overtaken. */
  startLesson(lesson: Lesson, step: number): Promise<void>;
  /** Follows a lesson from its start, with all of its questions to be answered again. */
  restartLesson(lesson: Lesson): Promise<void>;
  /** Shows the step again, where the learner has left the path. */
  returnToLesson(): Promise<void>;
  /** Picks a head, token or rank for the answer, or none of them, or takes that back. */
  pick(member: number | 'none'): void;
  /**
   * Answers the question; the ranks then go on and show it. A first answer that is not right is only
   * told: there is a second try.
   */
  reply(reply: Reply): Promise<void>;
  /** Takes the reply back: the ranks are where the question is asked, and it is asked again. */
  askAgain(): Promise<void>;
  leaveLesson(): void;
}

/** How strongly colours are set apart: as the system wishes, unless a person said otherwise. */
export type Contrast = 'more' | 'normal';

/** A place on the page, as shares of its width and height. */
export interface Mark {
  readonly x: number;
  readonly y: number;
}

/** The page before an audience. */
export interface PresentingSlice {
  readonly presenting: boolean;
  /** Whether a ring follows the mouse, and a click leaves a mark. */
  readonly pointing: boolean;
  readonly contrast: Contrast;
  /** Marks left for the audience. */
  readonly marks: readonly Mark[];
  /** The name by which the presenter’s window knows this page; null before there is one. */
  readonly presenter: string | null;
  setPresenting(presenting: boolean): void;
  setPointing(pointing: boolean): void;
  setContrast(contrast: Contrast): void;
  setMarks(marks: readonly Mark[]): void;
  setPresenter(name: string): void;
}

/** What draws something on the screen, and can draw it elsewhere. */
export interface PanelsSlice {
  /** In the order in which they came to the screen; each gives its panel as long as it shows something. */
  readonly offered: readonly { readonly subject: Subject; readonly panel: () => Panel | null }[];
  /** Whoever draws something on the screen offers it to be drawn elsewhere; gives back what ends that. */
  offerPanel(subject: Subject, panel: () => Panel | null): () => void;
}

/** Whether a newer build of the page is kept, and waits to take over. */
export interface UpdateSlice {
  readonly updateWaiting: boolean;
  setUpdateWaiting(waiting: boolean): void;
}
