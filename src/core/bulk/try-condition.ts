import { at } from '../../base/assert.ts';
import { callTitle } from '../contract/call-title.ts';
import type { Case, Pass } from '../contract/case.ts';
import { sharesOf } from '../contract/sequence.ts';
import { findImplementation } from '../programs/implementations/index.ts';
import { guardsOf, type Implementation } from '../published/implementation.ts';
import type { Evaluation, Stumble } from '../python/condition/evaluate.ts';
import { parseCondition } from '../python/condition/parse.ts';
import type { ConditionProblem } from '../python/condition/unwrap.ts';
import { eventsByCall, type Rank, type RankEvent, type RankRecording } from '../recording/event.ts';
import { listOf } from '../recording/runs.ts';
import { runRank, type Wait, type WaitResult } from '../world/rank.ts';

/** What a condition that is being written would say, were it the case's. */
export type Trial =
  | { readonly ok: true; readonly pass1: Tried; readonly pass2: Tried }
  | { readonly ok: false; readonly problem: ConditionProblem };

/** What it would say in one pass; spans point into the text that was tried. */
export type Tried =
  | { readonly kind: 'answered'; readonly evaluation: Evaluation }
  | {
      readonly kind: 'raised';
      readonly error: string;
      readonly message: string;
      readonly stumble: Stumble;
    }
  /** It would not come to that; why, in a sentence. */
  | { readonly kind: 'not-asked'; readonly why: string };

export interface TrialOptions {
  /** The guard whose place the text takes; without one, it decides for the uneven path. */
  readonly guard?: string;
  readonly rank?: Rank;
}

/**
 * Tries a condition on one rank of a case, for the first tensor that goes there and back: the rank's
 * own program runs, and asks it with what it has in scope then. What does not bear on a condition is
 * made small: one token a rank, head dim 1, no fault. Peers are not there; they always send what is
 * expected, so that ranks which would disagree on sizes are not seen here.
 */
export function tryCondition(c: Case, text: string, options: TrialOptions = {}): Trial {
  const { guard, rank = 0 } = options;
  const implementation = findImplementation(c.implementation);
  if (implementation === undefined) throw new Error(`invariant broken: no ${c.implementation}`);
  const replaced = guardsOf(implementation).find(({ id }) => id === guard);
  const parsed = parseCondition(text, replaced?.names);
  if (!parsed.ok) return parsed;
  const back = c.calls.findIndex(({ pass }) => pass === 2);
  const { fault: _, ...healthy } = c;
  const small: Case = {
    ...healthy,
    ...(guard === undefined ? { condition: text } : { guards: { ...c.guards, [guard]: text } }),
    seq: sharesOf(c.sequenceOrder ?? implementation.order, c.sp),
    batch: 1,
    headDim: 1,
    calls: back < 0 ? c.calls.slice(0, 1) : c.calls.slice(0, back + 1),
  };
  const there = small.calls.findLastIndex(
    ({ pass, tensor }) => pass === 1 && (back < 0 || tensor === at(c.calls, back).tensor),
  );
  const recording = runAlone(small, implementation, rank);
  const tried = (call: number, pass: Pass) => triedIn(small, recording, call, pass, guard);
  return { ok: true, pass1: tried(there, 1), pass2: tried(back, 2) };
}

/** One rank's run, its peers being played: what they send is of the right size and means nothing. */
function runAlone(c: Case, implementation: Implementation, rank: Rank): RankRecording {
  const run = runRank(c, implementation, rank, { attention: false });
  let step = run.next();
  while (!step.done) step = run.next(answerTo(step.value));
  return step.value;
}

function answerTo({ header }: Wait): WaitResult {
  if (header.kind !== 'exchange') {
    return { kind: header.kind === 'call-end' && !header.failed ? 'next-call' : 'stop' };
  }
  // Ones are also true where sizes are told: every rank has one token.
  const pieces = listOf(header.expects).map((count) => new Int32Array(count).fill(1));
  return { kind: 'received', pieces };
}

function triedIn(
  c: Case,
  recording: RankRecording,
  call: number,
  pass: Pass,
  guard: string | undefined,
): Tried {
  if (call < 0) return { kind: 'not-asked', why: `This program has no pass ${pass}.` };
  const calls = eventsByCall(recording);
  const events = calls[call]?.events ?? [];
  for (const event of events) {
    if (isAbout(event, guard)) return { kind: 'answered', evaluation: event.evaluation };
    if (event.kind === 'raised' && event.stumble !== undefined) {
      const { error, message, stumble } = event;
      const asked = guard === undefined ? c.condition : c.guards?.[guard];
      if (stumble.condition === asked) return { kind: 'raised', error, message, stumble };
    }
  }
  const last = calls.length - 1 <= call ? calls.at(-1)?.events.at(-1) : undefined;
  if (last?.kind === 'raised') {
    const title = callTitle(c.calls, calls.length - 1);
    return { kind: 'not-asked', why: `Not asked: the rank raises ${last.error} in ${title}.` };
  }
  return {
    kind: 'not-asked',
    why: `The path that this rank takes in pass ${pass} does not ask it.`,
  };
}

type Answered = Extract<RankEvent, { kind: 'decided' | 'guarded' }>;

function isAbout(event: RankEvent, guard: string | undefined): event is Answered {
  if (guard === undefined) return event.kind === 'decided';
  return event.kind === 'guarded' && event.guard === guard;
}
