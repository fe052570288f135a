import { describe, expect, it } from 'vitest';
import { MAX_CONFIG_BYTES, readModelConfig } from './read-config.ts';

function read(config: unknown, name?: string) {
  return readModelConfig(JSON.stringify(config), name);
}

describe('a config.json', () => {
  it('gives its heads', () => {
    const config = {
      _name_or_path: 'meta-llama/Llama-3.1-8B',
      num_attention_heads: 32,
      num_key_value_heads: 8,
      hidden_size: 4096,
    };
    expect(read(config)).toEqual({
      ok: true,
      model: {
        name: 'Llama-3.1-8B',
        kinds: [{ name: 'attention', heads: 32, kvHeads: 8, headDim: 128 }],
      },
    });
  });

  it('is searched in its text part, not in its vision part', () => {
    const config = {
      model_type: 'qwen2_5_vl',
      vision_config: { num_heads: 16, hidden_size: 1280 },
      text_config: { num_attention_heads: 28, num_key_value_heads: 4, head_dim: 128 },
    };
    expect(read(config)).toMatchObject({
      ok: true,
      model: {
        kinds: [
          { heads: 28, kvHeads: 4 },
          { name: 'vision tower', heads: 16, kvHeads: 16, headDim: 80 },
          { heads: 16, kvHeads: 28, program: 'twoModels' },
        ],
      },
    });
  });

  it('is searched deeper than one level', () => {
    const config = { thinker_config: { text_config: { num_attention_heads: 28 } } };
    expect(read(config, 'omni.json')).toEqual({
      ok: true,
      model: {
        name: 'omni.json',
        kinds: [{ name: 'attention', heads: 28, kvHeads: 28, headDim: null }],
      },
    });
  });

  it.each([
    [{ n_head: 71, n_embd: 4544, multi_query: true }, 71, 1],
    // The published file of Falcon 7B: its num_kv_heads is not read by the old architecture.
    [{ num_attention_heads: 71, num_kv_heads: 71, multi_query: true }, 71, 1],
    [{ num_attention_heads: 32, multi_query_attention: false, multi_query_group_num: 2 }, 32, 32],
    [
      {
        n_head: 128,
        n_embd: 8192,
        multi_query: true,
        new_decoder_architecture: true,
        num_kv_heads: 8,
      },
      128,
      8,
    ],
    [{ n_heads: 48, d_model: 6144, attn_config: { kv_n_heads: 8 } }, 48, 8],
    [{ num_attention_heads: 32, multi_query_group_num: 2, kv_channels: 128 }, 32, 2],
  ])('is understood by the older names: %j', (config, heads, kvHeads) => {
    expect(read(config)).toMatchObject({ ok: true, model: { kinds: [{ heads, kvHeads }] } });
  });

  it.each<[string, object, [string, number, number][]]>([
    [
      'layers that attend globally with KV heads of their own',
      {
        num_attention_heads: 32,
        num_key_value_heads: 16,
        num_global_key_value_heads: 4,
        layer_types: ['sliding_attention', 'full_attention'],
      },
      [
        ['sliding attention', 32, 16],
        ['full attention', 32, 4],
      ],
    ],
    [
      'linear attention between full',
      {
        num_attention_heads: 16,
        num_key_value_heads: 2,
        linear_num_key_heads: 16,
        linear_num_value_heads: 32,
        layer_types: ['linear_attention', 'linear_attention', 'full_attention'],
      },
      [
        ['full attention', 16, 2],
        ['linear attention', 32, 16],
      ],
    ],
    [
      'lists with an entry a layer',
      { num_query_heads: [12, 12, 16], num_kv_heads: [3, 3, 4] },
      [
        ['layers 0, 1', 12, 3],
        ['layer 2', 16, 4],
      ],
    ],
    [
      'latent attention, whose keys are unfolded',
      { num_attention_heads: 128, num_key_value_heads: 8, kv_lora_rank: 512 },
      [['latent attention (MLA)', 128, 128]],
    ],
    [
      'an audio tower beside the text',
      { audio_config: { encoder_attention_heads: 20 }, text_config: { num_attention_heads: 28 } },
      [
        ['attention', 28, 28],
        ['audio tower', 20, 20],
        ['audio tower, then language model', 20, 28],
      ],
    ],
  ])('names every kind of layer: %s', (_, config, kinds) => {
    const result = read(config);
    const found = result.ok
      ? result.model.kinds.map((kind) => [kind.name, kind.heads, kind.kvHeads])
      : result.message;
    expect(found).toEqual(kinds);
  });

  it.each([
    ['{"num_attention_heads": 8', /This is not JSON/],
    ['', /^Nothing stands in it; a model’s config.json is expected\.$/],
    [' \n', /^Nothing stands in it/],
    ['\uFFFD\uFFFD{\0}\0', /UTF-16/],
    ['{"text_config": {"num_attention_heads": -1}}', /^text_config\.num_attention_heads is -1 /],
    [`{"num_attention_heads": "${'x'.repeat(5000)}"}`, /^num_attention_heads is "x{39}… in this/],
    ['[1, 2]', /no object/],
    ['{"hidden_size": 8}', /says nothing of attention heads/],
    ['{"num_attention_heads": 0}', /num_attention_heads is 0 .* from 1 to 1024/],
    ['{"num_attention_heads": "many"}', /num_attention_heads is "many"/],
    ['{"num_attention_heads": 8, "num_key_value_heads": 2.5}', /num_key_value_heads is 2.5/],
    ['{"num_attention_heads": 8, "num_key_value_heads": 16}', /16 .* does not divide its 8/],
    ['{"num_attention_heads": 32, "num_key_value_heads": 5}', /5 .* does not divide its 32/],
  ])('that is of no use is refused with a sentence: %s', (text, message) => {
    const result = readModelConfig(text);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.message).toMatch(message);
  });

  it('is read with the mark with which some editors begin a file', () => {
    const text = '\uFEFF{"num_attention_heads": 8}';
    expect(readModelConfig(text)).toMatchObject({ ok: true, model: { kinds: [{ heads: 8 }] } });
  });

  it('of enormous size is refused unread', () => {
    const result = readModelConfig(' '.repeat(MAX_CONFIG_BYTES + 1));
    expect(result).toMatchObject({ ok: false, message: expect.stringContaining('at most 5 MB') });
  });
});
