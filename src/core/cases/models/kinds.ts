import { LIMITS } from '../case-form.ts';
import {
  firstOf,
  HEAD_DIM,
  HEADS,
  isRecord,
  isSize,
  type Json,
  KV_HEADS,
  widthPerHead,
} from './fields.ts';
import type { LayerKind } from './model.ts';

/** What a configuration says of its plain layers; the others are told apart from them. */
export type PlainHeads = Pick<LayerKind, 'heads' | 'kvHeads' | 'headDim'>;

/**
 * The kinds of attention layer of a text configuration, its plain layers first: layers that attend
 * globally with KV heads of their own, layers whose head counts are lists, and linear attention. A
 * kind that no layer is of is left out.
 */
export function textKinds(config: Json, plain: PlainHeads): LayerKind[] {
  const listed = listedKinds(config, plain);
  if (listed.length > 0) return listed;
  const types = new Set(Array.isArray(config.layer_types) ? config.layer_types.map(String) : []);
  const has = (type: string) => types.size === 0 || types.has(type);
  const linear = linearKind(config);
  const global = globalKind(config, plain);
  const others = [...types].filter(
    (type) => type !== 'full_attention' && type !== 'linear_attention',
  );
  const [other = 'attention'] = others;
  if (global !== null) {
    const local = { ...plain, name: types.size === 0 ? 'local attention' : spaced(other) };
    return [
      ...(types.size === 0 || others.length > 0 ? [local] : []),
      ...(has('full_attention') ? [global] : []),
    ];
  }
  if (linear !== null && has('linear_attention')) {
    const full = types.size > 0 && !has('full_attention') && others.length === 0;
    return full ? [linear] : [{ ...plain, name: 'full attention' }, linear];
  }
  return [{ ...plain, name: isLatent(config) ? 'latent attention (MLA)' : 'attention' }];
}

/**
 * Layers that attend globally with other head counts than the rest: Gemma 4's `num_global_*`. Null where
 * the file has none.
 */
function globalKind(config: Json, plain: PlainHeads): LayerKind | null {
  const heads = numberIn(config, ['num_global_attention_heads'], LIMITS.heads);
  const kvHeads = numberIn(config, ['num_global_key_value_heads'], LIMITS.kvHeads);
  if (heads === null && kvHeads === null) return null;
  return {
    name: 'full attention',
    heads: heads ?? plain.heads,
    kvHeads: kvHeads ?? plain.kvHeads,
    headDim: numberIn(config, ['global_head_dim'], LIMITS.headDim) ?? plain.headDim,
  };
}

/**
 * Linear attention (Qwen3-Next, Qwen3.5): q and k have `linear_num_key_heads`, v and the output have
 * `linear_num_value_heads`. Both counts are exchanged, so that both decide.
 */
function linearKind(config: Json): LayerKind | null {
  const keys = numberIn(config, ['linear_num_key_heads'], LIMITS.kvHeads);
  const values = numberIn(config, ['linear_num_value_heads'], LIMITS.heads);
  if (keys === null && values === null) return null;
  const [few, many] = [keys ?? values ?? 1, values ?? keys ?? 1].toSorted((a, b) => a - b);
  return {
    name: 'linear attention',
    heads: many ?? 1,
    kvHeads: few ?? 1,
    headDim: numberIn(config, ['linear_value_head_dim', 'linear_key_head_dim'], LIMITS.headDim),
  };
}

/** Multi-head latent attention: keys and values are unfolded to as many heads as the queries have. */
export function isLatent(config: Json): boolean {
  return typeof config.kv_lora_rank === 'number';
}

/** Layers whose head counts stand in lists, an entry a layer: those with the same counts are one kind. */
function listedKinds(config: Json, plain: PlainHeads): LayerKind[] {
  const heads = listIn(config, HEADS);
  const kvHeads = listIn(config, KV_HEADS);
  const layers = heads?.length ?? kvHeads?.length ?? 0;
  const kinds = new Map<string, { kind: PlainHeads; layers: number[] }>();
  for (let layer = 0; layer < layers; layer++) {
    const own = heads?.[layer] ?? plain.heads;
    const kind = {
      ...plain,
      heads: own,
      kvHeads: kvHeads?.[layer] ?? (kvHeads === null ? own : plain.kvHeads),
    };
    const key = `${kind.heads}/${kind.kvHeads}`;
    const known = kinds.get(key) ?? { kind, layers: [] };
    known.layers.push(layer);
    kinds.set(key, known);
  }
  return [...kinds.values()].map(({ kind, layers: of }) => ({ ...kind, name: layersText(of) }));
}

/** The largest head counts that lists hold, which stand for the model where one number is asked. */
export function listIn(config: Json, keys: readonly string[]): readonly number[] | null {
  const found = firstOf(config, keys)?.value;
  if (!Array.isArray(found) || found.length === 0) return null;
  const list: unknown[] = found;
  const sizes = list.filter((value) => isSize(value, LIMITS.heads)).map(Number);
  return sizes.length === list.length ? sizes : null;
}

/** "layer 3", "layers 0, 1, 2 …" */
function layersText(layers: readonly number[]): string {
  const named = layers.slice(0, MOST_NAMED).join(', ');
  return `${layers.length === 1 ? 'layer' : 'layers'} ${named}${layers.length > MOST_NAMED ? ' …' : ''}`;
}

const MOST_NAMED = 4;

/** Parts of a model beside its text that have attention of their own, and what they are called. */
const TOWERS: readonly (readonly [RegExp, string])[] = [
  [/vision|visual|image/i, 'vision tower'],
  [/audio|speech/i, 'audio tower'],
];

/**
 * The towers of a model of several parts, wherever in the file they stand: encoders in which every head
 * has its own keys. Each once by itself and once before the language model in one process, where a
 * head count that it leaves behind meets the other.
 */
export function towerKinds(file: Json, text: PlainHeads): LayerKind[] {
  return towersIn(file, 0).flatMap((tower) => [
    tower,
    {
      name: `${tower.name}, then language model`,
      heads: tower.heads,
      kvHeads: text.heads,
      headDim: text.headDim,
      program: 'twoModels' as const,
    },
  ]);
}

function towersIn(config: Json, depth: number): LayerKind[] {
  if (depth === 4) return [];
  return Object.entries(config).flatMap(([key, part]) => {
    if (!isRecord(part)) return [];
    const name = TOWERS.find(([pattern]) => pattern.test(key))?.[1];
    const heads = numberIn(part, HEADS, LIMITS.heads);
    if (name === undefined || heads === null) return towersIn(part, depth + 1);
    const kvHeads = numberIn(part, KV_HEADS, LIMITS.kvHeads) ?? heads;
    const headDim = numberIn(part, HEAD_DIM, LIMITS.headDim) ?? widthPerHead(part, heads);
    return [{ name, heads, kvHeads, headDim }];
  });
}

function numberIn(config: Json, keys: readonly string[], most: number): number | null {
  const found = firstOf(config, keys);
  return found !== null && isSize(found.value, most) ? Number(found.value) : null;
}

/** "sliding_attention" as words. */
function spaced(type: string): string {
  return type.replaceAll('_', ' ');
}
