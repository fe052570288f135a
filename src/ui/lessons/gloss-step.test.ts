import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import type { Piece } from '../../content/glossary/glossed.ts';
import { readLesson } from '../../content/lessons/read-lesson.ts';
import { glossStep } from './gloss-step.ts';

const STEP = (words: string, ask = '') => `## A step

${words}

\`\`\`yaml
case: {implementation: deepspeed-5823}
at: start
${ask}
\`\`\`
`;

function glossedStep(words: string, ask?: string) {
  const head = '---\ntitle: One\nsummary: A lesson.\nminutes: 1\n---\n';
  const file = [head, ...Array.from({ length: 5 }, () => STEP(words, ask))].join('\n');
  const read = readLesson(file, 'one', { kind: 'file', name: 'one.md' });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return glossStep(at(read.lesson.steps, 0));
}

const marked = (pieces: readonly Piece[]) =>
  pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.text]));

describe('the words of a step', () => {
  it('are marked where they are first met, through all of its text and its question', () => {
    const { words, question, because } = glossedStep(
      'Each rank has heads.\n\n- A *head* of a tensor.',
      'after: end\nask: {question: Which heads of the batch?, answer: heads on rank 2, because: A view is no rank.}',
    );
    expect([...words.values()].flatMap(marked)).toEqual(['rank', 'heads', 'tensor']);
    expect([question, because].map(marked)).toEqual([['batch'], ['view']]);
  });

  it('are explained by their own sentence where they are in bold, and left alone in links', () => {
    const { words } = glossedStep('A **rank** is one of [the heads](#museum). A rank, a head.');
    expect([...words.values()].flatMap(marked)).toEqual([]);
  });
});
