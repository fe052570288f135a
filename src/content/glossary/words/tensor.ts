import type { Word } from './word.ts';

/** Words for tensors, and how they lie in memory. */
export const TENSOR_WORDS = [
  {
    id: 'contiguous',
    term: 'contiguous',
    meaning:
      'Said of a tensor that reads its memory from the first place to the last. A collective needs one; .contiguous() makes a copy.',
    forms: [],
  },
  {
    id: 'element',
    term: 'element',
    meaning:
      'One number of a tensor. Here it carries its identity instead: its batch, token, head and place in the head dim.',
    forms: ['elements'],
  },
  {
    id: 'layout',
    term: 'layout',
    meaning:
      'The order of a tensor’s dimensions: batch first is [B, S, H, D], sequence first is [S, B, H, D].',
    forms: ['layouts', 'batch first', 'sequence first'],
  },
  {
    id: 'permute',
    term: 'permute',
    meaning:
      'Puts a tensor’s dimensions in another order. Nothing moves in memory until a copy is made.',
    forms: ['permuted'],
  },
  {
    id: 'reshape',
    term: 'reshape',
    meaning: 'Reads the same elements, in the same order, in another shape.',
    forms: ['reshapes'],
  },
  {
    id: 'shape',
    term: 'shape',
    meaning: 'How long a tensor is in each of its dimensions.',
    forms: ['shapes'],
  },
  {
    id: 'stride',
    term: 'stride',
    meaning: 'How many places in memory lie between neighbours along a dimension.',
    forms: ['strides', 'strided'],
  },
  {
    id: 'tensor',
    term: 'tensor',
    meaning: 'An array of numbers with any count of dimensions.',
    forms: ['tensors'],
  },
  {
    id: 'twin',
    term: 'twin',
    meaning: 'Another copy of the same element: made by a copy, or by heads that are repeated.',
    forms: ['twins'],
  },
  {
    id: 'view',
    term: 'view',
    meaning:
      'A tensor that looks into the memory of another one: it has its own shape and strides, and no elements of its own.',
    forms: ['views'],
  },
] as const satisfies readonly Word[];
