import type { Word } from './word.ts';

/** Words for the two passes, and for the code that is run in them. */
export const PASS_WORDS = [
  {
    id: 'call',
    term: 'call of a pass',
    meaning:
      'One tensor on its way through one pass: “forward: pass 1 of q”, “backward: gradient of k, pass 2”.',
    forms: [],
  },
  {
    id: 'condition',
    term: 'condition',
    meaning:
      'The line of Python by which the code chooses between the even path and the uneven one.',
    forms: ['conditions'],
  },
  {
    id: 'even-path',
    term: 'even path',
    meaning: 'The code for heads that the ranks divide: every rank gets as many as any other.',
    forms: [],
  },
  {
    id: 'gather-index',
    term: 'gather index',
    meaning:
      'The dimension along which a pass puts the received pieces together: the sequence in pass 1, the heads in pass 2.',
    forms: ['gather_idx'],
  },
  {
    id: 'guard',
    term: 'guard',
    meaning: 'A line that asserts something, and raises where it does not hold.',
    forms: ['guards'],
  },
  {
    id: 'head-count',
    term: 'head count',
    meaning:
      'How many heads a tensor has. Once a model has uneven heads, DeepSpeed also remembers one for the whole process, and later calls follow it.',
    forms: ['num_kv_heads', 'get_num_kv_heads'],
  },
  {
    id: 'implementation',
    term: 'implementation',
    meaning: 'Published code of the two passes: a version of DeepSpeed, or another library.',
    forms: ['implementations'],
  },
  {
    id: 'overlap',
    term: 'overlap path',
    meaning: 'Code that lets an exchange run while other work is done, and waits for it later.',
    forms: ['overlap'],
  },
  {
    id: 'pass',
    term: 'pass',
    meaning:
      'One of the two exchanges around attention. Pass 1 turns a part of the sequence with all heads into the whole sequence with a part of the heads; pass 2 turns it back.',
    forms: ['passes', 'pass 1', 'pass 2'],
  },
  {
    id: 'program',
    term: 'program',
    meaning: 'What the ranks run: one tensor there and back, or a whole layer of attention.',
    forms: ['programs'],
  },
  {
    id: 'round-trip',
    term: 'round trip',
    meaning: 'Pass 1 and then pass 2. It should bring every element home.',
    forms: ['round trips'],
  },
  {
    id: 'rule',
    term: 'rule',
    meaning:
      'A line of Python out of an implementation that can be changed here: its condition, or a guard.',
    forms: ['rules'],
  },
  {
    id: 'scatter-index',
    term: 'scatter index',
    meaning:
      'The dimension that a pass cuts into pieces, one for each rank: the heads in pass 1, the sequence in pass 2.',
    forms: ['scatter_idx'],
  },
  {
    id: 'uneven-path',
    term: 'uneven path',
    meaning:
      'The code for heads that the ranks do not divide: some ranks get one more than others.',
    forms: ['uneven model'],
  },
] as const satisfies readonly Word[];
