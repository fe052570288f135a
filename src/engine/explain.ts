import { at } from '../base/assert.ts';
import { rankList } from './checks/check.ts';
import type { Evaluation } from './condition/evaluate.ts';
import { type Decision, decisionsOf, operandsOf } from './decision.ts';
import { type Branch, callTitle, endingOf, eventsByCall, type Recording } from './event.ts';
import type { Finding, Verdict } from './finding.ts';
import { passOneCallOf } from './truth.ts';

/** What happened and why, told from a recording and what the checks found in it. */
export interface Explanation {
  /** A few words: "pass 2 raises on 4 of 4 ranks". */
  readonly short: string;
  /** One sentence that a tired engineer understands. */
  readonly headline: string;
  /** What led there, in a sentence or two; may be empty. */
  readonly detail: string;
  /** The decisions of both passes of the tensor concerned, side by side. */
  readonly passes: readonly PassTold[];
  /** The condition where it matters most, as one rank evaluated it. */
  readonly condition: {
    readonly text: string;
    readonly evaluation: Evaluation;
    readonly call: number;
    readonly rank: number;
  } | null;
  readonly exception: {
    readonly error: string;
    readonly message: string;
    readonly ranks: readonly number[];
    readonly call: number;
  } | null;
}

export interface PassTold {
  readonly pass: 1 | 2;
  readonly call: number;
  readonly tensor: string;
  /** "8 % 4 = 0" */
  readonly operands: string;
  readonly branch: Branch;
  readonly ok: boolean;
}

/** Tells a run from its recording and the findings of all checks. */
export function explain(
  recording: Recording,
  findings: readonly Finding[],
  verdict: Verdict,
): Explanation {
  const story = { recording, findings, verdict, call: focusOf(recording, findings) };
  const told = tell(story);
  const decision = decisionsOf(recording, story.call)[0];
  return {
    ...told,
    passes: passesOf(story),
    condition:
      decision === undefined
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

interface Story {
  readonly recording: Recording;
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  /** The call that the story is about. */
  readonly call: number;
}

type Told = Pick<Explanation, 'short' | 'headline' | 'detail'>;

/** Where things first go wrong; the last call where nothing does. */
function focusOf(recording: Recording, findings: readonly Finding[]): number {
  const harmful = findings.filter(({ verdict }) => verdict !== undefined);
  const calls = harmful.flatMap(({ evidence }) => evidence.map(({ call }) => call));
  return calls.length > 0 ? Math.min(...calls) : recording.case.calls.length - 1;
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
    case 'fine':
      return fineStory(story);
  }
}

function failing(story: Story, check: string): Finding | undefined {
  return story.findings.find((finding) => finding.check === check && finding.status === 'fail');
}

/** The two passes took different branches: the fault of DeepSpeed issue #6774 and its kin. */
function branchStory(story: Story): Told | null {
  const fact = failing(story, 'same-branch')?.evidence.find(({ call }) => call === story.call);
  if (fact === undefined) return null;
  const { recording, call } = story;
  const { calls, sp } = recording.case;
  const there = passOneCallOf(calls, call);
  const out = there === null ? undefined : decisionsOf(recording, there)[0];
  const back = decisionsOf(recording, call)[0];
  if (out === undefined || back === undefined) return null;
  const { tensor } = at(calls, call);
  const short = shortFailure(story);
  if (back.decided.branch === 'even') {
    return {
      short,
      headline: 'Pass 2 takes the even path back where pass 1 went the uneven one.',
      detail: `Pass 1 of ${tensor}: ${operandsOf(out)}. Pass 2: ${operandsOf(back)}.`,
    };
  }
  if (back.numKvHeads !== null) {
    return {
      short,
      headline: `Pass 2 of ${tensor} follows a head count of ${back.numKvHeads} left behind by another tensor, though pass 1 had cut ${tensor} evenly.`,
      detail: `Pass 1 gave each rank ${back.numHeads} of ${out.numHeads} heads (${operandsOf(out)}). ${setBy(story, back)}`,
    };
  }
  return {
    short,
    headline:
      'Pass 2 takes an even model for an uneven one: it divides a head count that pass 1 had already divided.',
    detail:
      `${out.numHeads} heads divide evenly among ${sp} ranks, so pass 1 left ${back.numHeads} on each. ` +
      `Pass 2 puts the same question to those ${back.numHeads} and enters the uneven path, which was never taken on the way there.`,
  };
}

/** Which call set the process-wide head count that `decision` met. */
function setBy({ recording }: Story, { rank, numKvHeads }: Decision): string {
  const calls = eventsByCall(at(recording.ranks, rank));
  const index = calls.findIndex(({ events }) =>
    events.some((event) => event.kind === 'remembered' && event.after === numKvHeads),
  );
  if (index < 0) return `The head count ${numKvHeads} was there before the first call.`;
  return `The head count was set in ${callTitle(at(recording.case.calls, index))}.`;
}

/** "pass 2 raises on 4 of 4 ranks", "ranks disagree in pass 2" */
function shortFailure({ recording, verdict, call }: Story): string {
  const { pass, tensor } = at(recording.case.calls, call);
  const where = recording.case.calls.length > 2 ? `pass ${pass} of ${tensor}` : `pass ${pass}`;
  const { sp } = recording.case;
  switch (verdict) {
    case 'ranks disagree':
      return `ranks disagree in ${where}`;
    case 'raises': {
      const count = recording.ranks.filter((rank) => {
        const own = eventsByCall(rank)[call];
        return own !== undefined && endingOf(own)?.kind === 'raised';
      }).length;
      return `${where} raises on ${count} of ${sp} ranks`;
    }
    case 'silently wrong':
      return `${where} is silently wrong`;
    case 'wrong shape':
      return `${where} returns a wrong shape`;
    case 'unbalanced':
      return 'heads are unbalanced';
    case 'fine':
      return 'every element comes home';
  }
}

/** Ranks that raise, disagree or wait, without two branches to blame. */
function failureStory(story: Story): Told {
  const { recording, call } = story;
  const { calls, sp, seq } = recording.case;
  const title = callTitle(at(calls, call));
  const short = shortFailure(story);
  const uneven =
    seq % sp === 0
      ? ''
      : `${seq} positions do not divide among ${sp} ranks, so their sequence chunks differ in length.`;
  const pair = failing(story, 'splits-agree')?.evidence[0];
  if (pair !== undefined) {
    const detail = uneven === '' ? pathTaken(story) : uneven;
    return {
      short,
      headline: `The ranks disagree on sizes in ${title}: ${pair.text}.`,
      detail: `${detail} With NCCL this hangs or corrupts; gloo kills the process.`.trim(),
    };
  }
  const exception = exceptionOf(recording);
  const waiting = recording.ranks.flatMap((rank, index) => {
    const own = eventsByCall(rank)[call];
    return own !== undefined && endingOf(own)?.kind === 'abandoned' ? [index] : [];
  });
  const who =
    exception === null
      ? 'A rank never comes'
      : `${capital(rankList(exception.ranks, sp))} ${exception.ranks.length === 1 ? 'raises' : 'raise'} in ${title}`;
  if (waiting.length > 0) {
    const verb = waiting.length === 1 ? 'waits' : 'wait';
    return {
      short,
      headline: `${who}, and ${rankList(waiting, sp)} ${verb} for ever in the collective.`,
      detail:
        `With any backend a rank that waits ends only when the watchdog’s time is out. ${uneven}`.trim(),
    };
  }
  return { short, headline: `${who}: ${reasonOf(exception)}.`, detail: uneven || pathTaken(story) };
}

function reasonOf(exception: Explanation['exception']): string {
  if (exception === null) return 'nothing is said about why';
  return exception.error === 'AssertionError' ? 'an assertion does not hold' : exception.error;
}

/** Which way the rank went that the story is about. */
function pathTaken({ recording, call }: Story): string {
  const decision = decisionsOf(recording, call)[0];
  if (decision === undefined) {
    const { heads } = at(recording.case.calls, call);
    const rest = heads % recording.case.sp;
    return rest === 0
      ? ''
      : `${heads} heads do not divide among ${recording.case.sp} ranks, and this code has no path for that.`;
  }
  return `Rank ${decision.rank} took the ${decision.decided.branch} path: ${operandsOf(decision)}.`;
}

/** Nothing raises, and elements are not where they belong. */
function wrongStory(story: Story): Told {
  const { recording, call } = story;
  const { calls, batch } = recording.case;
  const { pass, tensor } = at(calls, call);
  const fact = failing(story, 'shape-and-order')?.evidence.find((one) => one.call === call);
  const found = fact?.element?.found;
  const expected = fact?.element?.expected;
  const merged = batch > 1 && found !== undefined && expected != null && found.b !== expected.b;
  const what = merged
    ? 'mixes the batch into the sequence'
    : found !== undefined && expected != null && found.h !== expected.h
      ? 'puts heads where others belong'
      : 'puts tokens where others belong';
  return {
    short: shortFailure(story),
    headline: `Nothing raises, yet pass ${pass} of ${tensor} ${what}.`,
    detail: fact === undefined ? '' : `${capital(fact.text)}.`,
  };
}

function shapeStory(story: Story): Told {
  const fact = failing(story, 'shape-and-order')?.evidence[0];
  const { pass, tensor } = at(story.recording.case.calls, story.call);
  return {
    short: shortFailure(story),
    headline: `Every element is in the right order, in the wrong shape, after pass ${pass} of ${tensor}.`,
    detail: fact === undefined ? '' : `${capital(fact.text)}.`,
  };
}

function fineStory(story: Story): Told {
  const { recording } = story;
  const { calls } = recording.case;
  const returning = calls.filter(({ pass }) => pass === 2).length;
  const headline =
    returning === 0
      ? 'Every rank holds all tokens, in order, of its own heads.'
      : 'Both passes agree: every element comes home to the rank and the place that it left.';
  return { short: shortFailure(story), headline, detail: sparedBy(story) };
}

/** Where a remainder was seen and rightly made nothing of: the repair of #6774 at work. */
function sparedBy({ recording, call }: Story): string {
  const decision = decisionsOf(recording, call)[0];
  const { pass } = at(recording.case.calls, call);
  if (pass === 1 || decision?.decided.branch !== 'even') return '';
  const { numHeads } = decision;
  const { sp } = recording.case;
  if (numHeads % sp === 0) return '';
  return (
    `Pass 2 meets the divided head count too (${numHeads} % ${sp} = ${numHeads % sp}), ` +
    'but this condition asks about heads only where heads are scattered, in pass 1.'
  );
}

function passesOf({ recording, findings, call }: Story): PassTold[] {
  const { calls } = recording.case;
  const there = at(calls, call).pass === 1 ? call : passOneCallOf(calls, call);
  const back = calls.findIndex(
    ({ pass }, index) => pass === 2 && index >= call && passOneCallOf(calls, index) === there,
  );
  const wrong = new Set(
    findings
      .filter(({ status }) => status === 'fail')
      .flatMap(({ evidence }) => evidence.map((fact) => fact.call)),
  );
  return [there, back].flatMap((index) => {
    const decision = index === null || index < 0 ? undefined : decisionsOf(recording, index)[0];
    if (index === null || decision === undefined) return [];
    const { pass, tensor } = at(calls, index);
    return [
      {
        pass,
        call: index,
        tensor,
        operands: operandsOf(decision),
        branch: decision.decided.branch,
        ok: !wrong.has(index),
      },
    ];
  });
}

function exceptionOf(recording: Recording): Explanation['exception'] {
  const raised = recording.ranks.flatMap((ranked, rank) => {
    const calls = eventsByCall(ranked);
    const last = calls.at(-1);
    const ending = last === undefined ? null : endingOf(last);
    return ending?.kind === 'raised' ? [{ rank, call: calls.length - 1, ending }] : [];
  });
  const [first] = raised;
  if (first === undefined) return null;
  const { error, message } = first.ending;
  const same = raised.filter(({ ending }) => ending.error === error);
  return { error, message, ranks: same.map(({ rank }) => rank), call: first.call };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
