import { at } from '../../../base/assert.ts';
import { withCommas } from '../../../base/numbers.ts';
import { producerOf } from '../../cases/origin.ts';
import { callTitle } from '../../contract/call-title.ts';
import { coordinate } from '../../contract/case.ts';
import { sizesOf } from '../../contract/contract.ts';
import { lostText, ORDER_TEXTS } from '../../contract/sequence-text.ts';
import { returnedElements } from '../truth.ts';
import type { Told } from './explanation.ts';
import { mixingOf } from './mixing.ts';
import { counted, failing, misplacedIn, type Story, sentence, shortFailure } from './story.ts';

/** Tokens that no rank was given: whatever the passes do, they are missing in the end. */
export function lostStory(story: Story): Told | null {
  const dealt = failing(story, 'sequence-dealt');
  if (dealt === undefined) return null;
  const { sp, seq } = story.recording.contract;
  const lost = dealt.evidence[0]?.numbers.lost ?? 0;
  const others = misplacedIn(story);
  return {
    short: shortFailure(story),
    headline: `Nothing raises, yet ${lostText(lost)}: ${sp} ranks hold ${withCommas(seq - lost)} of ${withCommas(seq)}.`,
    detail: () =>
      others === undefined
        ? 'They were dropped when the sequence was dealt, before pass 1. Both passes are right about the rest.'
        : `They were dropped when the sequence was dealt, before pass 1. ${sentence(others.text)}`,
  };
}

/** A sequence that was dealt in another order than the code puts right. */
export function orderStory(story: Story): Told | null {
  const { recording, call } = story;
  const { calls } = recording.contract;
  const producer = producerOf(recording);
  if (producer === null) return null;
  const { sequenceOrder: order } = producer.case;
  const { order: expected, title } = producer.implementation;
  if (order === undefined || order === expected || at(calls, call).pass === 2) return null;
  if (!mixingOf(recording, call).onlyOrder || misplacedIn(story) === undefined) return null;
  const tokens = tokensOn(story, 0);
  const list = tokens.length > MOST_TOKENS ? [...tokens.slice(0, MOST_TOKENS), '…'] : tokens;
  return {
    short: shortFailure(story),
    headline: `Nothing raises, yet after ${callTitle(calls, call)} the tokens stand in the order ${list.join(', ')}.`,
    detail: () =>
      `The sequence was dealt ${ORDER_TEXTS[order]}; ${title} expects it ${ORDER_TEXTS[expected]}. Causal masks and positions belong to the wrong tokens.`,
  };
}

const MOST_TOKENS = 16;

/** The tokens of the first head that a rank holds after the story's call, in its order. */
function tokensOn({ recording, call }: Story, rank: number): readonly number[] {
  const { contract: c } = recording;
  const sizes = sizesOf(c, at(c.calls, call));
  const ids = returnedElements(recording, call)[rank] ?? new Int32Array(0);
  const [first] = ids;
  if (first === undefined) return [];
  const home = (name: 'b' | 'h' | 'd', id: number) =>
    coordinate(sizes, id, name) === coordinate(sizes, first, name);
  return [...ids]
    .filter((id) => home('b', id) && home('h', id) && home('d', id))
    .map((id) => coordinate(sizes, id, 's'));
}

/** "2 tokens of padding travel with the 18 of the sequence …"; empty where nothing was padded. */
export function paddedText({ recording: { contract: c } }: Story): string {
  const padding = c.positions - c.seq;
  if (padding === 0) return '';
  return `${counted(padding, 'token')} of padding ${padding === 1 ? 'travels' : 'travel'} with the ${withCommas(c.seq)} of the sequence, and ${padding === 1 ? 'is' : 'are'} cut off again behind pass 2. Full attention has to mask ${padding === 1 ? 'it' : 'them'}, and the loss has to leave ${padding === 1 ? 'it' : 'them'} out.`;
}
