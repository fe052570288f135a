import * as v from 'valibot';
import { type CaseField, size, sizeForm } from './case-field.ts';
import { BOTH, CHECK, numberFor } from './case-option.ts';

/** No call has more heads. */
export const MOST_HEADS = 1024;

/** The fields that say how much there is of something: the part of `CASE_FIELDS` that is of a kind. */
export const SIZE_FIELDS = {
  sp: {
    ...size(1024),
    label: 'Ranks (SP)',
    term: 'sp',
    name: 'SP',
    beside: 'ranks (SP)',
    words: (c) => `P=${c.sp}`,
    option: {
      name: 'sp',
      value: 'N',
      section: 'case',
      of: CHECK,
      says: 'sequence-parallel degree: the number of ranks',
      read: numberFor('sp'),
    },
  },
  batch: {
    ...size(64),
    unsaid: 1,
    label: 'Batch',
    term: 'batch',
    name: 'batch',
    beside: 'batch',
    words: (c) => `B=${c.batch}`,
    option: {
      name: 'batch',
      value: 'N',
      section: 'case',
      of: BOTH,
      says: 'batch size; 1 by default',
      otherwise: 1,
      read: numberFor('batch'),
    },
  },
  seq: {
    ...size(65_536),
    label: 'Sequence',
    term: 'sequence',
    name: 'sequence',
    beside: 'sequence',
    words: (c) => `S=${c.seq}`,
    option: {
      name: 'seq',
      value: 'N',
      section: 'case',
      of: CHECK,
      says: 'sequence length; 2 per rank by default',
      read: numberFor('seq'),
    },
  },
  heads: {
    ...size(MOST_HEADS),
    label: 'Query heads',
    term: 'query-head',
    name: 'heads',
    beside: 'query heads',
    words: (c) => `H=${c.heads}`,
    option: {
      name: 'heads',
      value: 'N',
      section: 'case',
      of: BOTH,
      says: 'query heads; map keeps their ratio to --kv-heads',
      read: numberFor('heads'),
    },
  },
  kvHeads: {
    ...size(MOST_HEADS),
    form: (refused) => v.optional(sizeForm(MOST_HEADS, refused)),
    label: 'KV heads',
    term: 'kv-head',
    name: 'KV heads',
    beside: 'KV heads',
    words: (c) => (c.kvHeads === c.heads ? null : `Hkv=${c.kvHeads}`),
    option: {
      name: 'kv-heads',
      value: 'N',
      section: 'case',
      of: BOTH,
      says: 'key/value heads; as many as query heads by default. map without --heads: the same count in every cell',
      read: numberFor('kvHeads'),
    },
  },
  headDim: {
    ...size(512),
    label: 'Head dim',
    term: 'head-dim',
    name: 'head dim',
    beside: 'head dim',
    words: (c) => `D=${c.headDim}`,
    option: {
      name: 'head-dim',
      value: 'N',
      section: 'case',
      of: CHECK,
      says: 'size of one head; 2 by default',
      otherwise: 2,
      read: numberFor('headDim'),
    },
  },
} as const satisfies Readonly<Record<string, CaseField>>;
