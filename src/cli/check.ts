import type { Case } from '../engine/case.ts';
import { judge } from '../engine/checks/index.ts';
import { explain } from '../engine/explain/explain.ts';
import type { Finding } from '../engine/finding.ts';
import { findImplementation } from '../engine/implementations/index.ts';
import { reportOf } from '../engine/report.ts';
import { scopeOf, titleOf } from '../engine/scope.ts';
import { runWorld } from '../engine/world.ts';

/** What is printed, and the exit code: 0 fine, 1 a fault was found. */
export interface Answer {
  readonly text: string;
  readonly code: 0 | 1;
}

const SIGNS: Record<Finding['status'], string> = { fail: '✕', pass: '✓', 'not-applicable': '–' };

/** Runs a case and tells what every check finds, as text or as the page's own report. */
export function check(wanted: Case, asJson: boolean): Answer {
  const implementation = findImplementation(wanted.implementation);
  if (implementation === undefined) throw new Error(`invariant broken: ${wanted.implementation}`);
  const recording = runWorld(wanted, implementation);
  const { verdict, findings } = judge(recording);
  const code = verdict === 'fine' ? 0 : 1;
  if (asJson) {
    const report = reportOf(recording, implementation);
    return { text: JSON.stringify({ case: wanted, ...report }, null, 2), code };
  }
  const { headline, detail, condition, exception } = explain(recording, findings, verdict);
  const layout = wanted.batchDimIdx === 0 ? '[B, S, H, D]' : '[S, B, H, D]';
  const lines = [
    `${titleOf(wanted)} (${implementation.id}) · ${wanted.heads} heads, ${wanted.kvHeads} KV heads · SP ${wanted.sp} · ${layout} · ${scopeOf(wanted)}`,
    `verdict: ${verdict}`,
    '',
    headline,
    ...(detail === '' ? [] : [detail]),
    ...(condition === null ? [] : [`decided by: ${condition.text}`]),
    ...(exception === null ? [] : [`${exception.error}: ${exception.message}`]),
    '',
    ...findings.map(
      ({ check: id, status, summary }) => `${SIGNS[status]} ${id.padEnd(17)} ${summary}`,
    ),
  ];
  return { text: lines.join('\n'), code };
}
