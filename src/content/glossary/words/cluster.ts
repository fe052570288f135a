import type { Word } from './word.ts';

/** Words for ranks, and for what happens among them. */
export const CLUSTER_WORDS = [
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
    id: 'backend',
    term: 'backend',
    meaning:
      'The library that carries a collective out: NCCL among GPUs, Gloo among CPUs. Where sizes disagree, each fails in its own way.',
    forms: ['backends', 'NCCL', 'Gloo'],
  },
  {
    id: 'collective',
    term: 'collective',
    meaning:
      'An operation that all ranks of a process group call together; none comes back from it alone.',
    forms: ['collectives'],
  },
  {
    id: 'fault',
    term: 'fault',
    meaning: 'A failure that one rank is made to have, to see what becomes of the others.',
    forms: ['faults'],
  },
  {
    id: 'hang',
    term: 'hang',
    meaning:
      'A rank that waits forever: the others called something else, sent other sizes, or are gone.',
    forms: ['hangs', 'waits forever', 'wait forever', 'waiting forever'],
  },
  {
    id: 'process-group',
    term: 'process group',
    meaning: 'The ranks that take part in a collective together.',
    forms: ['process groups'],
  },
  {
    id: 'rank',
    term: 'rank',
    meaning:
      'One process of a distributed job, usually with one GPU. Here each rank is a Web Worker of its own.',
    forms: ['ranks'],
  },
  {
    id: 'split-sizes',
    term: 'split sizes',
    meaning:
      'How many elements a rank sends to each peer, and expects from each. What one sends, the other has to expect.',
    forms: ['split size'],
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
] as const satisfies readonly Word[];
