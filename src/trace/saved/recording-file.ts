import * as v from 'valibot';
import { shortened } from '../../base/quoted.ts';
import { refused } from '../../base/refused.ts';
import { parseCase } from '../../engine/case-input.ts';
import type { Recording } from '../../engine/event.ts';
import { inconsistencyOf } from './recording-check.ts';
import { RANK_EVENT } from './recording-schema.ts';
import { savedText, savedValue } from './saved-text.ts';

/**
 * A recording as a text that can be kept, as `savedText` writes it. The version counts up when the
 * form changes; older ones stay readable.
 */
const FORMAT = 'rankscope-recording';
const VERSION = 1;

export type LoadedRecording =
  | { readonly ok: true; readonly recording: Recording }
  | { readonly ok: false; readonly message: string };

export function saveRecording(recording: Recording): string {
  const file = { format: FORMAT, version: VERSION, ...recording };
  return savedText(file);
}

const FILE = v.strictObject({
  format: v.literal(FORMAT),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  case: v.unknown(),
  ranks: v.array(
    v.strictObject({
      events: v.array(RANK_EVENT),
      storages: v.array(v.instance(Int32Array)),
    }),
  ),
});

/** Reads what `saveRecording` wrote; anything else is refused with a sentence. Nothing is executed. */
export function loadRecording(text: string): LoadedRecording {
  const parsed = parseSaved(text);
  return parsed.ok ? recordingOf(parsed.json) : parsed;
}

/** The JSON of a saved text, with its arrays of numbers. */
export function parseSaved(
  text: string,
):
  | { readonly ok: true; readonly json: unknown }
  | { readonly ok: false; readonly message: string } {
  try {
    return { ok: true, json: savedValue(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refused(`Truncated recording: ${reason}.`);
  }
}

/**
 * A recording, from what JSON made of its text. It is asked whether it is one that ranks could have
 * left: whoever shows it need ask nothing more.
 */
export function recordingOf(json: unknown): LoadedRecording {
  // A later version may have a later form: its number is asked first.
  const version = v.safeParse(v.object({ version: FILE.entries.version }), json);
  if (version.success && version.output.version > VERSION) {
    return refused(
      `This recording is of version ${version.output.version}; this page reads up to ${VERSION}.`,
    );
  }
  const file = v.safeParse(FILE, json);
  if (!file.success) return refused(`Not a Rankscope recording: ${issueText(file.issues[0])}.`);
  const parsed = parseCase(file.output.case, { anyLayout: true });
  if (!parsed.ok) {
    const reason = parsed.problems[0]?.message.replace(/\.$/, '');
    return refused(`The case of this recording: ${reason}.`);
  }
  const { ranks } = file.output;
  if (parsed.case.sp !== ranks.length) {
    return refused(
      `This recording has ${ranks.length} of the ${parsed.case.sp} ranks that its case names.`,
    );
  }
  const recording = { case: parsed.case, ranks };
  const problem = inconsistencyOf(recording);
  return problem === null
    ? { ok: true, recording }
    : refused(`This recording is damaged: ${problem}.`);
}

/** "ranks[0].events[3].inputs[1].storage is -1; >=0 is expected" */
function issueText(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue)?.replace(/\.(\d+)/g, '[$1]') ?? 'the file';
  const short = (text: string) => shortened(text, 60);
  return `${path} is ${short(issue.received)}; ${short(issue.expected ?? 'something else')} is expected`;
}
