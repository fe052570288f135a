import { at } from '../../../base/assert.ts';
import { callTitle } from '../../contract/call-title.ts';
import { type Decision, firstDecision, operandsOf } from '../../recording/decision.ts';
import { caseOf, eventsByCall } from '../../recording/event.ts';
import { passOneCallOf } from '../truth.ts';
import type { Told } from './explanation.ts';
import { failing, type Story, shortFailure } from './story.ts';

/** The two passes took different branches: the fault of DeepSpeed issue #6774 and its kin. */
export function branchStory(story: Story): Told | null {
  const fact = failing(story, 'same-branch')?.evidence.find(({ call }) => call === story.call);
  if (fact === undefined) return null;
  const { recording, call } = story;
  const { calls, sp } = recording.contract;
  const there = passOneCallOf(calls, call);
  const out = there === null ? null : firstDecision(recording, there);
  const back = firstDecision(recording, call);
  if (there === null || out === null || back === null) return null;
  const { tensor } = at(calls, call);
  const short = shortFailure(story);
  // Why a published condition goes astray is known; of a case's own, only that it does.
  if (back.decided.branch === 'even' || caseOf(recording)?.condition !== undefined) {
    const { branch } = back.decided;
    return {
      short,
      headline: `Pass 2 takes the ${branch} path back where pass 1 went the ${out.decided.branch} one.`,
      detail: () =>
        `In ${callTitle(calls, there)}, ${operandsOf(out)}; in ${callTitle(calls, call)}, ${operandsOf(back)}.`,
    };
  }
  if (back.numKvHeads !== null) {
    return {
      short,
      headline: `In ${callTitle(calls, call)}, the code follows a head count of ${back.numKvHeads} left behind by another tensor, though pass 1 had cut ${tensor} evenly.`,
      detail: () =>
        `Pass 1 gave each rank ${back.numHeads} of ${out.numHeads} heads (${operandsOf(out)}). ${setBy(story, back)}`,
    };
  }
  return {
    short,
    headline:
      'Pass 2 mistakes an evenly split model for an uneven one: it divides a head count that pass 1 had already divided.',
    detail: () =>
      `${out.numHeads} heads divide evenly among ${sp} ranks, so pass 1 left ${back.numHeads} on each. ` +
      `Pass 2 asks the same of the ${back.numHeads} that are left and enters the uneven path, which was never taken on the way there.`,
  };
}

/** Which call set the process-wide head count that `decision` met. */
function setBy({ recording }: Story, { rank, numKvHeads }: Decision): string {
  const calls = eventsByCall(at(recording.ranks, rank));
  const index = calls.findIndex(({ events }) =>
    events.some((event) => event.kind === 'remembered' && event.after === numKvHeads),
  );
  if (index < 0) return `The head count ${numKvHeads} was there before the first call.`;
  return `The head count was set in ${callTitle(recording.contract.calls, index)}.`;
}
