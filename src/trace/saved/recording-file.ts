import * as v from 'valibot';
import { assert } from '../../base/assert.ts';
import { shortened } from '../../base/quoted.ts';
import { refused } from '../../base/refused.ts';
import { parseCase } from '../../core/cases/case-input.ts';
import { recordingOf } from '../../core/cases/origin.ts';
import { EVERYTHING } from '../../core/contract/capability.ts';
import type { Contract } from '../../core/contract/contract.ts';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import type { Recording } from '../../core/recording/event.ts';
import { CONTRACT } from './contract-schema.ts';
import { inconsistencyOf } from './recording-check.ts';
import { RANK_EVENT } from './recording-schema.ts';
import { savedText, savedValue } from './saved-text.ts';

/**
 * A recording as a text that can be kept, as `savedText` writes it. The version counts up when the
 * form changes; older ones stay readable. Since version 2 a recording stands alone, with what was
 * asked of its ranks; version 1 had the case that they ran instead.
 */
const FORMAT = 'rankscope-recording';
const VERSION = 2;

export type LoadedRecording =
  | { readonly ok: true; readonly recording: Recording }
  | { readonly ok: false; readonly message: string };

export function saveRecording(recording: Recording): string {
  const file = { format: FORMAT, version: VERSION, ...recording };
  return savedText(file);
}

const COMMON = {
  format: v.literal(FORMAT),
  ranks: v.array(
    v.strictObject({
      events: v.array(RANK_EVENT),
      storages: v.array(v.instance(Int32Array)),
    }),
  ),
};

const HEADER = v.object({
  format: COMMON.format,
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

const FILE = v.variant('version', [
  v.strictObject({ ...COMMON, version: v.literal(1), case: v.unknown() }),
  v.strictObject({
    ...COMMON,
    version: v.literal(VERSION),
    contract: CONTRACT,
    origin: v.variant('kind', [
      v.strictObject({ kind: v.literal('case'), case: v.unknown() }),
      v.strictObject({ kind: v.literal('elsewhere'), from: v.pipe(v.string(), v.maxLength(300)) }),
    ]),
    capabilities: v.array(v.picklist(EVERYTHING)),
  }),
]);
type File = v.InferOutput<typeof FILE>;

/** Reads what `saveRecording` wrote; anything else is refused with a sentence. Nothing is executed. */
export function loadRecording(text: string): LoadedRecording {
  const parsed = parseSaved(text);
  return parsed.ok ? loadedRecording(parsed.json) : parsed;
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
export function loadedRecording(json: unknown): LoadedRecording {
  // A later version may have a later form: its number is asked first.
  const header = v.safeParse(HEADER, json);
  if (!header.success) return refused(`Not a Rankscope recording: ${issueText(header.issues[0])}.`);
  const { version } = header.output;
  if (version > VERSION) {
    return refused(`This recording is of version ${version}; this page reads up to ${VERSION}.`);
  }
  const file = v.safeParse(FILE, json);
  if (!file.success) return refused(`Not a Rankscope recording: ${issueText(file.issues[0])}.`);
  const made = madeOf(file.output);
  if (!made.ok) return made;
  const { contract, ranks } = made.recording;
  if (contract.sp !== ranks.length) {
    return refused(
      `This recording has ${ranks.length} of the ${contract.sp} ranks that its case names.`,
    );
  }
  const problem = contradiction(file.output, contract) ?? inconsistencyOf(made.recording);
  return problem === null ? made : refused(`This recording is damaged: ${problem}.`);
}

/** Whether a file says of its tensors something else than its case does; null where it does not. */
function contradiction(file: File, contract: Contract): string | null {
  if (file.version === 1) return null;
  // Through the same schema, so that both have their fields in one order.
  const same = savedText(v.parse(CONTRACT, contract)) === savedText(file.contract);
  return same ? null : 'its tensors are not laid out as those of its case';
}

/** The recording of a file: of the case that it names, or with the contract that it brings. */
function madeOf(file: File): LoadedRecording {
  if (file.version === 1) return ofCase(file.case, file.ranks);
  const { contract, origin, capabilities, ranks } = file;
  if (origin.kind === 'elsewhere') {
    const problem = contractProblem(contract);
    return problem === null
      ? { ok: true, recording: { contract, origin, capabilities, ranks } }
      : refused(`What this recording says of its tensors cannot be: ${problem}.`);
  }
  return ofCase(origin.case, ranks);
}

/** What of a contract contradicts itself; null where nothing does. */
function contractProblem({ before, between, positions, seq }: Contract): string | null {
  if (before.axes.join() !== between.axes.join()) return 'their axes change between the passes';
  return positions < seq ? `${positions} positions have no room for ${seq} tokens` : null;
}

function ofCase(json: unknown, ranks: Recording['ranks']): LoadedRecording {
  const parsed = parseCase(json, { anyLayout: true });
  if (!parsed.ok) {
    const reason = parsed.problems[0]?.message.replace(/\.$/, '');
    return refused(`The case of this recording: ${reason}.`);
  }
  const implementation = findImplementation(parsed.case.implementation);
  assert(implementation !== undefined, 'a parsed case names a known implementation');
  return { ok: true, recording: recordingOf(parsed.case, implementation, ranks) };
}

/** "ranks[0].events[3].inputs[1].storage is -1; >=0 is expected" */
function issueText(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue)?.replace(/\.(\d+)/g, '[$1]') ?? 'the file';
  const short = (text: string) => shortened(text, 60);
  return `${path} is ${short(issue.received)}; ${short(issue.expected ?? 'something else')} is expected`;
}
