import { ATTENTION_WORDS } from './words/attention.ts';
import { CLUSTER_WORDS } from './words/cluster.ts';
import { PAGE_WORDS } from './words/page.ts';
import { PASS_WORDS } from './words/pass.ts';
import { TENSOR_WORDS } from './words/tensor.ts';

/**
 * All that the page explains of its words, in the order of the alphabet: on hover where a text first
 * uses one, and in one place.
 */
export const GLOSSARY = [
  ...ATTENTION_WORDS,
  ...CLUSTER_WORDS,
  ...PAGE_WORDS,
  ...PASS_WORDS,
  ...TENSOR_WORDS,
].toSorted((a, b) => (a.term.toLowerCase() < b.term.toLowerCase() ? -1 : 1));

export type TermId = (typeof GLOSSARY)[number]['id'];
