import { at } from '../../base/assert.ts';
import { runAlike } from '../../core/bulk/alike.ts';
import { Arena } from '../../core/bulk/arena.ts';
import type { Case } from '../../core/contract/case.ts';
import { judge, judgeBriefly } from '../../core/judge/checks/index.ts';
import { headlineOf } from '../../core/judge/explain/explain.ts';
import { focusOf, shortFailure } from '../../core/judge/explain/story.ts';
import { type Severity, severityOf, VERDICTS, type Verdict } from '../../core/judge/finding.ts';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import type { Implementation } from '../../core/published/implementation.ts';
import type { Recording } from '../../core/recording/event.ts';
import { runWorld } from '../../core/world/world.ts';
import type { JudgedCase, RecordedCase, ToldCase } from './protocol.ts';
import { caseOf, type Field, type MapSetting, meetsItsLayout } from './setting.ts';
import { ToldOnce } from './told-once.ts';

/** What a field holds: an index into `VERDICTS`, or one of these. */
export const UNKNOWN = 255;
/** The key/value ratio gives no whole number of heads: there is no such model. */
export const NO_MODEL = 254;
/** Unbalanced as a fault: the code does not mean it. */
export const UNMEANT = VERDICTS.length;

/** Runs a field through the engine, and asks of it what decides its verdict but attention's numbers. */
export function judgeField(setting: MapSetting, field: Field): number {
  const wanted = caseOf(setting, field);
  if (wanted === null) return NO_MODEL;
  const { verdict, severity } = judgeBriefly(recordingOf(wanted));
  return verdict === 'unbalanced' && severity === 'fault' ? UNMEANT : VERDICTS.indexOf(verdict);
}

/**
 * Runs a case likewise, and tells it in a few words. Where a release of the same program did the same
 * with it before, what was told of that is told of this one.
 */
export function judgeCase(wanted: Case): JudgedCase {
  if (!meetsItsLayout(wanted)) return judgeAlone(wanted);
  const release = publishedAs(wanted.implementation);
  return told.tell(wanted, release, (heard) => judgeAlone(wanted, heard));
}

/** The same by a run of its own, whatever was told before. */
export function judgeAlone(wanted: Case, release?: Implementation): JudgedCase {
  const recording = recordingOf(wanted, release);
  const { verdict, severity, findings } = judgeBriefly(recording);
  const call = focusOf(recording, findings, verdict);
  return { verdict, severity, short: shortFailure({ recording, findings, verdict, call }) };
}

/** The last runs that were told of programs that several releases share. */
const told = new ToldOnce<JudgedCase>();

/** Runs a case likewise, asks every check, and tells it in a sentence. */
export function tellCase(wanted: Case): ToldCase {
  const recording = recordingOf(wanted);
  const { verdict, findings } = judge(recording);
  return { verdict, headline: headlineOf(recording, findings, verdict) };
}

/** Runs a case on every rank, faults and attention included, and has it judged. */
export function recordCase(wanted: Case): RecordedCase {
  const recording = runWorld(wanted, publishedAs(wanted.implementation));
  return { recording, findings: judge(recording).findings };
}

/** The verdict of what a field holds; null where it holds none. */
export function verdictOf(value: number): Verdict | null {
  if (value === UNMEANT) return 'unbalanced';
  return value < VERDICTS.length ? at(VERDICTS, value) : null;
}

/** The severity of what a field holds; null where it holds no verdict. */
export function severityIn(value: number): Severity | null {
  if (value === UNMEANT) return 'fault';
  const verdict = verdictOf(value);
  return verdict === null ? null : severityOf(verdict);
}

/** No recording is read after the next is made. */
const arena = new Arena();

function recordingOf(
  wanted: Case,
  release: Implementation = publishedAs(wanted.implementation),
): Recording {
  // Attention alone shows what a sequence that is not gathered comes to; it needs every rank.
  if (!meetsItsLayout(wanted)) return runWorld(wanted, release);
  arena.clear();
  return runAlike(wanted, release, { arena });
}

function publishedAs(id: string): Implementation {
  const implementation = findImplementation(id);
  if (implementation === undefined) throw new Error(`no ${id}`);
  return implementation;
}
