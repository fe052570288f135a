import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const SOURCES = new URL('../', import.meta.url);

const FILES = new Map(
  readdirSync(SOURCES, { recursive: true })
    .map(String)
    .filter((name) => /\.(?:tsx?|module\.css)$/.test(name))
    .map((name) => [name, readFileSync(new URL(name, SOURCES), 'utf8')]),
);

/** What is imported of style modules: the name that it has there, and the end of its path. */
const IMPORT = /import (\w+) from '(?:\.\.?\/)+([\w/-]+\.module\.css)';/g;

it('every class of a style module is used, and every one that is used is there', () => {
  const used = new Map<string, Set<string>>();
  for (const text of FILES.values()) {
    for (const [, name, path = ''] of text.matchAll(IMPORT)) {
      const module = moduleAt(path);
      const classes = text.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'));
      used.set(module, new Set([...(used.get(module) ?? []), ...[...classes].map(second)]));
    }
  }
  const faults = [...FILES]
    .filter(([name]) => name.endsWith('.css'))
    .flatMap(([name, text]) => {
      const [there, wanted] = [classesIn(text), used.get(name) ?? new Set<string>()];
      return [
        ...without(there, wanted).map((one) => `${name}: .${one} is used nowhere`),
        ...without(wanted, there).map((one) => `${name}: .${one} is missing`),
      ];
    });
  expect(faults).toEqual([]);
});

/** The one module of that name: no two folders have one. */
function moduleAt(path: string): string {
  const found = [...FILES.keys()].filter((name) => name.endsWith(`/${path}`) || name === path);
  expect(found, path).toHaveLength(1);
  return found[0] ?? '';
}

/** The classes of selectors; numbers and what stands in comments or quotation marks have dots too. */
function classesIn(text: string): Set<string> {
  const selectors = text.replace(/\/\*.*?\*\/|"[^"]*"|\d*\.\d+/gs, '');
  return new Set([...selectors.matchAll(/\.([a-z]\w*)/gi)].map(second));
}

function without(all: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  return [...all].filter((one) => !others.has(one));
}

function second(match: RegExpMatchArray): string {
  return match[1] ?? '';
}
