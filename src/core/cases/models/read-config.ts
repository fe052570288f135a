import { quoted } from '../../../base/quoted.ts';
import { refused } from '../../../base/refused.ts';
import { LIMITS } from '../case-form.ts';
import {
  type Found,
  firstOf,
  HEAD_DIM,
  HEADS,
  isRecord,
  isSize,
  type Json,
  KV_HEADS,
  widthPerHead,
} from './fields.ts';
import { isLatent, listIn, textKinds, towerKinds } from './kinds.ts';
import type { Model } from './model.ts';

export type ReadConfig =
  | { readonly ok: true; readonly model: Model }
  | { readonly ok: false; readonly message: string };

/** A config.json is a few kilobytes; what is larger than this is something else. */
export const MAX_CONFIG_BYTES = 5 * 1024 * 1024;

/** The sentence that refuses a file for its size. */
export function configTooLarge(bytes: number): string {
  const megabytes = (bytes / (1024 * 1024)).toFixed(1);
  return `This file has ${megabytes} MB; a config.json of at most ${MAX_CONFIG_BYTES / (1024 * 1024)} MB is expected.`;
}

/** Where models of several parts keep the part that makes text; others are searched after these. */
const TEXT_PARTS = /text|language|llm|decoder|thinker|lm/i;
const OTHER_PARTS = /vision|visual|audio|image|speech|encoder|talker/i;

/**
 * Reads the head counts from the text of a Hugging Face config.json, also where they sit in a
 * nested text configuration. The text is parsed as JSON and nothing else.
 */
export function readModelConfig(text: string, fileName?: string): ReadConfig {
  if (text.length > MAX_CONFIG_BYTES) return refused(configTooLarge(text.length));
  if (text.trim() === '')
    return refused('Nothing stands in it; a model’s config.json is expected.');
  if (text.includes('\0')) {
    return refused('It is no text, or text in UTF-16; a config.json is text in UTF-8.');
  }
  let json: unknown;
  try {
    // Some editors begin a file with a mark that is no part of it.
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refused(`This is not JSON: ${reason}. A model’s config.json is expected.`);
  }
  if (!isRecord(json)) return refused('This JSON is no object; a model’s config.json is expected.');
  const part = partWithHeads(json, 0);
  if (part === null) {
    return refused(
      `This JSON says nothing of attention heads; ${HEADS.slice(0, 3).join(', ')} or the like is expected, at the top or in a text configuration.`,
    );
  }
  return modelOf(json, part, nameOf(json, fileName));
}

/** A configuration within a file, and the keys that lead to it: "text_config.", or nothing. */
interface Part {
  readonly config: Json;
  readonly path: string;
}

/** The configuration itself, else the nested one that speaks of text, else none. */
function partWithHeads(config: Json, depth: number, path = ''): Part | null {
  if (firstOf(config, HEADS) !== null) return { config, path };
  if (depth === 4) return null;
  const order = (key: string) => (OTHER_PARTS.test(key) ? 2 : TEXT_PARTS.test(key) ? 0 : 1);
  const parts = Object.entries(config)
    .filter((entry): entry is [string, Json] => isRecord(entry[1]))
    .toSorted(([a], [b]) => order(a) - order(b));
  for (const [key, nested] of parts) {
    if (order(key) === 2) continue;
    const found = partWithHeads(nested, depth + 1, `${path}${key}.`);
    if (found !== null) return found;
  }
  return null;
}

function modelOf(file: Json, { config, path }: Part, name: string): ReadConfig {
  const attention = isRecord(config.attn_config) ? config.attn_config : {};
  const heads = largest(config, HEADS);
  const kvHeads =
    (isLatent(config) ? heads : switchedKvHeads(config, heads)) ??
    largest(config, KV_HEADS) ??
    firstOf(attention, KV_HEADS);
  const headDim = firstOf(config, HEAD_DIM) ?? firstOf(attention, HEAD_DIM);
  const wanted = [
    { found: heads, max: LIMITS.heads },
    { found: kvHeads, max: LIMITS.kvHeads },
    { found: headDim, max: LIMITS.headDim },
  ];
  for (const { found, max } of wanted) {
    if (found === null || isSize(found.value, max)) continue;
    return refused(
      `${path}${found.key} is ${quoted(found.value)} in this file; a whole number from 1 to ${max} is expected.`,
    );
  }
  const count = Number(heads?.value);
  const plain = {
    heads: count,
    kvHeads: kvHeads === null ? count : Number(kvHeads.value),
    headDim: headDim === null ? widthPerHead(config, count) : Number(headDim.value),
  };
  const kinds = textKinds(config, plain);
  const odd = kinds.find((kind) => kind.heads % kind.kvHeads !== 0);
  if (odd !== undefined) {
    return refused(
      `${path}${kvHeads?.key} is ${odd.kvHeads} in this file, which does not divide its ${odd.heads} attention heads: each key/value head serves as many of them.`,
    );
  }
  return { ok: true, model: { name, kinds: [...kinds, ...towerKinds(file, plain)] } };
}

/** A count, or of a list with an entry a layer the largest. */
function largest(config: Json, keys: readonly string[]): Found | null {
  const found = firstOf(config, keys);
  const list = listIn(config, keys);
  return found === null || list === null ? found : { ...found, value: Math.max(...list) };
}

/**
 * Families whose config.json switches between all query heads sharing one key/value head, each having
 * its own, and a number that is then the one that counts: Falcon, GPT-BigCode, ChatGLM. Null where
 * nothing is switched.
 */
function switchedKvHeads(config: Json, heads: Found | null): Found | null {
  if (config.multi_query_attention === false) return heads;
  if (config.multi_query !== true || config.new_decoder_architecture === true) return null;
  return { key: 'multi_query', value: 1 };
}

/** What the file calls the model: its path's last part, its type, or the file's own name. */
function nameOf(config: Json, fileName: string | undefined): string {
  const path = config._name_or_path;
  const last =
    typeof path === 'string' ? path.split('/').findLast((part) => part !== '') : undefined;
  if (last !== undefined) return last;
  const type = config.model_type;
  if (typeof type === 'string' && type !== '') return type;
  return fileName ?? 'config.json';
}
