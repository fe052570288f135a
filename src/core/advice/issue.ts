import { titleOf } from '../cases/case-title.ts';
import { scopeOf } from '../cases/scope.ts';
import type { Case } from '../contract/case.ts';
import { dealingOf, lengthsOf } from '../contract/sequence.ts';
import { sharesText } from '../contract/sequence-text.ts';
import type { Explanation } from '../judge/explain/explanation.ts';
import type { Verdict } from '../judge/finding.ts';
import { expectedOrder, findImplementation } from '../programs/implementations/index.ts';
import { releasesText, sourceAddress } from '../published/publication.ts';
import { rankList } from '../recording/rank-list.ts';
import type { Advice } from './advice.ts';
import { adviceMarkdown } from './advice-text.ts';

/** A run that an issue is written about. */
export interface Reported {
  readonly case: Case;
  readonly verdict: Verdict;
  readonly explanation: Explanation;
  readonly advice: Advice;
  /** The address of the run on the page. */
  readonly link: string;
}

/**
 * A run for an issue, as eight lines of Markdown: what it comes to, versions, case, what happens, the
 * operands, the exception, what to do, and the link. A line that would say nothing is left out.
 */
export function issueMarkdown({ case: c, explanation, advice, link }: Reported): string {
  const { short, headline, exception } = explanation;
  const operands = operandsOf(explanation);
  return [
    `**${titleOf(c)}: ${short}**`,
    `- Versions: ${versionsOf(c)}`,
    `- Case: ${caseOf(c)}`,
    `- What happens: ${headline}`,
    ...(operands === '' ? [] : [`- Operands: ${operands}`]),
    ...(exception === null
      ? []
      : [
          `- Raised on ${rankList(exception.ranks, c.sp)}: ${code(`${exception.error}: ${exception.message}`)}`,
        ]),
    `- ${adviceMarkdown(advice)}`,
    `- Run it: ${link}`,
  ].join('\n');
}

function versionsOf(c: Case): string {
  const implementation = findImplementation(c.implementation);
  if (implementation === undefined) return c.implementation;
  const { publication, title } = implementation;
  const { pullRequest } = publication;
  const made = pullRequest === null ? '' : `, #${pullRequest}`;
  return `${title}: ${releasesText(publication)}${made} ([source](${sourceAddress(publication)}))`;
}

function caseOf(c: Case): string {
  const counts = c.kvHeads === c.heads ? `${c.heads} heads` : countsOf(c);
  const layout = c.batchDimIdx === 0 ? '[B, S, H, D]' : '[S, B, H, D]';
  const sizes = `B ${c.batch}, S ${c.seq}, D ${c.headDim}`;
  const before = c.numKvHeadsBefore === null ? '' : `, head count before: ${c.numKvHeadsBefore}`;
  return `${counts}, SP ${c.sp}, ${code(layout)} with ${sizes}${dealtAs(c)}${before}; ${scopeOf(c)}`;
}

/** ", sequence dealt: chunk, contiguous (5 · 5 · 5 · 3)"; empty where nothing of it is unusual. */
function dealtAs(c: Case): string {
  const own = expectedOrder(c);
  if (c.sequenceSplit === undefined && c.sequenceOrder === undefined) return '';
  const { sequenceSplit = 'nearly-equal', sequenceOrder = own } = c;
  const split = lengthsOf(sequenceSplit) === null ? `${sequenceSplit}, ` : '';
  return `, sequence dealt: ${split}${sequenceOrder} (${sharesText(dealingOf(c, own))})`;
}

function countsOf({ program, heads, kvHeads }: Case): string {
  return program === 'twoModels'
    ? `${heads} and ${kvHeads} heads`
    : `${heads} heads, ${kvHeads} KV heads`;
}

/** The condition, and what it came to in each pass: "pass 1: 32 % 8 = 0, even path". */
function operandsOf({ condition, passes }: Explanation): string {
  const told = passes.map(
    ({ pass, operands, branch }) => `pass ${pass}: ${operands}, ${branch} path`,
  );
  if (condition === null) return told.join('; ');
  return [code(condition.text), ...told].join('; ');
}

/** Text between backticks, however many it has of its own. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${text.replaceAll('\n', ' ')}${pad}${fence}`;
}
