import type { Nodes, PhrasingContent } from 'mdast';
import { CHECKS } from '../../core/judge/checks/index.ts';
import { CHECK_IDS, type CheckId } from '../../core/judge/finding.ts';
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
  if (node.type === 'inlineCode') return unknownCheckIn(node.value, line);
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

/** All words of a text. */
export function wordsOf(nodes: readonly Nodes[]): string {
  return nodes
    .map((node) =>
      'value' in node ? node.value : 'children' in node ? wordsOf(node.children) : '',
    )
    .join(' ');
}

/**
 * A check that a text names by its id, as code: `check splits-agree`. It is read as its title on the
 * screen. Null for other code.
 */
export function checkNamed(code: string): { readonly id: CheckId; readonly title: string } | null {
  const check = CHECKS.find(({ id }) => code === `check ${id}`);
  return check === undefined ? null : { id: check.id, title: check.title };
}

function unknownCheckIn(code: string, line: number): LessonProblem[] {
  if (!/^check [a-z0-9-]+$/.test(code) || checkNamed(code) !== null) return [];
  const ids = CHECK_IDS.join(', ');
  return [{ line, message: `“${code}” is not a check; checks are ${ids}` }];
}

/** The ids of the checks that a text names. */
export function checksIn(nodes: readonly Nodes[]): string[] {
  return nodes.flatMap((node) => {
    if (node.type === 'inlineCode') return checkNamed(node.value)?.id ?? [];
    return 'children' in node ? checksIn(node.children) : [];
  });
}
