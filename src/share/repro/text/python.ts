import { range, repeated } from '../../../base/numbers.ts';

/** Python text, laid out as black lays it out. */
const WIDTH = 88;
export const INDENT = '    ';

/** A string literal. */
export function pyString(text: string): string {
  return JSON.stringify(text);
}

/** A list literal; long lists of few runs are written `[3] * 2 + [2] * 62`. */
export function pyList(items: readonly string[]): string {
  const runs: { item: string; count: number }[] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last?.item === item) last.count += 1;
    else runs.push({ item, count: 1 });
  }
  const [first] = runs;
  if (first !== undefined && runs.length === 1 && first.count > 1) {
    return `[${first.item}] * ${first.count}`;
  }
  if (items.length < 8 || runs.length * 3 > items.length) return `[${items.join(', ')}]`;
  return runs
    .map(({ item, count }) => (count === 1 ? `[${item}]` : `[${item}] * ${count}`))
    .join(' + ');
}

/** Words that came from outside, fit for a comment or a docstring. */
export function plainWords(text: string): string {
  return text.replace(/["\\\p{C}\p{Zl}\p{Zp}]/gu, '?');
}

/** Sections of a module, two blank lines between them. */
export function sections(texts: readonly string[]): string {
  return `${texts.map((text) => text.trim()).join('\n\n\n')}\n`;
}

/** One level deeper; empty lines stay empty. */
export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? line : INDENT + line));
}

/**
 * The line, broken where it is too long: what stands in its last brackets goes to a line of its own,
 * or to a line an item where that is still too long. `comment` is left out where it does not fit.
 */
export function laidOut(line: string, depth = 1, comment = ''): string[] {
  const room = WIDTH - depth * INDENT.length;
  if (line.length <= room) {
    const whole = comment === '' ? line : `${line}  # ${comment}`;
    return [whole.length <= room ? whole : line];
  }
  const brackets = lastBrackets(line);
  if (brackets === null) return [line];
  const { open, close } = brackets;
  const inside = line.slice(open + 1, close);
  const items = topLevelItems(inside);
  const body =
    inside.length + INDENT.length <= room || items.length === 1
      ? laidOut(inside, depth + 1)
      : items.flatMap((item) => {
          const lines = laidOut(item, depth + 1);
          return [...lines.slice(0, -1), `${lines.at(-1)},`];
        });
  return [line.slice(0, open + 1), ...indented(body), line.slice(close)];
}

/** Whether a line of a function's body is short enough. */
export function fits(line: string, depth = 1): boolean {
  return line.length <= WIDTH - depth * INDENT.length;
}

/** Where the brackets stand that close at the end of the line, a colon aside. */
function lastBrackets(line: string): { open: number; close: number } | null {
  const close = line.endsWith(':') ? line.length - 2 : line.length - 1;
  const depths = depthsOf(line);
  if (!/[)\]}]/.test(line[close] ?? '') || depths[close] !== 1) return null;
  for (let open = close - 1; open >= 0; open--) {
    if (depths[open] === 1 && /[([{]/.test(line[open] ?? '')) return { open, close };
  }
  return null;
}

function topLevelItems(text: string): string[] {
  const depths = depthsOf(text);
  const cuts = range(text.length).filter((index) => text[index] === ',' && depths[index] === 0);
  return [-1, ...cuts].map((cut, item) => text.slice(cut + 1, cuts[item] ?? text.length).trim());
}

/** How many brackets each character stands in, the brackets themselves counted; none in strings. */
function depthsOf(text: string): number[] {
  const depths = repeated(0, text.length);
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (character === '"' && text[index - 1] !== '\\') quoted = !quoted;
    const counts = !quoted;
    if (counts && /[([{]/.test(character)) depth += 1;
    depths[index] = quoted ? -1 : depth;
    if (counts && /[)\]}]/.test(character)) depth -= 1;
  }
  return depths;
}
