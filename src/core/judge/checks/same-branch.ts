import { at } from '../../../base/assert.ts';
import { callTitle } from '../../contract/call-title.ts';
import { type Decision, decisionIn, operandsOf } from '../../recording/decision.ts';
import { alikeIn, type Recording, ranksOf } from '../../recording/event.ts';
import type { Evidence } from '../finding.ts';
import { passOneCallOf } from '../truth.ts';
import { type Check, evidence } from './check.ts';

/** Both passes of a tensor took the same branch, even or uneven, on every rank. */
export const sameBranch: Check = {
  title: 'Both passes take the same path',
  worst: null,
  needs: ['operations'],
  judge(recording) {
    const c = recording.contract;
    let compared = 0;
    const found: Evidence[] = [];
    for (const [call] of c.calls.entries()) {
      const there = at(c.calls, call).pass === 2 ? passOneCallOf(c.calls, call) : null;
      if (there === null) continue;
      const pairs = alikeIn(recording).flatMap(({ ranks, calls }) => {
        const [out, back] = [decisionIn(calls[there]), decisionIn(calls[call])];
        return out === null || back === null ? [] : [{ ranks, out, back }];
      });
      compared += pairs.length;
      const differing = pairs.filter(({ out, back }) => out.decided.branch !== back.decided.branch);
      const [worst] = differing;
      if (worst === undefined) continue;
      const { out, back } = worst;
      found.push(
        evidence(
          c,
          call,
          `${told(out, callTitle(c.calls, there))}; ${told(back, callTitle(c.calls, call))}`,
          {
            ranks: ranksOf(differing),
            operation: { rank: at(worst.ranks, 0), event: back.event },
            numbers: {
              numHeadsInPass1: out.numHeads,
              numHeadsInPass2: back.numHeads,
              seqWorldSize: c.sp,
            },
          },
        ),
      );
    }
    const [first] = found;
    if (first !== undefined) return { status: 'fail', summary: first.text, evidence: found };
    return compared === 0
      ? { status: 'not-applicable', summary: noDecision(recording), evidence: [] }
      : { status: 'pass', summary: 'the same on every rank, in every call', evidence: [] };
  },
};

function told(decision: Pick<Decision, 'decided'>, title: string): string {
  return `${title} · ${operandsOf(decision)}, ${decision.decided.branch}`;
}

function noDecision(recording: Recording): string {
  return recording.contract.decides
    ? 'no tensor got as far as its second pass'
    : 'this code has one path only: nothing is decided';
}
