import { Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { DEFAULT_CASE } from '../../core/cases/case-input.ts';
import { runOf } from '../../core/world/testing.ts';
import { show } from '../../store/shown.ts';
import { createRankscopeStore } from '../../store/store.ts';
import { compose } from './composition.ts';
import { contentOf } from './content-of.ts';
import { planFilm, planText } from './film-plan.ts';
import { estimatePage, readContent, zippedContent } from './page-content.ts';
import { pageFile, safeScript } from './page-file.ts';

const recording = runOf(DEFAULT_CASE);
const shown = show(DEFAULT_CASE, recording);

describe('a composition', () => {
  it('breaks the source into lines that lose nothing and fit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,40}( [a-z&=]{1,300}){0,3}$/), (source) => {
        const { lines, size } = compose([[{ width: 300, height: 100 }]], source);
        expect(lines.join('').replaceAll(' ', '')).toBe(source.replaceAll(' ', ''));
        for (const line of lines) expect(line.length * 6.6).toBeLessThan(size.width);
      }),
    );
  });

  it('sets panels beside and under one another, each in its place', () => {
    const wide = { width: 400, height: 200 };
    const { rows, captions, source, size } = compose([[wide, wide], [wide]], 'x');
    const [[left, right], [under]] = rows as [[Spot, Spot], [Spot]];
    expect(right.x).toBeGreaterThanOrEqual(left.x + wide.width);
    expect(under.y).toBeGreaterThanOrEqual(left.y + wide.height);
    expect(captions.map(({ x }) => x)).toEqual([left.x, right.x]);
    expect(at(captions, 0).y).toBeGreaterThan(under.y + wide.height);
    expect(source.y).toBeLessThan(size.height);
  });
});
type Spot = { x: number; y: number };

describe('a film', () => {
  const size = { width: 701, height: 333 };

  it('begins and ends where it was asked to, and never goes back', () => {
    const { cursors } = planFilm(shown.trace, 3, 9, size);
    expect(cursors[0]).toBe(3);
    expect(cursors.at(-1)).toBe(9);
    expect(cursors).toEqual(cursors.toSorted((a, b) => a - b));
  });

  it('has sides that encoders take, and says what it will weigh', () => {
    const plan = planFilm(shown.trace, 0, 4, size);
    expect([plan.size.width % 2, plan.size.height % 2]).toEqual([0, 0]);
    expect(plan.bytes).toBe(Math.ceil((plan.bitrate * plan.seconds) / 8));
    expect(planText(plan)).toMatch(/^WebM, 1280 × 608 pixels, \d+\.\d s, at most about 0\.\d MB$/);
    expect(planFilm(shown.trace, 0, 8, size).bytes).toBeGreaterThan(plan.bytes);
  });
});

describe('a page file', () => {
  const hostile = fc
    .array(fc.constantFrom('</script>', '</SCRIPT ', '<!--', '<script', 'a', "'", '\\', '\n'))
    .map((parts) => parts.join(''));

  it('holds any script whole: none ends early or means anything else', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const script = `result = ${JSON.stringify(text)}`;
        const safe = safeScript(script);
        expect(safe).not.toMatch(/<\/script|<!--/i);
        const sandbox = { result: '' };
        new Script(safe).runInNewContext(sandbox);
        expect(sandbox.result).toBe(text);
      }),
    );
  });

  it('gives back what was put into it; cut off, nothing', async () => {
    const state = createRankscopeStore(() => Promise.resolve(recording)).getState();
    const content = contentOf({ ...state, cursor: 4.2 }, shown);
    const file = await zippedContent(content);
    if (file === null) throw new Error('a small recording is kept');
    expect(await readContent(file)).toEqual(content);
    expect(content.cursor).toBe(4);
    expect(await readContent(file.slice(0, Math.floor(file.size / 2)))).toBeNull();
  });

  it('is no larger than was said beforehand, with one side or two', async () => {
    const state = createRankscopeStore(() => Promise.resolve(recording)).getState();
    const one = contentOf(state, shown);
    for (const content of [one, { ...one, beside: one.run }]) {
      const said = await estimatePage(content, 0);
      const { size } = (await zippedContent(content)) ?? { size: Number.POSITIVE_INFINITY };
      expect(said).toBeGreaterThanOrEqual((size * 4) / 3);
      expect(said).toBeLessThan(size * 16);
    }
  });

  it('is one document that lets its own script and style be used, and nothing else', async () => {
    const file = await pageFile({
      title: 'heads & <ranks>',
      story: 'a story',
      maker: 'Rankscope 1',
      address: 'https://host/"#v4&a=1',
      content: new Blob(['held']),
      script: 'run()',
      style: 'a{}',
    });
    const text = await file.text();
    expect(text).toContain('<title>heads &amp; &lt;ranks&gt;</title>');
    expect(text).toContain('data-address="https://host/&quot;#v4&amp;a=1"');
    expect(text).toContain("default-src 'none'; script-src 'sha256-");
    expect(text).not.toContain('unsafe');
    expect(text).toContain(`<template id="recording">${btoa('held')}</template>`);
  });
});
