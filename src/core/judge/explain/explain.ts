import { at } from '../../../base/assert.ts';
import type { FaultKind } from '../../contract/case.ts';
import { firstDecision, operandsOf } from '../../recording/decision.ts';
import { caseOf, endingOf, eventsByCall, type Recording } from '../../recording/event.ts';
import { rankList } from '../../recording/rank-list.ts';
import type { Finding, Verdict } from '../finding.ts';
import { passOneCallOf } from '../truth.ts';
import { branchStory } from './branch-story.ts';
import type { Explanation, PassTold, Told } from './explanation.ts';
import { failureStory } from './failure-story.ts';
import { fineStory, shapeStory, unbalancedStory, wrongStory } from './quiet-story.ts';
import { callsIn, exceptionOf, focusOf, type Story } from './story.ts';

/** Tells a run from its recording and the findings of all checks. */
export function explain(
  recording: Recording,
  findings: readonly Finding[],
  verdict: Verdict,
): Explanation {
  const story = storyOf(recording, findings, verdict);
  const told = tell(story);
  const decision = firstDecision(recording, story.call);
  return {
    ...told,
    detail: told.detail(),
    passes: passesOf(story),
    condition:
      decision === null
        ? null
        : {
            text: decision.decided.condition,
            evaluation: decision.decided.evaluation,
            call: story.call,
            rank: decision.rank,
          },
    exception: exceptionOf(recording),
  };
}

/** The one sentence of a run's explanation alone. */
export function headlineOf(
  recording: Recording,
  findings: readonly Finding[],
  verdict: Verdict,
): string {
  return tell(storyOf(recording, findings, verdict)).headline;
}

function storyOf(recording: Recording, findings: readonly Finding[], verdict: Verdict): Story {
  return { recording, findings, verdict, call: focusOf(recording, findings, verdict) };
}

function tell(story: Story): Told {
  switch (story.verdict) {
    case 'ranks disagree':
    case 'raises':
      return branchStory(story) ?? failureStory(story);
    case 'silently wrong':
      return branchStory(story) ?? wrongStory(story);
    case 'wrong shape':
      return shapeStory(story);
    case 'unbalanced':
      return unbalancedStory(story);
    case 'fine':
      return fineStory(story);
  }
}

function passesOf({ recording, findings, call }: Story): PassTold[] {
  const { calls } = recording.contract;
  const there = at(calls, call).pass === 1 ? call : passOneCallOf(calls, call);
  const back = calls.findIndex(
    ({ pass }, index) => pass === 2 && index >= call && passOneCallOf(calls, index) === there,
  );
  const wrong = new Set(findings.filter(({ status }) => status === 'fail').flatMap(callsIn));
  return [there, back].flatMap((index) => {
    const decision = index === null || index < 0 ? null : firstDecision(recording, index);
    if (index === null || decision === null) return [];
    const { pass, tensor } = at(calls, index);
    return [
      {
        pass,
        call: index,
        tensor,
        operands: operandsOf(decision),
        branch: decision.decided.branch,
        ok: !wrong.has(index),
        struck: wrong.has(index) ? struckIn(recording, index) : null,
      },
    ];
  });
}

/** What came over a rank in a call that its program has no part in: the case's fault, or its loss. */
function struckIn(recording: Recording, call: number): string | null {
  const { contract, ranks } = recording;
  const lost = ranks.flatMap((ranked, rank) => {
    const own = eventsByCall(ranked)[call];
    return own !== undefined && endingOf(own)?.kind === 'lost' ? [rank] : [];
  });
  if (lost.length > 0) return `${rankList(lost, contract.sp)} never came back`;
  const fault = caseOf(recording)?.fault;
  return fault?.call === call ? `rank ${fault.rank} ${STRUCK[fault.kind]}` : null;
}

const STRUCK: Readonly<Record<FaultKind, string>> = {
  'raises-before': 'raised',
  'raises-in': 'raised',
  'raises-after': 'raised',
  'sends-less': 'sent too little',
  'other-collective': 'called another collective',
  terminates: 'never came back',
  loops: 'never came back',
};
