import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { IMPLEMENTATIONS } from './index.ts';

const folder = new URL('.', import.meta.url);
const textOf = (name: string) => readFileSync(new URL(name, folder), 'utf8');

/** Files that export an implementation; the others are steps that several share. */
const files = readdirSync(folder).filter(
  (name) =>
    !/^index\.|\.test\.ts$/.test(name) &&
    /^export const \w+(: Implementation\b| = transformerEngine\()/m.test(textOf(name)),
);

describe('the catalogue of implementations', () => {
  it('lists every file that there is, each named by its id', () => {
    expect(IMPLEMENTATIONS.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
  });

  it.each(files)('%s says its source and its layout where it begins', (name) => {
    const text = textOf(name);
    const docstring = /\/\*\*[\s\S]*?\*\//g;
    const told = [...text.matchAll(docstring)].map(([comment]) => comment).join('\n');
    expect(told).toMatch(/\[\w.*\]/);
    expect(told).toMatch(/DeepSpeed|yunchang|verl|diffusers|TransformerEngine|prime-rl/);
  });
});
