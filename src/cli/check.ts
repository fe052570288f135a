import { at } from '../base/assert.ts';
import { runAlike } from '../engine/alike.ts';
import { attentionWork, MOST_ATTENTION_WORK } from '../engine/attention.ts';
import type { Case } from '../engine/case.ts';
import { judge } from '../engine/checks/index.ts';
import type { Recording } from '../engine/event.ts';
import { explain } from '../engine/explain/explain.ts';
import type { Explanation } from '../engine/explain/explanation.ts';
import type { Finding, Severity, Verdict } from '../engine/finding.ts';
import type { Implementation } from '../engine/implementation.ts';
import { findImplementation } from '../engine/implementations/index.ts';
import { caseOfKind, type Model } from '../engine/models/model.ts';
import { reportOf } from '../engine/report.ts';
import { scopeOf, titleOf } from '../engine/scope.ts';
import { runWorld } from '../engine/world.ts';
import { worstIn } from '../map/degrees.ts';
import type { Annotation, Answer } from './answer.ts';
import type { CaseOfOptions } from './case-options.ts';
import { EXIT } from './usage.ts';

/** What `check` is asked for. */
export interface CheckQuery extends CaseOfOptions {
  readonly format: 'text' | 'json' | 'markdown';
  readonly isStrict: boolean;
}

/** What a case came to. */
interface Checked {
  readonly case: Case;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly told: Explanation;
}

/**
 * Runs a case for every kind of layer that its model has, and names each; the one that fares worst
 * decides, and is what programs read.
 */
export function checkKinds({ kinds, ...query }: CheckQuery & Pick<Model, 'kinds'>): Answer {
  if (kinds.length <= 1) return check(query).answer;
  const all = kinds.map((kind) => {
    // Ranks hold few elements unless more are asked for: the head dim of a model decides nothing.
    const own = caseOfKind(query.case, { ...kind, headDim: null });
    return { name: kind.name, ...check({ ...query, case: own }) };
  });
  const worst = at(all, worstIn(all));
  const verdicts = all.map(({ name, verdict }) => ({ name, verdict }));
  const { answer } = worst;
  if (query.format === 'json') {
    const report: object = JSON.parse(answer.text);
    return {
      ...answer,
      text: JSON.stringify({ ...report, kind: worst.name, kinds: verdicts }, null, 2),
    };
  }
  const summary = verdicts.map(({ name, verdict }) => `${name}: ${verdict}`).join('; ');
  const texts = all.map(({ name, answer: { text } }) => `# ${name}\n${text}`);
  return {
    ...answer,
    text: [`${kinds.length} kinds of layer: ${summary}`, ...texts].join('\n\n'),
    annotations: all.flatMap((one) => one.answer.annotations),
  };
}

/** Runs a case and says what every check finds. */
function check({ case: wanted, file, format, isStrict }: CheckQuery): {
  readonly verdict: Verdict;
  readonly answer: Answer;
} {
  const implementation = findImplementation(wanted.implementation);
  if (implementation === undefined) throw new Error(`invariant broken: ${wanted.implementation}`);
  const recording = recordingOf(wanted, implementation);
  const { verdict, severity, findings } = judge(recording);
  const checked = { case: wanted, verdict, findings, told: explain(recording, findings, verdict) };
  const isFault = severity === 'fault' || (severity === 'warning' && isStrict);
  const annotation: Annotation = {
    level: isFault ? 'error' : 'warning',
    title: `${titleOf(wanted)}: ${verdict} (${scopeOf(wanted)})`,
    message: reasonOf(checked).join('\n'),
    file,
  };
  const answer: Answer = {
    text:
      format === 'json'
        ? JSON.stringify({ case: wanted, ...reportOf(recording, implementation) }, null, 2)
        : textOf(checked, severity, format === 'markdown'),
    isData: format !== 'text',
    code: isFault ? EXIT.fault : EXIT.fine,
    annotations: severity === 'fine' ? [] : [annotation],
  };
  return { verdict, answer };
}

const STATUS_SIGNS: Record<Finding['status'], string> = {
  fail: '✕',
  pass: '✓',
  'not-applicable': '–',
};
const SEVERITY_SIGNS: Record<Severity, string> = { fault: '✕', warning: '!', fine: '✓' };

function textOf(checked: Checked, severity: Severity, asMarkdown: boolean): string {
  const { case: c, verdict, findings } = checked;
  const layout = c.batchDimIdx === 0 ? '[B, S, H, D]' : '[S, B, H, D]';
  const found = findings.map(
    ({ check: id, status, summary }) => `${STATUS_SIGNS[status]} ${id.padEnd(17)} ${summary}`,
  );
  return [
    `${titleOf(c)} (${c.implementation}) · ${c.heads} heads, ${c.kvHeads} KV heads · SP ${c.sp} · ${layout} · ${c.program}`,
    `${SEVERITY_SIGNS[severity]} verdict: ${verdict} (${scopeOf(c)})`,
    '',
    ...reasonOf(checked),
    '',
    ...(asMarkdown ? ['```', ...found, '```'] : found),
  ].join('\n');
}

/** Why a case came to its verdict, in lines. */
function reasonOf({ told: { headline, detail, condition, exception } }: Checked): string[] {
  return [
    headline,
    ...(detail === '' ? [] : [detail]),
    ...(condition === null ? [] : [`decided by: ${condition.text}`]),
    ...(exception === null ? [] : [`${exception.error}: ${exception.message}`]),
  ];
}

/**
 * All ranks run where one of them fails, or where attention needs their numbers. Otherwise ranks that
 * do the same run once, which leaves the same recording in a fraction of the time and memory.
 */
function recordingOf(c: Case, implementation: Implementation): Recording {
  const work = attentionWork({ ...c, heads: Math.max(c.heads, c.kvHeads) });
  const isShared = c.fault === undefined && work > MOST_ATTENTION_WORK;
  return isShared ? runAlike(c, implementation) : runWorld(c, implementation);
}
