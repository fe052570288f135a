/** A word of the field, as this page uses it. */
export interface GlossaryTerm {
  readonly id: string;
  readonly term: string;
  /** Told in a sentence or two, to someone who has never heard of Ulysses. */
  readonly meaning: string;
  /** Other forms of it in texts, besides itself. */
  readonly forms: readonly string[];
}

/** All that the page explains of its words: on hover where a text first uses one, and in one place. */
export const GLOSSARY = [
  {
    id: 'all-to-all',
    term: 'all-to-all',
    meaning:
      'The collective in which every rank sends a piece to every other one, and receives one from each.',
    forms: ['all_to_all', 'all_to_all_single'],
  },
  {
    id: 'all-gather',
    term: 'all_gather',
    meaning: 'The collective after which every rank has what each of them brought.',
    forms: ['all-gather'],
  },
  {
    id: 'attention',
    term: 'attention',
    meaning:
      'The part of a model in which every token looks at others. It needs the whole sequence of a head at once, hence the passes around it.',
    forms: ['softmax attention'],
  },
  {
    id: 'backend',
    term: 'backend',
    meaning:
      'The library that carries a collective out: NCCL among GPUs, Gloo among CPUs. Where sizes disagree, each fails in its own way.',
    forms: ['backends', 'NCCL', 'Gloo'],
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
    id: 'call',
    term: 'call of a pass',
    meaning: 'One tensor on its way through one pass: “pass 1 of q”.',
    forms: [],
  },
  {
    id: 'causal-mask',
    term: 'causal mask',
    meaning: 'With it a token looks only at itself and at those before it.',
    forms: ['causal'],
  },
  {
    id: 'collective',
    term: 'collective',
    meaning:
      'An operation that all ranks of a process group call together; none comes back from it alone.',
    forms: ['collectives'],
  },
  {
    id: 'condition',
    term: 'condition',
    meaning:
      'The line of Python by which the code chooses between the even path and the uneven one.',
    forms: ['conditions'],
  },
  {
    id: 'contiguous',
    term: 'contiguous',
    meaning:
      'Said of a tensor that reads its memory from the first place to the last. A collective needs one; .contiguous() makes a copy.',
    forms: [],
  },
  {
    id: 'ulysses',
    term: 'DeepSpeed-Ulysses',
    meaning:
      'Attention over long sequences, shared out by two all-to-alls: published by DeepSpeed in 2023, and copied by many.',
    forms: ['Ulysses'],
  },
  {
    id: 'element',
    term: 'element',
    meaning:
      'One number of a tensor. Here it carries its identity instead: its batch, position, head and place in the head dim.',
    forms: ['elements'],
  },
  {
    id: 'even-path',
    term: 'even path',
    meaning: 'The code for heads that the ranks divide: every rank gets as many as any other.',
    forms: [],
  },
  {
    id: 'fault',
    term: 'fault',
    meaning: 'A failure that one rank is made to have, to see what becomes of the others.',
    forms: ['faults'],
  },
  {
    id: 'gather-index',
    term: 'gather index',
    meaning:
      'The dimension along which a pass puts the received pieces together: the sequence in pass 1, the heads in pass 2.',
    forms: ['gather_idx'],
  },
  {
    id: 'gqa',
    term: 'GQA',
    meaning:
      'Grouped-query attention: several query heads share one KV head. Each group has to meet on one rank.',
    forms: ['grouped-query attention'],
  },
  {
    id: 'guard',
    term: 'guard',
    meaning: 'A line that asserts something, and raises where it does not hold.',
    forms: ['guards'],
  },
  {
    id: 'hang',
    term: 'hang',
    meaning:
      'A rank that waits for ever: the others called something else, sent other sizes, or are gone.',
    forms: ['hangs', 'waits for ever', 'wait for ever', 'waiting for ever'],
  },
  {
    id: 'hatch',
    term: 'hatch',
    meaning:
      'The lines across an element of the stage. They say which sequence chunk it comes from; swapped with the hue, which rank owns its head.',
    forms: [],
  },
  {
    id: 'head',
    term: 'head',
    meaning:
      'One of the parallel parts of attention. Heads are independent of one another, so that ranks can share them out.',
    forms: ['heads'],
  },
  {
    id: 'head-count',
    term: 'head count',
    meaning:
      'How many heads a tensor has. DeepSpeed besides remembers one for the whole process, once a model has uneven heads: it decides for calls that come later.',
    forms: ['num_kv_heads', 'get_num_kv_heads'],
  },
  {
    id: 'head-dim',
    term: 'head dim',
    meaning: 'How many numbers one head has for one token: D.',
    forms: ['head dimension'],
  },
  {
    id: 'hue',
    term: 'hue',
    meaning:
      'The colour of an element of the stage. It says which rank owns its head between the passes; swapped with the hatch, which sequence chunk it comes from.',
    forms: ['hues'],
  },
  {
    id: 'implementation',
    term: 'implementation',
    meaning: 'Published code of the two passes: a version of DeepSpeed, or another library.',
    forms: ['implementations'],
  },
  {
    id: 'kv-head',
    term: 'KV head',
    meaning:
      'A head of keys and values, which query heads attend to. A model may have fewer of them than of query heads.',
    forms: ['KV heads'],
  },
  {
    id: 'layout',
    term: 'layout',
    meaning:
      'The order of a tensor’s dimensions: batch first is [B, S, H, D], sequence first is [S, B, H, D].',
    forms: ['layouts', 'batch first', 'sequence first'],
  },
  {
    id: 'legal',
    term: 'legal',
    meaning:
      'Said of an SP degree with which a model runs rightly: its verdict is fine, or unbalanced.',
    forms: [],
  },
  {
    id: 'memory-strip',
    term: 'memory strip',
    meaning:
      'A tensor’s elements in the order in which memory has them, with a line in the order in which the tensor reads them.',
    forms: [],
  },
  {
    id: 'overlap',
    term: 'overlap path',
    meaning: 'Code that lets an exchange run while other work is done, and waits for it later.',
    forms: ['overlap'],
  },
  {
    id: 'padding',
    term: 'padding',
    meaning: 'Elements that are added so that something divides, and are to be taken away again.',
    forms: ['padded', 'pad'],
  },
  {
    id: 'pass',
    term: 'pass',
    meaning:
      'One of the two exchanges around attention. Pass 1 turns a part of the sequence with all heads into the whole sequence with a part of the heads; pass 2 turns it back.',
    forms: ['passes', 'pass 1', 'pass 2'],
  },
  {
    id: 'permute',
    term: 'permute',
    meaning:
      'Puts a tensor’s dimensions in another order. Nothing moves in memory until a copy is made.',
    forms: ['permuted'],
  },
  {
    id: 'process-group',
    term: 'process group',
    meaning: 'The ranks that take part in a collective together.',
    forms: ['process groups'],
  },
  {
    id: 'program',
    term: 'program',
    meaning: 'What the ranks run: one tensor there and back, or a whole layer of attention.',
    forms: ['programs'],
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
    id: 'raises',
    term: 'raises',
    meaning: 'Verdict: the code itself ends the job with an exception.',
    forms: ['raise', 'raised'],
  },
  {
    id: 'rank',
    term: 'rank',
    meaning:
      'One process of a distributed job, usually with one GPU. Here each rank is a Web Worker of its own.',
    forms: ['ranks'],
  },
  {
    id: 'ranks-disagree',
    term: 'ranks disagree',
    meaning:
      'Verdict: ranks expect other sizes than their peers send, or meet in other collectives. A real job hangs or reads what is not meant for it.',
    forms: [],
  },
  {
    id: 'reshape',
    term: 'reshape',
    meaning: 'Reads the same elements, in the same order, in another shape.',
    forms: ['reshapes'],
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
    id: 'shape',
    term: 'shape',
    meaning: 'How long a tensor is in each of its dimensions.',
    forms: ['shapes'],
  },
  {
    id: 'silently-wrong',
    term: 'silently wrong',
    meaning: 'Verdict: every call returns and elements are in wrong places. Nobody is told.',
    forms: [],
  },
  {
    id: 'split-sizes',
    term: 'split sizes',
    meaning:
      'How many elements a rank sends to each peer, and expects from each. What one sends, the other has to expect.',
    forms: ['split size'],
  },
  {
    id: 'step',
    term: 'step of a run',
    meaning: 'What can happen at the same time: nothing in a step waits for anything else in it.',
    forms: [],
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
    id: 'token',
    term: 'token',
    meaning: 'One position of the sequence: a word or a piece of one.',
    forms: ['tokens'],
  },
  {
    id: 'twin',
    term: 'twin',
    meaning: 'Another copy of the same element: made by a copy, or by heads that are repeated.',
    forms: ['twins'],
  },
  {
    id: 'unbalanced',
    term: 'unbalanced',
    meaning:
      'Verdict: all is right, but some ranks hold more heads than need be, and the others wait for them.',
    forms: [],
  },
  {
    id: 'uneven-path',
    term: 'uneven path',
    meaning:
      'The code for heads that the ranks do not divide: some ranks get one more than others.',
    forms: ['uneven model'],
  },
  {
    id: 'verdict',
    term: 'verdict',
    meaning:
      'What a run comes to: fine, unbalanced, wrong shape, silently wrong, raises, or ranks disagree.',
    forms: ['verdicts'],
  },
  {
    id: 'view',
    term: 'view',
    meaning:
      'A tensor that looks into the memory of another one: it has its own shape and strides, and no elements of its own.',
    forms: ['views'],
  },
  {
    id: 'watchdog',
    term: 'watchdog',
    meaning: 'What ends a job in which a collective did not come back in time.',
    forms: [],
  },
  {
    id: 'worker',
    term: 'Worker',
    meaning: 'A part of the browser that runs by itself, beside the page. Here it plays a rank.',
    forms: ['Workers', 'Web Worker', 'Web Workers'],
  },
  {
    id: 'world-size',
    term: 'world size',
    meaning: 'How many ranks take part: P. Here it is the sequence parallel degree.',
    forms: [],
  },
  {
    id: 'wrong-shape',
    term: 'wrong shape',
    meaning:
      'Verdict: every element is in its order, in a tensor of another shape than it should have.',
    forms: [],
  },
] as const satisfies readonly GlossaryTerm[];

export type TermId = (typeof GLOSSARY)[number]['id'];
