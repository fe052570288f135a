import { at } from '../../base/assert.ts';
import { BACKENDS } from '../backends.ts';
import { callTitle } from '../call-title.ts';
import { disagreement, pairText } from '../checks/splits-agree.ts';
import { firstDecision, operandsIn, operandsOf } from '../decision.ts';
import { type Alike, alikeIn, type Ending, endingOf, eventsByCall, ranksOf } from '../event.ts';
import { guardsOf } from '../implementation.ts';
import { findImplementation } from '../implementations/index.ts';
import { rankList } from '../rank-list.ts';
import type { Explanation, Told } from './explanation.ts';
import { lostToRounding } from './rounding.ts';
import { capital, counted, exceptionOf, failing, type Story, shortFailure } from './story.ts';

/** Ranks that raise, disagree or wait, without two branches to blame. */
export function failureStory(story: Story): Told {
  const { recording, call } = story;
  const { calls, sp, seq } = recording.case;
  const title = callTitle(calls, call);
  const short = shortFailure(story);
  const uneven =
    seq % sp === 0
      ? ''
      : `${sp} ranks do not divide ${counted(seq, 'token')}, so their sequence chunks differ in length.`;
  const pair = failing(story, 'splits-agree') && firstPair(story);
  if (pair !== undefined) {
    const detail = uneven === '' ? pathTaken(story) : uneven;
    return {
      short,
      headline: `The ranks disagree on sizes in ${title}. ${capital(pair)}.`,
      detail: `${detail} ${BACKENDS.sizes}.`.trim(),
    };
  }
  const exception = exceptionOf(recording);
  const waiting = ranksOf(endedSo(story, 'abandoned'));
  if (endedSo(story, 'astray').length > 0) {
    return {
      short,
      headline: `The ranks are in different collectives in ${title}, each waiting for the others.`,
      detail: failing(story, 'same-collectives')?.summary ?? '',
    };
  }
  const lost = recording.ranks.flatMap(({ events }, rank) =>
    events.at(-1)?.kind === 'lost' ? [rank] : [],
  );
  const who =
    exception === null
      ? `${capital(rankList(lost, sp))} never ${lost.length === 1 ? 'comes' : 'come'} back in ${title}`
      : `${capital(rankList(exception.ranks, sp))} ${verbOf(exception)} in ${title}`;
  if (waiting.length > 0) {
    const verb = waiting.length === 1 ? 'waits' : 'wait';
    return {
      short,
      headline: `${who}, and ${rankList(waiting, sp)} ${verb} for ever in the collective.`,
      detail: [
        whyRaised(story, exception),
        uneven,
        sinceWhen(story, waiting),
        `${BACKENDS.absent}.`,
      ]
        .filter((part) => part !== '')
        .join(' '),
    };
  }
  if (exception === null) {
    const others = lost.length < sp ? '; no other rank is in a collective' : '';
    return { short, headline: `${who}${others}.`, detail: '' };
  }
  return {
    short,
    headline: `${capital(rankList(exception.ranks, sp))} ${verbOf(exception)} ${reasonOf(exception)} in ${title}.`,
    detail: alreadyWrong(story) || whyRaised(story, exception) || uneven || pathTaken(story),
  };
}

/** The ranks for which the story's call ended in a certain way. */
function endedSo({ recording, call }: Story, kind: Ending['kind']): Alike[] {
  return alikeIn(recording).filter(({ calls }) => {
    const own = calls[call];
    return own !== undefined && endingOf(own)?.kind === kind;
  });
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
  return `${waiting.length === 1 ? 'It' : 'Each'} waits from its event ${events} on.`;
}

/** A call before this one that returned, and returned something wrong. */
function alreadyWrong(story: Story): string {
  const fact = failing(story, 'shape-and-order')?.evidence[0];
  if (fact === undefined || fact.call >= story.call) return '';
  const title = callTitle(story.recording.case.calls, fact.call);
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
  return `Its condition comes to nothing at “${place}”${operands}.`;
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
  const { guards, implementation } = recording.case;
  if (guards?.[asked.guard] !== undefined) {
    return `The guard of this case, “${asked.condition}”, does not hold: ${operands}.`;
  }
  const published = guardsOf(findImplementation(implementation) ?? {}).find(
    ({ id }) => id === asked.guard,
  );
  return published === undefined ? '' : `${published.about} Here ${operands}.`;
}

/** Ranks that were given no head, where that is what their code stumbled over. */
function headless({ recording, call }: Story, exception: Explanation['exception']): string {
  const decision = firstDecision(recording, call);
  if (exception?.error !== 'ZeroDivisionError' || decision === null) return '';
  const heads = decision.numKvHeads ?? at(recording.case.calls, call).heads;
  const { sp } = recording.case;
  return `${counted(heads, 'head')} for ${sp} ranks leave ${rankList(exception.ranks, sp)} without one, and the code divides by that number.`;
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
  if (decision === null) {
    const { heads } = at(recording.case.calls, call);
    const rest = heads % recording.case.sp;
    return rest === 0
      ? ''
      : `${counted(heads, 'head')} cannot be divided among ${recording.case.sp} ranks, and this code has no path for that.`;
  }
  return `Rank ${decision.rank} took the ${decision.decided.branch} path: ${operandsOf(decision)}.`;
}
