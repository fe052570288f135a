import { at } from '../../../base/assert.ts';
import { callTitle } from '../../contract/call-title.ts';
import {
  alikeIn,
  type Ending,
  endingOf,
  type Rank,
  type Recording,
  ranksOf,
} from '../../recording/event.ts';
import { rankList } from '../../recording/rank-list.ts';
import type { CheckId, Evidence, Finding, Verdict } from '../finding.ts';
import type { Explanation } from './explanation.ts';

/** A run as the stories tell it. */
export interface Story {
  readonly recording: Recording;
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  /** The call that the story is about. */
  readonly call: number;
}

/** Where what makes the verdict first shows; the last call where nothing does. */
export function focusOf(
  recording: Recording,
  findings: readonly Finding[],
  verdict: Verdict,
): number {
  const harmful = findings.filter((finding) => finding.verdict === verdict);
  const calls = harmful.flatMap(callsIn);
  return calls.length > 0 ? Math.min(...calls) : recording.contract.calls.length - 1;
}

/** The calls that a finding has evidence of; evidence of one call is not written for that. */
export function callsIn(finding: Finding): readonly number[] {
  return finding.call === undefined ? finding.evidence.map(({ call }) => call) : [finding.call];
}

/** What a check found wrong; undefined where it passes. */
export function failing(story: Story, check: CheckId): Finding | undefined {
  return story.findings.find((finding) => finding.check === check && finding.status === 'fail');
}

/** The first element of the story's call that stands where another belongs. */
export function misplacedIn(story: Story): Evidence | undefined {
  const order = failing(story, 'shape-and-order')?.evidence ?? [];
  return order.find(({ call, element }) => call === story.call && element !== null);
}

/** "pass 2 raises on 4 of 4 ranks", "ranks disagree in pass 2" */
export function shortFailure(story: Story): string {
  const { recording, verdict, call } = story;
  const { calls, sp } = recording.contract;
  // Of the only tensor on its way there and back, the pass alone says which call.
  const where = calls.length > 2 ? callTitle(calls, call) : `pass ${at(calls, call).pass}`;
  switch (verdict) {
    case 'ranks disagree':
      return `${disagreementIn(recording, call)} in ${where}`;
    case 'raises':
      return `${where} raises on ${endedSo(recording, call, 'raised').length} of ${sp} ranks`;
    case 'silently wrong':
      if (misplacedIn(story) !== undefined) return `${where} is silently wrong`;
      // Where every element is where it belongs, attention still pairs the wrong ones.
      return lostIn(story) ?? 'attention is silently wrong';
    case 'wrong shape':
      return `${where} returns a wrong shape`;
    case 'unbalanced':
      return 'heads are unbalanced';
    case 'fine':
      return `Fine: ${recording.contract.scope}`;
  }
}

/** "4 tokens belong to nobody"; undefined where none are lost. */
function lostIn(story: Story): string | undefined {
  return failing(story, 'sequence-dealt')?.evidence[0]?.text;
}

/** "rank 0 raises, 3 ranks wait", "ranks disagree on sizes": each kind by its own words. */
function disagreementIn(recording: Recording, call: number): string {
  const { sp } = recording.contract;
  const ended = (kind: Ending['kind']) => endedSo(recording, call, kind);
  if (ended('mismatched').length > 0) return 'ranks disagree on sizes';
  if (ended('astray').length > 0) return 'ranks are in different collectives';
  const [raised, waiting] = [ended('raised'), ended('abandoned')];
  // A rank that was lost in an earlier call left nothing in this one.
  const lost = recording.ranks.flatMap(({ events }, rank) =>
    events.at(-1)?.kind === 'lost' || events.length === 0 ? [rank] : [],
  );
  const verb = (ranks: readonly Rank[], one: string) => (ranks.length === 1 ? `${one}s` : one);
  const who = [
    raised.length > 0 ? `${rankList(raised, sp)} ${verb(raised, 'raise')}` : '',
    lost.length > 0 ? `${rankList(lost, sp)} never ${verb(lost, 'come')} back` : '',
    waiting.length === 1
      ? `rank ${waiting[0]} waits`
      : waiting.length > 0
        ? `${waiting.length} ranks wait`
        : '',
  ];
  return who.filter((one) => one !== '').join(', ');
}

/** The ranks for which a call ended in a certain way. */
export function endedSo(recording: Recording, call: number, kind: Ending['kind']): Rank[] {
  return ranksOf(
    alikeIn(recording).filter(({ calls }) => {
      const own = calls[call];
      return own !== undefined && endingOf(own)?.kind === kind;
    }),
  );
}

/** What the first rank raised that raised anything, and which ranks raised that error; or null. */
export function exceptionOf(recording: Recording): Explanation['exception'] {
  const raised = alikeIn(recording).flatMap(({ ranks, calls }) => {
    const last = calls.at(-1);
    const ending = last === undefined ? null : endingOf(last);
    return ending?.kind === 'raised' ? [{ ranks, call: calls.length - 1, ending }] : [];
  });
  const [first] = raised;
  if (first === undefined) return null;
  const { error, message, stumble = null } = first.ending;
  const same = raised.filter(({ ending }) => ending.error === error);
  return { error, message, ranks: ranksOf(same), call: first.call, stumble };
}

/** "1 head", "2 heads" */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A fact as a sentence; nothing stays nothing. */
export function sentence(text: string): string {
  return text === '' ? '' : `${capital(text)}.`;
}

/** As a sentence begins. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
