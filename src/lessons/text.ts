import type { Nodes, PhrasingContent } from 'mdast';
import type { LessonProblem } from './lesson.ts';

/** The kinds of Markdown that a lesson is written in. */
const SHOWN: readonly string[] = [
  'paragraph',
  'text',
  'emphasis',
  'strong',
  'inlineCode',
  'code',
  'break',
  'list',
  'listItem',
  'blockquote',
  'heading',
  'link',
];

/** What of a text is not shown, and why: nothing from outside becomes part of the page unseen. */
export function unshownIn(node: Nodes): LessonProblem[] {
  const line = node.position?.start.line ?? 1;
  if (!SHOWN.includes(node.type)) {
    return [{ line, message: `${node.type} is not shown; words, lists, code and links are` }];
  }
  const own =
    node.type === 'link' && !isAllowedAddress(node.url)
      ? [{ line, message: `a link to ${node.url} is not followed; links are https:, http: or #` }]
      : [];
  return 'children' in node ? [...own, ...node.children.flatMap(unshownIn)] : own;
}

/** Whether a link may be followed: to the web, or to something on this page. */
export function isAllowedAddress(address: string): boolean {
  return /^(?:https?:\/\/|#)/i.test(address);
}

/** The words alone. */
export function plainText(nodes: readonly PhrasingContent[]): string {
  return nodes
    .map((node) =>
      'value' in node ? node.value : 'children' in node ? plainText(node.children) : ' ',
    )
    .join('');
}
