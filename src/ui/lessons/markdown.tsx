import type { Nodes } from 'mdast';
import type { ReactNode } from 'react';
import { checkNamed, isAllowedAddress } from '../../content/lessons/text.ts';
import { GlossedText } from '../glossary/glossed-text.tsx';
import type { GlossedNodes } from './gloss-step.ts';

/** Markdown’s tree as elements, its words explained; what the tree does not name is never made. */
export function Markdown(props: {
  readonly nodes: readonly Nodes[];
  readonly glossed: GlossedNodes;
}) {
  const { nodes, glossed } = props;
  return <>{nodes.map((node, index) => shown(node, index, glossed))}</>;
}

function shown(node: Nodes, key: number, glossed: GlossedNodes): ReactNode {
  const inside =
    'children' in node ? node.children.map((child, index) => shown(child, index, glossed)) : null;
  switch (node.type) {
    case 'paragraph':
      return <p key={key}>{inside}</p>;
    case 'text':
      return <GlossedText key={key} pieces={glossed.get(node) ?? [node.value]} />;
    case 'emphasis':
      return <em key={key}>{inside}</em>;
    case 'strong':
      return <strong key={key}>{inside}</strong>;
    case 'inlineCode':
      return <Code key={key} value={node.value} />;
    case 'code':
      return (
        <pre key={key}>
          <code>{node.value}</code>
        </pre>
      );
    case 'break':
      return <br key={key} />;
    case 'list':
      return node.ordered === true ? <ol key={key}>{inside}</ol> : <ul key={key}>{inside}</ul>;
    case 'listItem':
      return <li key={key}>{inside}</li>;
    case 'blockquote':
      return <blockquote key={key}>{inside}</blockquote>;
    case 'heading':
      return <h3 key={key}>{inside}</h3>;
    case 'link':
      return isAllowedAddress(node.url) ? (
        <a key={key} href={node.url} {...(node.url.startsWith('#') ? {} : ELSEWHERE)}>
          {inside}
        </a>
      ) : (
        inside
      );
    default:
      return null;
  }
}

/** Code, or a check by its title. */
function Code({ value }: { readonly value: string }) {
  const check = checkNamed(value);
  if (check === null) return <code>{value}</code>;
  return <strong data-check={check.id}>“{check.title}”</strong>;
}

const ELSEWHERE = { target: '_blank', rel: 'noreferrer' } as const;
