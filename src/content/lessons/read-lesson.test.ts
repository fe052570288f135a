import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assert } from '../../base/assert.ts';
import { checkLesson } from './check-lesson.ts';
import { readLesson } from './read-lesson.ts';

/** The example of the document, as a teacher would copy it. */
const EXAMPLE = exampleOf(
  readFileSync(new URL('../../../docs/lessons.md', import.meta.url), 'utf8'),
);

function exampleOf(document: string): string {
  const found = /^````markdown\n([\s\S]*?)^````$/m.exec(document)?.[1];
  assert(found !== undefined, 'docs/lessons.md has an example');
  return found;
}

const read = (text: string) => readLesson(text, 'mine', { kind: 'file', name: 'mine.md' });

/** What is said of the example with one thing in it changed: "12: …". */
function told(from: string, to: string): string[] {
  expect(EXAMPLE).toContain(from);
  const lesson = read(EXAMPLE.replace(from, to));
  const problems = lesson.ok ? checkLesson(lesson.lesson) : lesson.problems;
  return problems.map(({ line, message }) => `${line}: ${message}`);
}

describe('the example of docs/lessons.md', () => {
  it('is a lesson, and true', () => {
    const lesson = read(EXAMPLE);
    expect(lesson.ok ? [] : lesson.problems).toEqual([]);
    if (lesson.ok) expect(checkLesson(lesson.lesson)).toEqual([]);
  });

  it('keeps the case of the step before, and what a step adds', () => {
    const lesson = read(EXAMPLE);
    assert(lesson.ok, 'it was read');
    const [first, second, third] = lesson.lesson.steps;
    expect(second?.case).toEqual(first?.case);
    expect(first).toMatchObject({ title: 'Before', line: 7, highlight: { ranks: [0] } });
    expect(third?.look).toEqual({ side: 'inspector' });
    expect(second?.ask?.answer.phrase).toBe('heads on rank 1');
  });
});

describe('a lesson that is wrong says where and why', () => {
  it.each<[string, string, RegExp]>([
    ['---\ntitle', 'title', /^1: a lesson begins with its front matter/],
    ['minutes: 3', 'minutes: soon', /^4: minutes is "soon"/],
    ['summary:', 'sumary:', /sumary is no field of the front matter; allowed are title, summary/],
    ['heads: 4, seq: 4', 'heads: 0, seq: 4', /^12: heads is 0; it must be a whole number from 1/],
    [
      'implementation: deepspeed-5823, sp: 2, heads: 4',
      'sp: 2, hads: 4',
      /^12: hads is no field of a case/,
    ],
    [
      'at: pass 1 of q, sending',
      'at: pass 3 of q',
      /^24: at is "pass 3 of q", which is no moment; moments are “start”/,
    ],
    [
      'at: pass 1 of q, sending',
      'at: pass 1 of v',
      /^19: at is “pass 1 of v”, and this run has no such moment/,
    ],
    [
      'answer: heads on rank 1',
      'answer: the heads',
      /^28: answer is "the heads"; what can be asked for is “heads on rank 2”/,
    ],
    [
      'answer: heads on rank 1',
      'answer: heads on rank 7',
      /^19: the run gives no answer for “heads on rank 7”/,
    ],
    ['after: pass 1 of q, end\n', '', /a question needs “after”/],
    [
      'after: pass 1 of q, end\n',
      'after: pass 1 of q, sending\n',
      /^19: this question can be answered by looking: it is asked at “pass 1 of q, sending”, which is not before “pass 1 of q, sending”/,
    ],
    [
      'at: pass 1 of q, sending',
      'at: pass 1 of q, landing',
      /^19: this question can be answered by looking: “heads on rank 1” is 2 and 3 at “pass 1 of q, landing” already/,
    ],
    [
      'at: pass 1 of q, sending',
      'at: end',
      /^19: a question cannot be asked at “end”: the ranks cannot stop there/,
    ],
    [
      'at: start\nhighlight',
      'at: pass 1 of q, landing\nhighlight',
      /^7: at is “pass 1 of q, landing”; the ranks are paused before it, at “pass 1 of q, sending”, until the question in line 19 is answered/,
    ],
    [
      'expect: {tokens on rank 0: [0, 1]}',
      'expect: {verdict: fine}',
      /^15: “verdict” is said to be fine; the ranks say nothing/,
    ],
    [
      'elements rank 0 sends to rank 1: 4',
      'elements rank 0 sends to rank 1: 5',
      /^37: “elements rank 0 sends to rank 1” is said to be 5; the ranks say 4/,
    ],
    [
      'elements rank 0 sends to rank 1: 4',
      'elements: 4',
      /^37: "elements" is nothing that can be claimed/,
    ],
    [
      'expect: {verdict: fine}',
      'expect: {verdict: fine}\nelsewhere: [{case: {heads: 8}, at: end, expect: {heads on rank 1: [7]}}]',
      /^47: “heads on rank 1” is said to be 7; the ranks say 0, 1, 2, 3, 4, 5, 6 and 7/,
    ],
    [
      'expect: {verdict: fine}',
      'expect: {verdict: fine}\nelsewhere: [{case: {heads: 0}, at: end, expect: {verdict: fine}}]',
      /^47: heads is 0; it must be/,
    ],
    [
      'at: start\n',
      'at: start\npanels: [left]\n',
      /a panel is "left"; allowed are ribbon, timeline/,
    ],
    [
      'highlight: {ranks: [0]}',
      'highlight: {parts: [checks]}\npanels: [ribbon]',
      /^7: it speaks of “checks”, but side is not among its panels/,
    ],
    ['**all** heads', '`check all-well` heads', /^9: “check all-well” is not a check; checks are/],
    [
      'And three heads?, answer: verdict',
      'Is it correct or are the ranks wrong? correct but unbalanced?, answer: verdict',
      /“correct, but unbalanced” is one of the answers, and the step says it before it asks/,
    ],
    ['verdict: fine', 'verdict: splendid', /“verdict” is said to be splendid; the ranks say fine/],
    ['ranks: [0]', 'ranks: [2]', /^7: highlight names rank 2; there are 2/],
    [
      'ranks: [0]',
      'ranks: [0], heads: [9]',
      /^7: highlight names heads or tokens that no such rank holds/,
    ],
    ['ranks: [0]', 'ranks: all', /^14: ranks is "all"; it must be a list of whole numbers/],
    ['side: inspector', 'side: left', /^36: side is "left"; allowed are why, inspector/],
    ['highlight: {ranks: [0]}', 'highlight: {ranks: [0]', /^1\d: YAML: /],
    ['**all** heads', '<b>all</b> heads', /^9: html is not shown/],
    [
      '**all** heads',
      '[all](javascript:alert(1)) heads',
      /^9: a link to javascript:alert\(1\) is not followed/,
    ],
    ['Half of what a rank had: 2 tokens of 2 heads.', '', /“How much travelled” has no words/],
    ['## Back again', '### Back again', /has 2 yaml blocks; each step has one/],
    [
      'seq: 4, headDim: 1}\nat: start\nhighlight',
      'seq: 1024, headDim: 512}\nat: start\nhighlight',
      /a lesson’s hold 16 at most/,
    ],
  ])('%#: %s', (from, to, reason) => {
    expect(told(from, to)).toContainEqual(expect.stringMatching(reason));
  });

  it('once, where other steps take its case', () => {
    expect(told('heads: 4, seq: 4', 'heads: 0, seq: 4')).toHaveLength(1);
  });

  it('and how many steps there are to be', () => {
    expect(told(EXAMPLE.slice(EXAMPLE.indexOf('## Back again')), '')).toEqual([
      '1: it has 3 steps; a lesson has 5 to 12, each under a “## ” heading',
    ]);
  });
});
