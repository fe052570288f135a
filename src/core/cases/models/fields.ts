/** A part of a config.json. */
export type Json = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The names that models give to their counts, most usual first. */
export const HEADS = [
  'num_attention_heads',
  'n_head',
  'n_heads',
  'num_heads',
  'decoder_attention_heads',
  'encoder_attention_heads',
  'num_query_heads',
];
export const KV_HEADS = [
  'num_key_value_heads',
  'n_head_kv',
  'num_kv_heads',
  'kv_n_heads',
  'multi_query_group_num',
  'num_query_groups',
];
export const HEAD_DIM = ['head_dim', 'kv_channels', 'attention_head_dim', 'd_kv'];
const WIDTH = ['hidden_size', 'n_embd', 'd_model', 'dim', 'embed_dim'];

/** What a file says, and under which name. */
export interface Found {
  readonly key: string;
  readonly value: unknown;
}

export function firstOf(config: Json, keys: readonly string[]): Found | null {
  for (const key of keys) {
    const value = config[key];
    if (value !== undefined && value !== null) return { key, value };
  }
  return null;
}

export function isSize(value: unknown, max: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max;
}

/** The width of a layer over its heads, where that is a whole number. */
export function widthPerHead(config: Json, heads: number): number | null {
  const size = Number(firstOf(config, WIDTH)?.value) / heads;
  return Number.isInteger(size) ? size : null;
}
