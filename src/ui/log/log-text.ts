import { type Entry, quoteText } from '../../trace/entry.ts';
import type { Trace } from '../../trace/trace.ts';
import { type Fold, rangesText } from './folds.ts';
import { entryAt } from './log-rows.ts';

/** The table's columns, as they are headed and copied. */
export const COLUMNS = [
  { id: 'step', title: 'step', term: 'step', textOf: ({ step }: Entry) => String(step) },
  { id: 'rank', title: 'rank', term: 'rank', textOf: ({ rank }: Entry) => String(rank) },
  { id: 'call', title: 'call', term: 'call', textOf: ({ call }: Entry) => call },
  { id: 'kind', title: 'kind', term: null, textOf: ({ kind }: Entry) => kind },
  { id: 'operation', title: 'operation', term: null, textOf: ({ operation }: Entry) => operation },
  { id: 'before', title: 'shape before', term: 'shape', textOf: ({ before }: Entry) => before },
  { id: 'after', title: 'shape after', term: null, textOf: ({ after }: Entry) => after },
  {
    id: 'sent',
    title: 'sent',
    term: 'element',
    textOf: ({ sent }: Entry) => (sent === null ? '' : String(sent)),
  },
  {
    id: 'received',
    title: 'received',
    term: null,
    textOf: ({ received }: Entry) => (received === null ? '' : String(received)),
  },
  {
    id: 'note',
    title: 'note',
    term: null,
    textOf: ({ note, fails }: Entry) => (fails ? `✕ ${note}`.trim() : note),
  },
] as const;

export type TableFormat = 'Markdown' | 'TSV';

/** The head of a copied table: fit for an issue, or for a spreadsheet. */
export function headText(format: TableFormat): string {
  const titles = COLUMNS.map(({ title }) => title);
  const head = lineOf(titles, format);
  return format === 'TSV'
    ? head
    : `${head}\n${lineOf(
        titles.map(() => '---'),
        format,
      )}`;
}

/** One of its lines. */
export function rowText(trace: Trace, fold: Fold, format: TableFormat): string {
  return lineOf(
    COLUMNS.map(({ id }) => cellText(trace, fold, id)),
    format,
  );
}

/** What stands in a cell: of a row for several ranks, all of them. */
export function cellText(
  trace: Trace,
  { row, ranks }: Pick<Fold, 'row' | 'ranks'>,
  id: (typeof COLUMNS)[number]['id'],
): string {
  if (id === 'rank') return rangesText(ranks);
  return COLUMNS.find((column) => column.id === id)?.textOf(entryAt(trace, row)) ?? '';
}

/** A row as an issue would quote it: "ranks 0–3 · forward: pass 2 of o · step 17: …". */
export function foldText(trace: Trace, { row, ranks }: Fold): string {
  const quoted = quoteText(entryAt(trace, row));
  return ranks.length === 1 ? quoted : quoted.replace(/^rank \d+/, `ranks ${rangesText(ranks)}`);
}

function lineOf(cells: readonly string[], format: TableFormat): string {
  const texts = cells.map((cell) => cell.replace(/[\t\n]+/g, ' '));
  if (format === 'TSV') return texts.join('\t');
  return `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
}
