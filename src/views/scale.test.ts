import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const SOURCES = new URL('../', import.meta.url);

/** Every style sheet but the one that defines the tokens, with its declarations. */
const SHEETS = readdirSync(SOURCES, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.css') && !name.endsWith('tokens.css'))
  .map((name): [string, string] => [name, readFileSync(new URL(name, SOURCES), 'utf8')]);

/** What of a property is no token, though the scale has one. */
const OUTSIDE: readonly (readonly [string, RegExp])[] = [
  ['sizes of type', /(?<![\w-])font(?:-size)?:[^;]*(?<!\/ )\b[\d.]+px/],
  ['weights of type', /(?<![\w-])font(?:-weight)?:[^;]*\b\d{3}\b/],
  ['radii', /radius:[^;]*\b[\d.]+px/],
  ['layers', /z-index:\s*-?\d/],
  ['colours', /(?<!url\()#[\da-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/i],
];

describe('the style sheets', () => {
  it('are all seen', () => {
    expect(SHEETS.length).toBeGreaterThan(40);
  });

  it.each(OUTSIDE)('take their %s from the scale', (_, outside) => {
    const found = SHEETS.flatMap(([name, text]) =>
      text
        .split('\n')
        .flatMap((line, index) =>
          outside.test(line) ? [`${name}:${index + 1} ${line.trim()}`] : [],
        ),
    );
    expect(found).toEqual([]);
  });
});
