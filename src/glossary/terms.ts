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
    forms: [],
  },
  {
    id: 'backend',
    term: 'backend',
    meaning:
      'The library that carries a collective out: NCCL among GPUs, Gloo among CPUs. Where sizes disagree, each fails in its own way.',
    forms: ['backends'],
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
    forms: ['even way'],
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
    id: 'scatter-index',
    term: 'scatter index',
    meaning:
      'The dimension that a pass cuts into pieces, one for each rank: the heads in pass 1, the sequence in pass 2.',
    forms: ['scatter_idx'],
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
    id: 'stride',
    term: 'stride',
    meaning: 'How many places in memory lie between neighbours along a dimension.',
    forms: ['strides'],
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
    forms: ['uneven way', 'uneven model'],
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
