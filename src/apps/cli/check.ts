import { at } from '../../base/assert.ts';
import type { Advice } from '../../core/advice/advice.ts';
import { adviceLines } from '../../core/advice/advice-text.ts';
import { adviceFor } from '../../core/advice/advise.ts';
import { issueMarkdown } from '../../core/advice/issue.ts';
import { runAlike } from '../../core/bulk/alike.ts';
import { printCase } from '../../core/case-text/case-fields.ts';
import { titleOf } from '../../core/cases/case-title.ts';
import { caseOfKind, type Model } from '../../core/cases/models/model.ts';
import { scopeOf } from '../../core/cases/scope.ts';
import type { Case } from '../../core/contract/case.ts';
import { judge } from '../../core/judge/checks/index.ts';
import { reportOf } from '../../core/judge/checks/report.ts';
import { explain } from '../../core/judge/explain/explain.ts';
import type { Explanation } from '../../core/judge/explain/explanation.ts';
import type { Finding, Severity, Verdict } from '../../core/judge/finding.ts';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import type { Implementation } from '../../core/published/implementation.ts';
import type { Recording } from '../../core/recording/event.ts';
import { attentionWork, MOST_ATTENTION_WORK } from '../../core/world/attention.ts';
import { runWorld } from '../../core/world/world.ts';
import { worstIn } from '../../workers/map/degrees.ts';
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
  /** What to do about a fault. */
  readonly advice: Advice | null;
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
function check({ case: wanted, file, note, format, isStrict }: CheckQuery): {
  readonly verdict: Verdict;
  readonly answer: Answer;
} {
  const implementation = findImplementation(wanted.implementation);
  if (implementation === undefined) throw new Error(`invariant broken: ${wanted.implementation}`);
  const recording = recordingOf(wanted, implementation);
  const { verdict, severity, findings } = judge(recording);
  const checked = {
    case: wanted,
    verdict,
    findings,
    told: explain(recording, findings, verdict),
    advice: severity === 'fault' ? adviceFor(wanted, verdict) : null,
  };
  const isFault = severity === 'fault' || (severity === 'warning' && isStrict);
  const annotation: Annotation = {
    level: isFault ? 'error' : 'warning',
    title: `${titleOf(wanted)}: ${verdict} (${scopeOf(wanted)})`,
    message: [...reasonOf(checked), ...whatToDo(checked)].join('\n'),
    file,
  };
  const text = () => {
    switch (format) {
      case 'json': {
        const report = reportOf(recording, implementation);
        const advice = checked.advice === null ? [] : adviceLines(checked.advice);
        const remark = note === null ? {} : { note };
        return JSON.stringify({ case: wanted, ...remark, ...report, advice }, null, 2);
      }
      case 'text':
        return textOf(checked, severity, note);
      case 'markdown':
        return markdownOf(checked, severity);
    }
  };
  const answer: Answer = {
    text: text(),
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

function textOf(checked: Checked, severity: Severity, note: string | null): string {
  const { case: c, verdict, findings } = checked;
  const layout = c.batchDimIdx === 0 ? '[B, S, H, D]' : '[S, B, H, D]';
  const todo = whatToDo(checked);
  return [
    `${nameOf(c)} · ${c.heads} heads, ${c.kvHeads} KV heads · SP ${c.sp} · ${layout} · ${c.program}`,
    ...(note === null ? [] : [`note: ${note}`]),
    `${SEVERITY_SIGNS[severity]} verdict: ${verdict} (${scopeOf(c)})`,
    '',
    ...reasonOf(checked),
    ...(todo.length === 0 ? [] : ['', ...todo]),
    '',
    ...findings.map(
      ({ check: id, status, summary }) => `${STATUS_SIGNS[status]} ${id.padEnd(17)} ${summary}`,
    ),
  ].join('\n');
}

/** "DeepSpeed 0.15.4 (deepspeed-6392)"; once, where both are the same word. */
function nameOf(c: Case): string {
  const title = titleOf(c);
  return title === c.implementation ? title : `${title} (${c.implementation})`;
}

/** A fault as the text for an issue, which the page copies too; else what the case came to. */
function markdownOf(checked: Checked, severity: Severity): string {
  const { case: c, verdict, told, advice } = checked;
  const link = `rankscope check --case '#${printCase(c).replaceAll("'", '%27')}'`;
  if (advice !== null) {
    return issueMarkdown({ case: c, verdict, explanation: told, advice, link: `\`${link}\`` });
  }
  return [
    `**${SEVERITY_SIGNS[severity]} ${titleOf(c)}: ${verdict}** (${scopeOf(c)})`,
    ...reasonOf(checked).map((line) => `- ${line}`),
    `- Run it: \`${link}\``,
  ].join('\n');
}

/** "Fix: upgrade to ≥ 0.16.2 (#6797)", and what else there is to do, in lines. */
function whatToDo({ advice }: Checked): string[] {
  if (advice === null) return [];
  const lines = adviceLines(advice);
  return lines.length === 0 ? [advice.tried] : lines.map(({ label, text }) => `${label}: ${text}`);
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
