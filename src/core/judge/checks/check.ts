import { at } from '../../../base/assert.ts';
import type { Steps } from '../../../base/steps.ts';
import { callTitle } from '../../contract/call-title.ts';
import type { Capability } from '../../contract/capability.ts';
import type { Contract } from '../../contract/contract.ts';
import { alikeIn, eventsByCall, type Rank, type Recording } from '../../recording/event.ts';
import type { Evidence, Judgement, Verdict } from '../finding.ts';

/** One question asked of every recording: a pure function of it. */
export interface Check {
  /** The question, as a statement that holds when the check passes. */
  readonly title: string;
  /** The worst that its failure makes of a run; null where it alone harms nobody. */
  readonly worst: Verdict | null;
  /** What a recording has to hold to be asked. */
  readonly needs: readonly Capability[];
  judge(recording: Recording): Judgement;
  /** What takes long of it, done before in steps: what comes of them is kept with the recording. */
  prepare?(recording: Recording): Steps<void>;
}

/** A fact about a call, to which `more` adds what it is about. */
export function evidence(
  c: Pick<Contract, 'calls'>,
  call: number,
  text: string,
  more: Partial<Pick<Evidence, 'ranks' | 'operation' | 'element' | 'numbers'>> = {},
): Evidence {
  const { tensor, pass } = at(c.calls, call);
  return {
    text,
    call,
    tensor,
    pass,
    ranks: [],
    operation: null,
    element: null,
    numbers: {},
    ...more,
  };
}

/** A failure, told by the first of its evidence. */
export function failure(c: Pick<Contract, 'calls'>, found: readonly Evidence[]): Judgement {
  const { call, text } = at(found, 0);
  return { status: 'fail', summary: `${callTitle(c.calls, call)} · ${text}`, evidence: found };
}

/** A failure with much evidence, of one call, which is written when somebody reads it: no map does. */
export function longFailure(
  verdict: Verdict,
  call: number,
  summary: string,
  write: () => readonly Evidence[],
): Judgement {
  let written: readonly Evidence[] | null = null;
  return {
    status: 'fail',
    summary,
    get evidence() {
      written ??= write();
      return written;
    },
    verdict,
    call,
  };
}

/** Whether any rank came to any collective. */
export function reachedCollective(recording: Recording): boolean {
  return alikeIn(recording).some(({ calls }) =>
    calls.some(({ events }) => events.some(({ kind }) => kind === 'offered')),
  );
}

/** The event with which a call ended on a rank; null where the rank never came to it. */
export function endOf(recording: Recording, call: number, rank: Rank): Evidence['operation'] {
  const own = eventsByCall(at(recording.ranks, rank))[call];
  return own === undefined ? null : { rank, event: own.start + own.events.length - 1 };
}
