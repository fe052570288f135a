import { at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import type { Rank } from '../../core/recording/event.ts';
import { folded, type Loop } from './fold.ts';
import type { SharedHole, SharedLine } from './merge.ts';
import { indented, laidOut, pyList } from './text/python.ts';

/** A number that differs by rank and has a name: h, the heads of this rank. */
export interface KnownNumber {
  readonly name: string;
  readonly about: string;
  readonly byRank: readonly number[];
}

/**
 * The body of a function of `rank` and `x`. What only some ranks do hangs on an `if rank`; numbers
 * that differ by rank are written by the known ones, else as a table.
 */
export function renderBody(
  lines: readonly SharedLine[],
  known: readonly KnownNumber[],
  worldSize: number,
): string[] {
  const renderer = new Renderer(known, worldSize);
  const body = renderer.lines(lines);
  return [...renderer.definitions(body), ...body];
}

class Renderer {
  constructor(
    private readonly known: readonly KnownNumber[],
    private readonly worldSize: number,
  ) {}

  /** What the body takes for known. */
  definitions(body: readonly string[]): string[] {
    const used = this.known.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(body.join('\n')));
    return used.flatMap(({ name, about, byRank }) =>
      laidOut(`${name} = ${this.byRank(byRank.map(String))}`, 1, about),
    );
  }

  lines(lines: readonly SharedLine[]): string[] {
    const body: string[] = [];
    let open: readonly Rank[] | null = null;
    for (const block of blocksOf(folded(lines))) {
      const { ranks, items } = block;
      const everyone = ranks.length === this.worldSize;
      const depth = everyone ? 1 : 2;
      const texts = items.flatMap((item) => this.item(item, depth));
      if (everyone) body.push(...texts);
      else if (open !== null && this.areTheOthers(ranks, open)) {
        body.push('else:', ...indented(texts));
        open = null;
        continue;
      } else body.push(this.condition(ranks), ...indented(texts));
      open = everyone ? null : ranks;
    }
    return body;
  }

  private item(item: SharedLine | Loop, depth: number): string[] {
    if ('key' in item) return this.line(item, depth);
    const { lines, count, growth } = item;
    const body = lines.flatMap((line, index) => this.line(line, depth + 1, at(growth, index)));
    return [`for i in range(${count}):`, ...indented(body)];
  }

  private line(line: SharedLine, depth: number, growth: readonly number[] = []): string[] {
    const text = line.parts
      .map((part, place) =>
        typeof part === 'string' ? part : this.grown(this.hole(part), growth[place] ?? 0),
      )
      .join('');
    const comment = line.shape === null ? '' : this.shape(line.shape);
    const [first = '', ...rest] = text.split('\n');
    // What follows on an `if` or an `assert` of its own keeps its indentation.
    return [...laidOut(first, depth, comment), ...rest];
  }

  private grown(text: string, by: number): string {
    if (by === 0) return text;
    const term = by === 1 ? 'i' : `${by} * i`;
    return text === '0' ? term : `${text} + ${term}`;
  }

  private shape({ byRank, list }: SharedHole): string {
    const lengths = new Set(
      byRank.flatMap((numbers) => (numbers === undefined ? [] : [numbers.length])),
    );
    if (lengths.size !== 1) return '';
    const dims = range(Math.max(...lengths)).map((dim) =>
      this.number(
        byRank.map((numbers) => numbers?.[dim]),
        true,
      ),
    );
    return list ? `[${dims.join(', ')}]` : '';
  }

  private hole({ list, byRank }: SharedHole): string {
    const all = byRank.filter((numbers) => numbers !== undefined);
    const first = at(all, 0);
    if (!list) return this.number(byRank.map((numbers) => numbers?.[0]));
    if (all.every((numbers) => String(numbers) === String(first))) return pyList(first.map(String));
    const items = first.map((_, index) => byRank.map((numbers) => numbers?.[index]));
    const written = items.map((item) => this.inWords(item));
    return all.every((numbers) => numbers.length === first.length) && !written.includes(null)
      ? pyList(written.map(String))
      : this.byRank(byRank.map((numbers) => pyList((numbers ?? []).map(String))));
  }

  /** A number by rank, in words or as a table; a comment has no room for a table. */
  private number(byRank: readonly (number | undefined)[], inComment = false): string {
    const words = this.inWords(byRank);
    if (words !== null) return words;
    const filler = byRank.find((value) => value !== undefined);
    return inComment ? '…' : this.byRank(byRank.map((value) => String(value ?? filler)));
  }

  /** Itself where all have the same, or a multiple of a known number; else null. */
  private inWords(byRank: readonly (number | undefined)[]): string | null {
    const values = byRank.filter((value) => value !== undefined);
    const first = at(values, 0);
    if (values.every((value) => value === first)) return String(first);
    for (const known of this.known) {
      const factor = factorOf(byRank, known.byRank);
      if (factor === null) continue;
      return factor === 1 ? known.name : `${factor} * ${known.name}`;
    }
    return null;
  }

  private byRank(items: readonly string[]): string {
    const table = pyList(items);
    return table.startsWith('[') && table.indexOf(']') === table.length - 1
      ? `${table}[rank]`
      : `(${table})[rank]`;
  }

  private everyone(): Rank[] {
    return range(this.worldSize);
  }

  private areTheOthers(ranks: readonly Rank[], than: readonly Rank[]): boolean {
    return (
      ranks.length + than.length === this.worldSize && !than.some((rank) => ranks.includes(rank))
    );
  }

  private condition(ranks: readonly Rank[]): string {
    const others = this.everyone().filter((rank) => !ranks.includes(rank));
    if (ranks.length === 1) return `if rank == ${ranks[0]}:`;
    if (others.length === 1) return `if rank != ${others[0]}:`;
    const [from, to] = [at(ranks, 0), at(ranks, ranks.length - 1)];
    if (to - from === ranks.length - 1) {
      if (from === 0) return `if rank <= ${to}:`;
      return to === this.worldSize - 1 ? `if rank >= ${from}:` : `if ${from} <= rank <= ${to}:`;
    }
    return `if rank in (${ranks.join(', ')}):`;
  }
}

interface Block {
  readonly ranks: readonly Rank[];
  readonly items: (SharedLine | Loop)[];
}

/** Lines that the same ranks run behind one another. */
function blocksOf(items: readonly (SharedLine | Loop)[]): Block[] {
  const blocks: Block[] = [];
  for (const item of items) {
    const { ranks } = 'key' in item ? item : at(item.lines, 0);
    const last = blocks.at(-1);
    if (last !== undefined && String(last.ranks) === String(ranks)) last.items.push(item);
    else blocks.push({ ranks, items: [item] });
  }
  return blocks;
}

/** The whole number that all of `known` are multiplied with to give `values`, or null. */
function factorOf(
  values: readonly (number | undefined)[],
  known: readonly number[],
): number | null {
  let factor: number | null = null;
  for (const [rank, value] of values.entries()) {
    const base = at(known, rank);
    if (value === undefined || (value === 0 && base === 0)) continue;
    const own = value / base;
    if (!Number.isInteger(own) || (factor !== null && own !== factor)) return null;
    factor = own;
  }
  // A single number tells nothing of a factor, unless that is 1 or P.
  const telling = new Set(known.filter((base) => base !== 0)).size > 1;
  return telling || factor === 1 || factor === values.length ? factor : null;
}
