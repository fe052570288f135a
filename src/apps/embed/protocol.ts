import * as v from 'valibot';
import type { Verdict } from '../../core/judge/finding.ts';
import type { CallTick } from '../../trace/call-tick.ts';

/**
 * What a page that shows Rankscope inside of itself may say to it, and what it hears: documented in
 * docs/embedding.md. The version counts up when a message changes its form or meaning.
 */
export const PROTOCOL = 1;

const WHOLE = v.pipe(v.number(), v.integer(), v.minValue(0));
const envelope = { rankscope: v.literal(PROTOCOL) };

const MESSAGE = v.union([
  v.strictObject({ ...envelope, type: v.literal('listen') }),
  v.strictObject({
    ...envelope,
    type: v.literal('open'),
    case: v.record(v.string(), v.unknown()),
  }),
  v.strictObject({ ...envelope, type: v.literal('open'), link: v.string() }),
  v.strictObject({
    ...envelope,
    type: v.literal('seek'),
    at: v.union([WHOLE, v.strictObject({ call: WHOLE, operation: WHOLE })]),
  }),
]);

/** What the page around says. */
export type Message = v.InferOutput<typeof MESSAGE>;

/** What it hears. */
export type Told =
  | { readonly type: 'ready'; readonly version: string }
  | {
      readonly type: 'verdict';
      readonly verdict: Verdict;
      /** "✕ pass 2 raises on 4 of 4 ranks" */
      readonly text: string;
      readonly headline: string;
      /** The whole address where the same is seen. */
      readonly address: string;
    }
  | {
      readonly type: 'moment';
      readonly tick: number;
      /** How many ticks there are. */
      readonly of: number;
      readonly at: CallTick;
    }
  /** A message that was understood, and cannot be done. */
  | { readonly type: 'refused'; readonly what: Message['type']; readonly reason: string };

/** A message of ours; one that names what is wanted, but not in its form; or what others say. */
export type ReadMessage =
  | { readonly message: Message }
  | { readonly refused: Message['type']; readonly reason: string }
  | null;

/** Reads what was said: others speak in a page as well, and are left without an answer. */
export function readMessage(data: unknown): ReadMessage {
  const read = v.safeParse(MESSAGE, data);
  if (read.success) return { message: read.output };
  const begun = v.safeParse(BEGUN, data);
  if (!begun.success) return null;
  const { type } = begun.output;
  return { refused: type, reason: `This is not the form of "${type}"; it is ${FORMS[type]}.` };
}

/** What says whom it is for and what is wanted. */
const BEGUN = v.object({ ...envelope, type: v.picklist(['listen', 'open', 'seek']) });

const FORMS: Readonly<Record<Message['type'], string>> = {
  listen: '{rankscope: 1, type: "listen"}',
  open: '{rankscope: 1, type: "open", case: {…}} or {rankscope: 1, type: "open", link: "#…"}',
  seek: '{rankscope: 1, type: "seek", at: tick} or {…, at: {call, operation}}',
};
