import { at } from '../../base/assert.ts';
import { callTitle } from '../call-title.ts';
import { firstDecision, operandsOf } from '../decision.ts';
import type { Told } from './explanation.ts';
import { capital, failing, misplacedIn, type Story, shortFailure } from './story.ts';

/** Nothing raises, and elements are not where they belong. */
export function wrongStory(story: Story): Told {
  const { recording, call } = story;
  const { calls, batch } = recording.case;
  const fact = misplacedIn(story);
  if (fact === undefined) return partnerStory(story);
  const found = fact.element?.found;
  const expected = fact.element?.expected;
  const merged = batch > 1 && found !== undefined && expected != null && found.b !== expected.b;
  const what = merged
    ? 'mixes the batch into the sequence'
    : found !== undefined && expected != null && found.h !== expected.h
      ? 'puts heads where others belong'
      : 'puts tokens where others belong';
  return {
    short: shortFailure(story),
    headline: `Nothing raises, yet ${callTitle(calls, call)} ${what}.`,
    detail: `${capital(fact.text)}.`,
  };
}

/** Every element is where it belongs, and attention still pairs the wrong ones. */
function partnerStory(story: Story): Told {
  const fact = failing(story, 'gqa-groups')?.evidence[0];
  const attention = failing(story, 'attention-equal');
  return {
    short: shortFailure(story),
    headline: 'Nothing raises, yet query heads do not meet the key/value heads that are theirs.',
    detail: fact === undefined ? (attention?.summary ?? '') : `${capital(fact.text)}.`,
  };
}

/** All is where it belongs, but some ranks have more to do than others. */
export function unbalancedStory(story: Story): Told {
  const fact = failing(story, 'heads-balanced')?.evidence[0];
  return {
    short: shortFailure(story),
    headline: `Every element comes home, but the heads are spread unevenly: ${fact?.text ?? ''}.`,
    detail: failing(story, 'state-clean')?.summary ?? '',
  };
}

/** All elements are there in their order; the shape is not the one that the caller is owed. */
export function shapeStory(story: Story): Told {
  const fact = failing(story, 'shape-and-order')?.evidence[0];
  return {
    short: shortFailure(story),
    headline: `Every element is in the right order, in the wrong shape, after ${callTitle(story.recording.case.calls, story.call)}.`,
    detail: fact === undefined ? '' : `${capital(fact.text)}.`,
  };
}

/** Nothing is wrong; where the condition might have misled, why it did not. */
export function fineStory(story: Story): Told {
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
  const decision = firstDecision(recording, call);
  const { pass } = at(recording.case.calls, call);
  if (pass === 1 || decision?.decided.branch !== 'even') return '';
  const { numHeads } = decision;
  const { sp } = recording.case;
  if (numHeads % sp === 0) return '';
  if (recording.case.condition !== undefined) {
    return `In pass 2 the condition of this case decides for the even path: ${operandsOf(decision)}.`;
  }
  return (
    `Pass 2 meets the divided head count too (${numHeads} % ${sp} = ${numHeads % sp}), ` +
    'but this condition asks about heads only where heads are scattered, in pass 1.'
  );
}
