import type { Nodes, Text } from 'mdast';
import { at } from '../../base/assert.ts';
import { glossed, type Piece } from '../../content/glossary/glossed.ts';
import type { LessonStep } from '../../content/lessons/lesson.ts';

/** The texts of a Markdown tree in which words are marked. */
export type GlossedNodes = ReadonlyMap<Text, readonly Piece[]>;

export interface GlossedStep {
  readonly words: GlossedNodes;
  readonly question: readonly Piece[];
  readonly because: readonly Piece[];
}

/**
 * The texts of a step in the order in which they are read, each word of the glossary marked where it is
 * first met. A word in bold is explained by its own sentence, and a link leads elsewhere already.
 */
export function glossStep({ text, ask }: Pick<LessonStep, 'text' | 'ask'>): GlossedStep {
  const read = text.flatMap((node) => textsIn(node, true));
  const told = glossed([
    ...read.map(({ node }) => node.value),
    ask?.question ?? '',
    ask?.because ?? '',
  ]);
  const words = read.flatMap(({ node, marked }, index) =>
    marked ? [[node, at(told, index)] as const] : [],
  );
  return {
    words: new Map(words),
    question: at(told, read.length),
    because: at(told, read.length + 1),
  };
}

function textsIn(node: Nodes, marked: boolean): { node: Text; marked: boolean }[] {
  if (node.type === 'text') return [{ node, marked }];
  const inside = marked && node.type !== 'strong' && node.type !== 'link';
  return 'children' in node ? node.children.flatMap((child) => textsIn(child, inside)) : [];
}
