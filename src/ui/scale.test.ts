import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const SOURCES = new URL('../', import.meta.url);

/** Every style sheet, with its declarations. */
const ALL_SHEETS = readdirSync(SOURCES, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.css'))
  .map((name): [string, string] => [name, readFileSync(new URL(name, SOURCES), 'utf8')]);

/** All but the one that defines the tokens. */
const SHEETS = ALL_SHEETS.filter(([name]) => !name.endsWith('tokens.css'));

/** What of a property is no token, though the scale has one. */
const OUTSIDE: readonly (readonly [string, RegExp])[] = [
  ['sizes of type', /(?<![\w-])font(?:-size)?:[^;]*(?<!\/ )\b[\d.]+(?:px|r?em|%)/],
  ['weights of type', /(?<![\w-])font(?:-weight)?:[^;]*\b(?:\d{3}|bold|bolder|lighter)\b(?!\))/],
  ['radii', /radius:[^;]*\b[\d.]+(?:px|r?em)/],
  ['layers', /z-index:\s*-?\d/],
  [
    'colours',
    /(?<!url\()#[\da-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color|light-dark)a?\(|:[^;]*(?<![\w-])(?:black|white|gr[ae]y|red|green|blue|orange|yellow|purple)(?![\w-])/i,
  ],
];

/**
 * Where the layout changes, in CSS pixels: widths of the page or of a part of it, and heights. `tokens.css`
 * tells what each stands for.
 */
const BREAKPOINTS: Readonly<Record<string, readonly number[]>> = {
  width: [640, 1000, 1500],
  height: [640, 800],
};

describe('the style sheets', () => {
  it('are all seen', () => {
    expect(SHEETS.length).toBeGreaterThan(40);
  });

  it.each(OUTSIDE)('take their %s from the scale', (_, outside) => {
    expect(linesWith(SHEETS, (line) => outside.test(line))).toEqual([]);
  });

  it('change their layout at the breakpoints alone, said as ranges', () => {
    expect(linesWith(ALL_SHEETS, (line) => asksOutside(line))).toEqual([]);
  });

  it('style nothing by a class of another module', () => {
    expect(linesWith(ALL_SHEETS, (line) => line.includes(':global'))).toEqual([]);
  });
});

/** "page/app.module.css:12 .app {": the lines in which something is found. */
function linesWith(
  sheets: readonly (readonly [string, string])[],
  isFound: (line: string) => boolean,
): string[] {
  return sheets.flatMap(([name, text]) =>
    text
      .split('\n')
      .flatMap((line, index) => (isFound(line) ? [`${name}:${index + 1} ${line.trim()}`] : [])),
  );
}

/** Whether a line is a query of a size at which the layout does not change. */
function asksOutside(line: string): boolean {
  if (!/@(?:media|container)\b/.test(line)) return false;
  return /width|height|\d/.test(
    line.replaceAll(RANGE, (query) => (isAtBreakpoints(query) ? '' : query)),
  );
}

/** "(width < 640px)", "(1000px <= width < 1500px)". */
const RANGE = /\((?:\d+px <= )?(?:width|height) (?:<|>=) \d+px\)/g;

function isAtBreakpoints(query: string): boolean {
  const sizes = BREAKPOINTS[query.includes('width') ? 'width' : 'height'] ?? [];
  return [...query.matchAll(/\d+/g)].every(([size]) => sizes.includes(Number(size)));
}
