import * as v from 'valibot';
import { parseCase } from '../engine/case-input.ts';
import type { RankRecording, Recording } from '../engine/event.ts';

/**
 * A recording as a text that can be kept: JSON, with arrays of numbers as base64 of their bytes
 * (little-endian). The version counts up when the form changes; older ones stay readable.
 */
const FORMAT = 'rankscope-recording';
const VERSION = 1;

export type LoadedRecording =
  | { readonly ok: true; readonly recording: Recording }
  | { readonly ok: false; readonly message: string };

export function saveRecording(recording: Recording): string {
  const file = { format: FORMAT, version: VERSION, ...recording };
  return JSON.stringify(file, (_, value: unknown) => {
    if (value instanceof Int32Array) return { int32: base64(value) };
    if (value instanceof Float64Array) return { float64: base64(value) };
    return value;
  });
}

const FILE = v.object({
  format: v.literal(FORMAT),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  case: v.unknown(),
  ranks: v.array(
    v.object({
      events: v.array(v.looseObject({ kind: v.string() })),
      storages: v.array(v.instance(Int32Array)),
    }),
  ),
});

/** Reads what `saveRecording` wrote; anything else is refused with a sentence. Nothing is executed. */
export function loadRecording(text: string): LoadedRecording {
  let json: unknown;
  try {
    json = JSON.parse(text, (_, value: unknown) => revived(value));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refused(`This is no whole recording: ${reason}.`);
  }
  const file = v.safeParse(FILE, json);
  if (!file.success) {
    const place = v.getDotPath(file.issues[0]) ?? 'the file';
    return refused(`This is no recording of Rankscope: ${place} is not as it should be.`);
  }
  if (file.output.version > VERSION) {
    return refused(
      `This recording is of version ${file.output.version}; this page reads up to ${VERSION}.`,
    );
  }
  const parsed = parseCase(file.output.case);
  if (!parsed.ok) return refused(`The case of this recording: ${parsed.problems[0]?.message}.`);
  if (parsed.case.sp !== file.output.ranks.length) {
    return refused(
      `This recording has ${file.output.ranks.length} of the ${parsed.case.sp} ranks that its case names.`,
    );
  }
  const ranks = file.output.ranks as unknown as RankRecording[];
  return { ok: true, recording: { case: parsed.case, ranks } };
}

function refused(message: string): LoadedRecording {
  return { ok: false, message };
}

function revived(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('int32' in value && typeof value.int32 === 'string') {
    return new Int32Array(bytesOf(value.int32).buffer);
  }
  if ('float64' in value && typeof value.float64 === 'string') {
    return new Float64Array(bytesOf(value.float64).buffer);
  }
  return value;
}

function base64(numbers: Int32Array | Float64Array): string {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
