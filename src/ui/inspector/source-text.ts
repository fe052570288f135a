import { highlightTree, tagHighlighter, tags } from '@lezer/highlight';
import { parser } from '@lezer/javascript';

/** The implementations' own texts, by the file's name without its ending. */
const TEXTS = new Map(
  Object.entries(
    import.meta.glob<string>('../../core/programs/implementations/{,steps/}*.ts', {
      query: '?raw',
      import: 'default',
      eager: true,
    }),
  ).map(([path, text]) => [path.replace(/^.*\/|\.ts$/g, ''), text]),
);

/** A stretch of a line in one colour. */
export interface Stretch {
  /** Where it begins in its line. */
  readonly column: number;
  readonly text: string;
  readonly role: Role | null;
}

type Role = 'keyword' | 'text' | 'number' | 'comment' | 'type';

const ROLES = tagHighlighter([
  {
    tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.modifier],
    class: 'keyword',
  },
  { tag: [tags.string, tags.special(tags.string)], class: 'text' },
  { tag: [tags.number, tags.bool, tags.null], class: 'number' },
  { tag: tags.comment, class: 'comment' },
  { tag: tags.typeName, class: 'type' },
]);

const typescript = parser.configure({ dialect: 'ts' });
const known = new Map<string, readonly (readonly Stretch[])[]>();

/** The lines of an implementation's file, coloured; null where there is no such file. */
export function listingOf(file: string): readonly (readonly Stretch[])[] | null {
  const text = TEXTS.get(file);
  if (text === undefined) return null;
  const lines = known.get(file) ?? coloured(text.trimEnd());
  known.set(file, lines);
  return lines;
}

function coloured(text: string): readonly (readonly Stretch[])[] {
  const lines: Stretch[][] = [[]];
  const put = (piece: string, role: Role | null) => {
    piece.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([]);
      const line = lines.at(-1);
      const last = line?.at(-1);
      const column = last === undefined ? 0 : last.column + last.text.length;
      if (part !== '') line?.push({ column, text: part, role });
    });
  };
  let position = 0;
  highlightTree(typescript.parse(text), ROLES, (from, to, role) => {
    put(text.slice(position, from), null);
    put(text.slice(from, to), role as Role);
    position = to;
  });
  put(text.slice(position), null);
  return lines;
}
