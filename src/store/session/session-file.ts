import * as v from 'valibot';
import { sum } from '../../base/numbers.ts';
import { type Refused, refused } from '../../base/refused.ts';
import { sameCase } from '../../core/cases/same-case.ts';
import type { Case } from '../../core/contract/case.ts';
import { caseOf, type Recording } from '../../core/recording/event.ts';
import { loadedRecording, parseSaved, saveRecording } from '../../trace/saved/recording-file.ts';
import { fileNameOf } from '../file-name.ts';
import { type Link, type LinkedState, linkTo, printLink, readLink } from '../link/link.ts';
import { isJudged } from '../shown.ts';
import type { RankscopeState } from '../state.ts';
import { unzipped, zipped } from './gzip.ts';

/**
 * A session as a file: what ranks recorded, and the link to the moment that was on the screen. JSON,
 * in gzip. The version counts up when the form changes; older ones stay readable, as links and
 * recordings do by versions of their own.
 */
const FORMAT = 'rankscope-session';
const VERSION = 1;

/** Bytes of a session's JSON, at most. */
const MOST_BYTES = 128 * 1024 * 1024;
const MEGABYTE = 1024 * 1024;

export interface Session {
  readonly recording: Recording;
  /** That of the case beside it, where two are compared. */
  readonly partner: Recording | null;
  readonly link: Link;
}

/** What a session is saved of. */
type SavedState = LinkedState & Pick<RankscopeState, 'partner'>;

export type LoadedSession = ({ readonly ok: true } & Session) | Refused;
export type SavedSession =
  | { readonly ok: true; readonly name: string; readonly file: Blob }
  | Refused;

/** The session on the screen as a file; refused where it would be too large to be opened again. */
export async function saveSession(state: SavedState): Promise<SavedSession> {
  const { shown, partner } = state;
  if (!isJudged(shown)) return refused('There is nothing to save yet.');
  const { recording } = shown.trace;
  const beside = partner?.shown?.trace.recording ?? null;
  // Base64 makes four letters of three bytes; the JSON of a run too large is not even made.
  const letters = (sum([recording, beside].map(bytesOf)) * 4) / 3;
  const link = printLink({
    ...state,
    case: shown.case,
    partner: partner?.shown == null ? null : { case: partner.shown.case },
  });
  const text = letters > MOST_BYTES ? null : printSession({ recording, partner: beside, link });
  if (text === null || text.length > MOST_BYTES) {
    return refused(
      `This run is too large for a file: at most ${MOST_BYTES / MEGABYTE} MB can be opened again. A shorter sequence or a smaller head dim shows the same.`,
    );
  }
  return { ok: true, name: fileNameOf(shown.case, '.json.gz'), file: await zipped(text) };
}

function bytesOf(recording: Recording | null): number {
  const ranks = recording?.ranks ?? [];
  return sum(ranks.flatMap(({ storages }) => storages.map((ids) => ids.byteLength)));
}

/** Whether a file's first bytes are those of gzip, or of a session's or a recording's JSON. */
export async function looksLikeSession(file: Blob): Promise<boolean> {
  const first = new Uint8Array(await file.slice(0, 64).arrayBuffer());
  if (first[0] === 0x1f && first[1] === 0x8b) return true;
  return /^\s*\{\s*"format"\s*:\s*"rankscope-/.test(new TextDecoder().decode(first));
}

/** Reads a session from a file; a bare recording is one at its first moment. */
export async function loadSession(file: Blob): Promise<LoadedSession> {
  if (file.size > MOST_BYTES) return tooLarge();
  const isGzip = new Uint8Array(await file.slice(0, 2).arrayBuffer())[0] === 0x1f;
  if (!isGzip) return readSession(await file.text());
  const content = await unzipped(file, MOST_BYTES);
  if (content.ok) return readSession(content.text);
  return content.reason === 'too large' ? tooLarge() : refused('This file is cut off or damaged.');
}

/** The JSON of a session. */
export function printSession({
  recording,
  partner,
  link,
}: Omit<Session, 'link'> & { readonly link: string }): string {
  const head = JSON.stringify({ format: FORMAT, version: VERSION, link }).slice(0, -1);
  const beside = partner === null ? '' : `,"partner":${saveRecording(partner)}`;
  return `${head},"recording":${saveRecording(recording)}${beside}}`;
}

const FILE = v.strictObject({
  format: v.literal(FORMAT),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  link: v.string(),
  recording: v.unknown(),
  partner: v.optional(v.unknown()),
});

/** Reads what `printSession` printed, or a recording alone; anything else is refused with a sentence. */
export function readSession(text: string): LoadedSession {
  const saved = parseSaved(text);
  if (!saved.ok) return saved;
  const head = v.safeParse(
    v.object({ format: v.literal(FORMAT), version: FILE.entries.version }),
    saved.json,
  );
  if (!head.success) return alone(saved.json);
  if (head.output.version > VERSION) {
    return refused(
      `This session is of version ${head.output.version}; this page reads up to ${VERSION}.`,
    );
  }
  const session = v.safeParse(FILE, saved.json);
  if (!session.success) {
    const field = v.getDotPath(session.issues[0]) ?? 'the file';
    return refused(`This is no session of Rankscope: ${field} is not as it should be.`);
  }
  const read = readLink(session.output.link);
  if (!read.ok) return refused(`The moment of this session cannot be read: ${read.message}.`);
  const { link } = read;
  const own = recordingFor(link.case, session.output.recording);
  if (!own.ok) return own;
  const beside = link.partner && recordingFor(link.partner, session.output.partner);
  if (beside?.ok === false) return beside;
  return {
    ok: true,
    recording: own.recording,
    partner: beside?.recording ?? null,
    link: { ...link, case: own.case, partner: beside?.case ?? null },
  };
}

/** A recording, and the case that it was made from. */
type LoadedRun =
  | { readonly ok: true; readonly recording: Recording; readonly case: Case }
  | Refused;

function runIn(json: unknown): LoadedRun {
  const loaded = loadedRecording(json);
  if (!loaded.ok) return loaded;
  const own = caseOf(loaded.recording);
  if (own !== null) return { ...loaded, case: own };
  return refused(
    'This recording names no case: the page opens recordings of cases that it can run.',
  );
}

/** A recording of the case that the link names. */
function recordingFor(wanted: Case, json: unknown): LoadedRun {
  const loaded = runIn(json);
  if (!loaded.ok || sameCase(loaded.case, wanted)) return loaded;
  return refused('This session’s link is to another case than its recording.');
}

function alone(json: unknown): LoadedSession {
  const loaded = runIn(json);
  if (!loaded.ok) return loaded;
  const { recording } = loaded;
  return { ok: true, recording, partner: null, link: linkTo(loaded.case) };
}

function tooLarge(): Refused {
  return refused(`This file is larger than a session can be: ${MOST_BYTES / MEGABYTE} MB.`);
}
