import type { Word } from './word.ts';

/** Words of this page: its verdicts, and what it draws. */
export const PAGE_WORDS = [
  {
    id: 'hatch',
    term: 'hatch',
    meaning:
      'The lines across an element of the stage. They say which sequence chunk it comes from; swapped with the hue, which rank owns its head.',
    forms: [],
  },
  {
    id: 'hue',
    term: 'hue',
    meaning:
      'The colour of an element of the stage. It says which rank owns its head between the passes; swapped with the hatch, which sequence chunk it comes from.',
    forms: ['hues'],
  },
  {
    id: 'legal',
    term: 'legal',
    meaning:
      'Said of an SP degree under which a model comes out right: its verdict is fine, or unbalanced.',
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
    id: 'raises',
    term: 'raises',
    meaning: 'Verdict: the code itself ends the job with an exception.',
    forms: ['raise', 'raised'],
  },
  {
    id: 'ranks-disagree',
    term: 'ranks disagree',
    meaning:
      'Verdict: ranks expect other sizes than their peers send, or meet in other collectives. A real job hangs or reads what is not meant for it.',
    forms: [],
  },
  {
    id: 'silently-wrong',
    term: 'silently wrong',
    meaning: 'Verdict: every call returns and elements are in wrong places. No error is raised.',
    forms: [],
  },
  {
    id: 'step',
    term: 'step of a run',
    meaning: 'What can happen at the same time: nothing in a step waits for anything else in it.',
    forms: [],
  },
  {
    id: 'unbalanced',
    term: 'unbalanced',
    meaning:
      'Verdict: all is right, but some ranks hold more heads than need be, and the others wait for them.',
    forms: [],
  },
  {
    id: 'verdict',
    term: 'verdict',
    meaning:
      'What a run comes to: fine, unbalanced, wrong shape, silently wrong, raises, or ranks disagree.',
    forms: ['verdicts'],
  },
  {
    id: 'wrong-shape',
    term: 'wrong shape',
    meaning: 'Verdict: the elements come in the right order, in a tensor of the wrong shape.',
    forms: [],
  },
] as const satisfies readonly Word[];
