import { at } from '../../../base/assert.ts';
import { producerOf } from '../../cases/origin.ts';
import { callTitle } from '../../contract/call-title.ts';
import { sequenceOf } from '../../contract/contract.ts';
import { guardsOf } from '../../published/implementation.ts';
import { sequenceGuard } from '../../published/sequence-guard.ts';
import { BACKENDS } from '../../recording/backends.ts';
import { firstDecision, operandsIn, operandsOf } from '../../recording/decision.ts';
import { caseOf, eventsByCall } from '../../recording/event.ts';
import { rankList } from '../../recording/rank-list.ts';
import { disagreement, pairText } from '../checks/splits-agree.ts';
import { type Blamed, blamedFor, blamedNext } from './blame.ts';
import type { Explanation, Told } from './explanation.ts';
import { lostToRounding } from './rounding.ts';
import {
  capital,
  counted,
  endedSo,
  exceptionOf,
  failing,
  type Story,
  sentence,
  shortFailure,
} from './story.ts';
import { withoutKv } from './without-kv.ts';

/** Ranks that raise, disagree or wait, without two branches to blame. */
export function failureStory(story: Story): Told {
  const { recording, call } = story;
  const { calls, sp } = recording.contract;
  const title = callTitle(calls, call);
  const short = shortFailure(story);
  const pair = failing(story, 'splits-agree') && firstPair(story);
  if (pair !== undefined) {
    return {
      short,
      headline: `The ranks disagree on sizes in ${title}. ${capital(pair)}.`,
      detail: () =>
        joined(
          indivisible(story) || pathTaken(story),
          `${BACKENDS.sizes}.`,
          thenIndivisible(story),
        ),
    };
  }
  const exception = exceptionOf(recording);
  const waiting = endedSo(recording, call, 'abandoned');
  if (endedSo(recording, call, 'astray').length > 0) {
    return {
      short,
      headline: `The ranks are in different collectives in ${title}, each waiting for the others.`,
      detail: () => sentence(failing(story, 'same-collectives')?.summary ?? ''),
    };
  }
  const lost = recording.ranks.flatMap(({ events }, rank) =>
    events.at(-1)?.kind === 'lost' ? [rank] : [],
  );
  const who =
    exception === null
      ? `${capital(rankList(lost, sp))} never ${lost.length === 1 ? 'comes' : 'come'} back in ${title}`
      : `${capital(rankList(exception.ranks, sp))} ${verbOf(exception)} in ${title}`;
  const headless = exception === null ? null : withoutKv(recording, call);
  const none =
    headless !== null && exception?.ranks.every((rank) => headless.ranks.includes(rank)) === true
      ? headless.text
      : null;
  if (waiting.length > 0) {
    const verb = waiting.length === 1 ? 'waits' : 'wait';
    return {
      short,
      headline:
        none === null
          ? `${who}, and ${rankList(waiting, sp)} ${verb} forever in the collective.`
          : `${none}. They raise in ${title}, and ${rankList(waiting, sp)} ${verb} forever in the collective.`,
      detail: () =>
        joined(
          whyRaised(story, exception) || indivisible(story),
          sinceWhen(story, waiting),
          `${BACKENDS.absent}.`,
          thenIndivisible(story),
        ),
    };
  }
  if (exception === null) {
    const others = lost.length < sp ? '; no other rank is in a collective' : '';
    return { short, headline: `${who}${others}.`, detail: () => '' };
  }
  return {
    short,
    headline:
      none === null
        ? `${capital(rankList(exception.ranks, sp))} ${verbOf(exception)} ${reasonOf(exception)} in ${title}.`
        : `${none}, and raise ${reasonOf(exception)} in ${title}.`,
    detail: () =>
      joined(
        alreadyWrong(story) ||
          whyRaised(story, exception) ||
          indivisible(story) ||
          pathTaken(story),
        thenIndivisible(story),
      ),
  };
}

function joined(...sentences: readonly string[]): string {
  return sentences.filter((one) => one !== '').join(' ');
}

/** The numbers that the ranks do not divide and that made the call fail: heads first, as they raise first. */
function indivisible(story: Story): string {
  return joined(...blamedFor(story.recording, story.call).map((what) => undivided(story, what)));
}

/** What stops the ranks next, once what made the call fail is repaired. */
function thenIndivisible(story: Story): string {
  const next = blamedNext(story.recording, story.call);
  const text = next === null ? '' : undivided(story, next);
  return text === '' ? '' : `Behind that is a second cause: ${text}`;
}

function undivided({ recording, call }: Story, what: Blamed): string {
  const { sp, seq } = recording.contract;
  if (what === 'tokens') {
    const { sequenceOrder } = sequenceOf(recording.contract);
    return seq % sp === 0 && sequenceOrder === 'balanced'
      ? `${counted(seq, 'token')} cannot be divided into ${2 * sp} half-chunks of equal length.`
      : `${sp} ranks do not divide ${counted(seq, 'token')}, so their sequence chunks differ in length.`;
  }
  const { heads } = at(recording.contract.calls, call);
  if (heads % sp === 0 || firstDecision(recording, call) !== null) return '';
  return `${sp} ranks do not divide ${counted(heads, 'head')}, and this code has no path for that.`;
}

/** The first pair of ranks that disagree in the story's call. */
function firstPair({ recording, call }: Story): string | undefined {
  const found = disagreement(recording, call);
  return found === null ? undefined : pairText(at(found.pairs, 0));
}

/** "Each waits from its event 13 on." */
function sinceWhen(story: Story, waiting: readonly number[]): string {
  const facts = failing(story, 'same-collectives')?.evidence ?? [];
  const since = new Set(facts.flatMap(({ operation }) => operation?.event ?? []));
  if (since.size === 0) return '';
  const events = [...since].sort((a, b) => a - b).join(' or ');
  return `${waiting.length === 1 ? 'It' : 'Each'} blocks at event ${events}.`;
}

/** A call before this one that returned, and returned something wrong. */
function alreadyWrong(story: Story): string {
  const fact = failing(story, 'shape-and-order')?.evidence[0];
  if (fact === undefined || fact.call >= story.call) return '';
  const title = callTitle(story.recording.contract.calls, fact.call);
  return `Before, ${title} went silently wrong: ${fact.text}.`;
}

/** "raises", or "stops" where it is not Python that goes no further. */
function verbOf({ error, ranks }: NonNullable<Explanation['exception']>): string {
  const verb = error === 'Unanswered' ? 'stop' : 'raise';
  return ranks.length === 1 ? `${verb}s` : verb;
}

/** What made a rank raise, where that can be told. */
function whyRaised(story: Story, exception: Explanation['exception']): string {
  if (exception === null) return '';
  const { stumble } = exception;
  if (stumble === null) {
    const { recording, call } = story;
    return (
      brokenGuard(story, exception) ||
      headless(story, exception) ||
      lostToRounding(recording, call, at(exception.ranks, 0))
    );
  }
  const place = stumble.condition.slice(stumble.at.from, stumble.at.to);
  const asked = operandsIn(stumble.condition, stumble.parts);
  const operands = asked === '' ? '' : `, with ${asked}`;
  return `Evaluating its condition raised at “${place}”${operands}.`;
}

/** A guard that did not hold. One of the case's own still raises with the published message. */
function brokenGuard(
  { recording, call }: Story,
  exception: NonNullable<Explanation['exception']>,
): string {
  const ranked = at(recording.ranks, at(exception.ranks, 0));
  const asked = eventsByCall(ranked)[call]?.events.at(-2);
  if (asked?.kind !== 'guarded' || asked.held) return '';
  const operands = operandsIn(asked.condition, asked.evaluation.parts);
  const producer = producerOf(recording);
  if (producer === null) return `“${asked.condition}” does not hold: ${operands}.`;
  const { case: own, implementation: code } = producer;
  if (own.guards?.[asked.guard] !== undefined) {
    return `The guard of this case, “${asked.condition}”, does not hold: ${operands}.`;
  }
  const published = [...guardsOf(code), sequenceGuard(code, own.sequenceOrder ?? code.order)].find(
    ({ id }) => id === asked.guard,
  );
  return published === undefined ? '' : `${published.about} Here ${operands}.`;
}

/** Ranks that were given no head, where that is what their code stumbled over. */
function headless({ recording, call }: Story, exception: Explanation['exception']): string {
  const decision = firstDecision(recording, call);
  if (exception?.error !== 'ZeroDivisionError' || decision === null) return '';
  const heads = decision.numKvHeads ?? at(recording.contract.calls, call).heads;
  const { sp } = recording.contract;
  return `${counted(heads, 'head')} for ${sp} ranks: ${rankList(exception.ranks, sp)} ${exception.ranks.length === 1 ? 'has' : 'have'} none, and the code divides by that number.`;
}

/** The exception's message, shortened where it is long: the whole of it stands below. */
function reasonOf({ error, message }: NonNullable<Explanation['exception']>): string {
  if (message === '') return error;
  const reason = error === 'Unanswered' ? 'with ' : '';
  if (message.length <= 96) return `${reason}“${message}”`;
  const blank = message.lastIndexOf(' ', 92);
  return `${reason}“${message.slice(0, blank > 0 ? blank : 92)} …”`;
}

/** Which way the rank went that the story is about. */
function pathTaken({ recording, call }: Story): string {
  const decision = firstDecision(recording, call);
  const fault = caseOf(recording)?.fault;
  // What the case makes a rank do follows from no path.
  if (decision === null || fault?.call === call) return '';
  return `Rank ${decision.rank} took the ${decision.decided.branch} path: ${operandsOf(decision)}.`;
}
