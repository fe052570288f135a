import type { Word } from './word.ts';

/** Words for what is computed: attention, its sequences and its heads. */
export const ATTENTION_WORDS = [
  {
    id: 'attention',
    term: 'attention',
    meaning:
      'The part of a model in which every token looks at others. It needs the whole sequence of a head at once, hence the passes around it.',
    forms: ['softmax attention'],
  },
  {
    id: 'backward',
    term: 'backward',
    meaning:
      'The half of a training step that computes gradients. The passes run again there, the other way round.',
    forms: ['gradient', 'gradients'],
  },
  {
    id: 'batch',
    term: 'batch',
    meaning: 'How many sequences go through the model together: B.',
    forms: ['batch dimension'],
  },
  {
    id: 'causal-mask',
    term: 'causal mask',
    meaning: 'With it a token looks only at itself and at those before it.',
    forms: ['causal'],
  },
  {
    id: 'ulysses',
    term: 'DeepSpeed-Ulysses',
    meaning:
      'Attention over long sequences, shared out by two all-to-alls: published by DeepSpeed in 2023, and copied by many.',
    forms: ['Ulysses'],
  },
  {
    id: 'gqa',
    term: 'GQA',
    meaning:
      'Grouped-query attention: several query heads share one KV head. Each group has to meet on one rank.',
    forms: ['grouped-query attention'],
  },
  {
    id: 'head',
    term: 'head',
    meaning:
      'One of the parallel parts of attention. Heads are independent of one another, so that ranks can share them out.',
    forms: ['heads'],
  },
  {
    id: 'head-dim',
    term: 'head dim',
    meaning: 'How many numbers one head has for one token: D.',
    forms: ['head dimension'],
  },
  {
    id: 'kv-head',
    term: 'KV head',
    meaning:
      'A head of keys and values, which query heads attend to. A model may have fewer of them than of query heads.',
    forms: ['KV heads'],
  },
  {
    id: 'padding',
    term: 'padding',
    meaning: 'Elements that are added so that something divides, and are to be taken away again.',
    forms: ['padded', 'pad'],
  },
  {
    id: 'qkv',
    term: 'q, k, v, o',
    meaning:
      'The tensors of attention: queries q, keys k and values v go through pass 1, its output o goes through pass 2. dq, dk, dv and do are their gradients.',
    forms: ['q, k and v', 'queries', 'keys', 'dq', 'dk', 'dv'],
  },
  {
    id: 'query-head',
    term: 'query head',
    meaning: 'A head that asks. A model has as many query heads as it has attention heads.',
    forms: ['query heads'],
  },
  {
    id: 'sequence',
    term: 'sequence',
    meaning: 'The text that a model reads, as a row of tokens: S of them.',
    forms: ['sequences'],
  },
  {
    id: 'chunk',
    term: 'sequence chunk',
    meaning: 'The part of the sequence that is at home on one rank.',
    forms: ['sequence chunks'],
  },
  {
    id: 'sp',
    term: 'sequence parallel degree',
    meaning: 'How many ranks share one sequence, each holding a part of it: SP.',
    forms: ['SP degree', 'SP degrees', 'SP', 'sequence parallel'],
  },
  {
    id: 'token',
    term: 'token',
    meaning: 'One position of the sequence: a word or a piece of one.',
    forms: ['tokens'],
  },
] as const satisfies readonly Word[];
