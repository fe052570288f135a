import type { Code, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import * as v from 'valibot';
import { assert, at } from '../../base/assert.ts';
import { DEFAULT_CASE, parseCase } from '../../core/cases/case-input.ts';
import type { Case } from '../../core/contract/case.ts';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import { callerOf } from '../../core/published/caller.ts';
import { type Claim, type FactValue, readFact } from './fact.ts';
import {
  type Elsewhere,
  type Lesson,
  type LessonProblem,
  type LessonSource,
  type LessonStep,
  PANELS,
  type Panel,
  panelOf,
  type ReadLesson,
} from './lesson.ts';
import { FRONT, STEP } from './step-fields.ts';
import { checksIn, plainText, unshownIn } from './text.ts';
import { readYaml, type YamlBlock } from './yaml-block.ts';

/** A lesson has as many steps as can be followed at a sitting. */
export const STEP_COUNT = { fewest: 5, most: 12 } as const;

const LONGEST = 200_000;

/**
 * Reads a lesson from the text of its file (`docs/lessons.md` tells the form): front matter, then
 * steps under `## ` headings, each with words in Markdown and one fenced `yaml` block. Nothing is
 * run; `check-lesson.ts` holds what it says to the ranks. All that is wrong is told, by line.
 */
export function readLesson(text: string, id: string, source: LessonSource): ReadLesson {
  if (text.length > LONGEST) {
    return refused({
      line: 1,
      message: `it has ${text.length} letters; at most ${LONGEST} are read`,
    });
  }
  const body = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const front = /^---\n([\s\S]*?)\n---(?:\n|$)/.exec(body);
  if (front === null) {
    return refused({
      line: 1,
      message:
        'a lesson begins with its front matter: ---, then title, summary and minutes, then ---',
    });
  }
  const problems: LessonProblem[] = [];
  const tell = (line: number, message: string) => void problems.push({ line, message });
  const head = validated(FRONT, front[1] ?? '', 2, tell);
  const skipped = front[0].split('\n').length - 1;
  // Blank lines in its place, so that Markdown counts lines as the file does.
  const root = fromMarkdown('\n'.repeat(skipped) + body.slice(front[0].length));
  const steps = readSteps(root, tell);
  if (steps.length < STEP_COUNT.fewest || steps.length > STEP_COUNT.most) {
    const { fewest, most } = STEP_COUNT;
    tell(
      1,
      `it has ${steps.length} steps; a lesson has ${fewest} to ${most}, each under a “## ” heading`,
    );
  }
  if (head === null || problems.length > 0) {
    return { ok: false, problems: problems.toSorted((a, b) => a.line - b.line) };
  }
  const lesson: Lesson = { id, source, ...head.value, steps: steps.filter((one) => one !== null) };
  return { ok: true, lesson };
}

type Tell = (line: number, message: string) => void;

function refused(problem: LessonProblem): ReadLesson {
  return { ok: false, problems: [problem] };
}

/** What a step takes from the one before it. */
interface Before {
  /** There is none, or what is wrong with it was told there. */
  readonly case: Case | 'none' | 'unknown';
  readonly panels: readonly Panel[];
}

/** The children of a document, cut at its headings of the second level. */
function readSteps(root: Root, tell: Tell): (LessonStep | null)[] {
  const sections: { title: string; line: number; nodes: RootContent[] }[] = [];
  for (const node of root.children) {
    const line = node.position?.start.line ?? 1;
    if (node.type === 'heading' && node.depth === 2) {
      sections.push({ title: plainText(node.children), line, nodes: [] });
    } else if (sections.length === 0) {
      tell(line, 'words before the first step; a step begins with a “## ” heading');
    } else at(sections, sections.length - 1).nodes.push(node);
  }
  let before: Before = { case: 'none', panels: PANELS };
  return sections.map(({ title, line, nodes }) => {
    const step = readStep(title, line, nodes, before, tell);
    before = step ?? { ...before, case: 'unknown' };
    return step;
  });
}

function readStep(
  title: string,
  line: number,
  nodes: readonly RootContent[],
  before: Before,
  tell: Tell,
): LessonStep | null {
  const isBlock = (node: RootContent): node is Code => node.type === 'code' && node.lang === 'yaml';
  const blocks = nodes.filter(isBlock);
  const text = nodes.filter((node) => !isBlock(node));
  for (const { line: where, message } of text.flatMap(unshownIn)) tell(where, message);
  if (title === '') tell(line, 'this step has no title');
  if (text.length === 0) tell(line, `“${title}” has no words`);
  const [block, second] = blocks;
  if (block === undefined || second !== undefined) {
    const where = second?.position?.start.line ?? line;
    tell(where, `“${title}” has ${blocks.length} yaml blocks; each step has one`);
    return null;
  }
  const read = validated(STEP, block.value, (block.position?.start.line ?? line) + 1, tell);
  if (read === null) return null;
  const { value: fields, lineOf } = read;
  const wanted = fields.case === undefined ? before.case : caseOf(fields.case, lineOf, tell);
  if (wanted === null || wanted === 'unknown') return null;
  if (wanted === 'none') {
    tell(line, `“${title}” has no case, and no step before it has one`);
    return null;
  }
  if (fields.ask !== undefined && fields.after === undefined) {
    tell(lineOf(['ask']), 'a question needs “after”: the moment in which its answer can be seen');
  }
  const elsewhere: Elsewhere[] = [];
  for (const [index, one] of (fields.elsewhere ?? []).entries()) {
    const path = ['elsewhere', index];
    const lineIn = (inside: readonly (string | number)[]) => lineOf([...path, ...inside]);
    const other = caseOf(one.case, lineIn, tell, fieldsOf(wanted));
    const expect = claimsOf(one.expect, (phrase) => lineIn(['expect', phrase]));
    if (other !== null) elsewhere.push({ case: other, at: one.at, expect, line: lineOf(path) });
  }
  const { look = {}, highlight, ask, panels = before.panels } = fields;
  const needed = [
    ...(highlight?.parts ?? []).map((part) => ({ what: part, panel: panelOf(part) })),
    ...checksIn(text).map((check) => ({ what: `check ${check}`, panel: panelOf('checks') })),
  ];
  for (const { what, panel } of needed) {
    if (panel === null || panels.includes(panel)) continue;
    tell(line, `it speaks of “${what}”, but ${panel} is not among its panels`);
  }
  return {
    title,
    line,
    text,
    case: wanted,
    from: fields.from ?? null,
    at: fields.at,
    after: fields.after ?? null,
    panels,
    look: Object.fromEntries(Object.entries(look).filter(([, value]) => value !== undefined)),
    highlight: {
      ranks: highlight?.ranks ?? null,
      heads: highlight?.heads ?? null,
      tokens: highlight?.tokens ?? null,
      parts: highlight?.parts ?? [],
    },
    ask: ask === undefined ? null : { ...ask, because: ask.because ?? null },
    expect: claimsOf(fields.expect ?? {}, (phrase) => lineOf(['expect', phrase])),
    elsewhere,
    notes: fields.notes ?? null,
  };
}

function claimsOf(
  expect: Readonly<Record<string, FactValue>>,
  lineOf: (phrase: string) => number,
): Claim[] {
  return Object.entries(expect).map(([phrase, value]) => {
    const fact = readFact(phrase);
    assert(fact !== null, 'claims were validated');
    return { fact, value, line: lineOf(phrase) };
  });
}

/** The fields of a case as a person would write them: calls follow, and KV heads where they are all. */
function fieldsOf(c: Case): Readonly<Record<string, unknown>> {
  const { calls: _, kvHeads, caller: __, ...plain } = c;
  const code = findImplementation(c.implementation);
  const caller = code === undefined ? null : callerOf(c, code);
  return {
    ...plain,
    ...(kvHeads === plain.heads ? {} : { kvHeads }),
    ...(caller === null ? {} : { caller }),
  };
}

/** What is not said of a case is as in `basis`: for a step, as in the first case of the page. */
function caseOf(
  fields: Readonly<Record<string, unknown>>,
  lineOf: YamlBlock['lineOf'],
  tell: Tell,
  basis: Readonly<Record<string, unknown>> = fieldsOf(DEFAULT_CASE),
): Case | null {
  const parsed = parseCase({ ...basis, ...fields });
  if (parsed.ok) return parsed.case;
  for (const { field, message } of parsed.problems) tell(lineOf(['case', field]), message);
  return null;
}

/** Reads and validates a block; tells all that is wrong with it, and is null then. */
function validated<S extends v.GenericSchema>(
  schema: S,
  text: string,
  first: number,
  tell: Tell,
): { value: v.InferOutput<S>; lineOf: YamlBlock['lineOf'] } | null {
  const read = readYaml(text, first);
  if (!read.ok) {
    tell(read.problem.line, read.problem.message);
    return null;
  }
  const { value, lineOf } = read.block;
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return { value: parsed.output, lineOf };
  for (const issue of parsed.issues) {
    const path = (issue.path ?? []).map(({ key }) => key as string | number);
    tell(lineOf(path), issue.message);
  }
  return null;
}
