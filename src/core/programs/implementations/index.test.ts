import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { IMPLEMENTATIONS } from './index.ts';

const folder = new URL('.', import.meta.url);

function filesIn(path: string): string[] {
  const entries = readdirSync(new URL(path, folder), { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : []));
}

const files = filesIn('.').filter((name) => !name.startsWith('index.'));

describe('the catalogue of implementations', () => {
  it('holds every file that there is, each named by its id', () => {
    expect(IMPLEMENTATIONS.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
  });

  it('has the releases of a project in their order', () => {
    const releases = IMPLEMENTATIONS.flatMap(({ title }) => {
      const [, minor, patch] = title.match(/^DeepSpeed 0\.(\d+)\.(\d+)$/) ?? [];
      return minor === undefined ? [] : [1000 * Number(minor) + Number(patch)];
    });
    expect(releases.length).toBeGreaterThan(5);
    expect(releases).toEqual(releases.toSorted((a, b) => a - b));
  });

  it('tells no two apart by their folder alone: a line is known by its file’s name', () => {
    const names = [...files, ...filesIn('steps/')];
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(files)('%s says its source and its layout where it begins', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const docstring = /\/\*\*[\s\S]*?\*\//g;
    const told = [...text.matchAll(docstring)].map(([comment]) => comment).join('\n');
    expect(told).toMatch(/\[\w.*\]/);
    const { source } = IMPLEMENTATIONS.find(({ id }) => `${id}.ts` === name) ?? {};
    expect(told).toContain(source?.match(/[\w-]+/)?.[0] ?? 'a source');
  });
});
