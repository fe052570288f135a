import { at } from '../../../base/assert.ts';
import { callTitle } from '../../contract/call-title.ts';
import { batchDimOf } from '../../contract/contract.ts';
import { firstDecision, operandsOf } from '../../recording/decision.ts';
import { caseOf } from '../../recording/event.ts';
import { lostStory, orderStory, paddedText } from './dealing-story.ts';
import type { Told } from './explanation.ts';
import { mixingOf, mixingText } from './mixing.ts';
import { sequencesAttended } from './sequences.ts';
import { counted, failing, misplacedIn, type Story, sentence, shortFailure } from './story.ts';
import { withoutKv } from './without-kv.ts';

/** Nothing raises, and elements are not where they belong. */
export function wrongStory(story: Story): Told {
  const { recording, call } = story;
  const fact = misplacedIn(story);
  const told = lostStory(story) ?? chunksApart(story) ?? orderStory(story);
  if (told !== null) return told;
  if (fact === undefined) return partnerStory(story);
  const mixing = mixingOf(recording, call);
  return {
    short: shortFailure(story),
    headline: `Nothing raises, yet ${callTitle(recording.contract.calls, call)} ${mixingText(mixing)}.`,
    detail: () => `${mixing.wrong} of ${mixing.elements} elements are wrong: ${fact.text}.`,
  };
}

/** Attention that never leaves a sequence chunk: the wrong gather index for the layout. */
function chunksApart(story: Story): Told | null {
  const { recording } = story;
  const { batch, seq } = recording.contract;
  const batchDimIdx = batchDimOf(recording.contract);
  const gatherIdx = caseOf(recording)?.gatherIdx;
  const attended = sequencesAttended(recording, story.call);
  if (attended === null || !attended.withinChunks) return null;
  const { call, shape, sequences, tokens } = attended;
  const wanted = 1 - batchDimIdx;
  const index =
    gatherIdx === undefined || gatherIdx === wanted
      ? ''
      : ` Pass 1 gathers dimension ${gatherIdx}, the batch; the sequence is dimension ${wanted}.`;
  return {
    short: shortFailure(story),
    headline:
      'Nothing raises, yet attention never leaves a sequence chunk: no token meets the tokens of another rank.',
    detail: () =>
      `After ${callTitle(recording.contract.calls, call)} each rank holds [${shape.join(', ')}]: ${counted(sequences, 'sequence')} of ${counted(tokens, 'token')} instead of ${batch} of ${seq}.${index}`,
  };
}

/** Every element is where it belongs, and attention still pairs the wrong ones. */
function partnerStory(story: Story): Told {
  const fact = failing(story, 'gqa-groups')?.evidence[0];
  const attention = failing(story, 'attention-equal')?.evidence[0];
  const none = withoutKv(story.recording, story.call);
  return {
    short: shortFailure(story),
    headline:
      none !== null
        ? `${none.text}: their query heads have nothing to attend to.`
        : fact === undefined
          ? 'Nothing raises, yet attention between the passes does not give what one device gives.'
          : 'Nothing raises, yet query heads do not meet the key/value heads that are theirs.',
    detail: () => sentence(fact?.text ?? attention?.text ?? ''),
  };
}

/** All is where it belongs, but some ranks have more to do than others. */
export function unbalancedStory(story: Story): Told {
  const fact = failing(story, 'heads-balanced')?.evidence[0];
  const where =
    fact === undefined ? '' : ` after ${callTitle(story.recording.contract.calls, fact.call)}`;
  return {
    short: shortFailure(story),
    headline: `Every element returns to where it started, but the heads are spread unevenly${where}: ${fact?.text ?? ''}.`,
    detail: () => sentence(failing(story, 'state-clean')?.evidence[0]?.text ?? ''),
  };
}

/** All elements are there in their order; the shape is not the one that the caller is owed. */
export function shapeStory(story: Story): Told {
  const fact = failing(story, 'shape-and-order')?.evidence[0];
  return {
    short: shortFailure(story),
    headline: `Every element is in the right order, in the wrong shape, after ${callTitle(story.recording.contract.calls, story.call)}.`,
    detail: () => sentence(fact?.text ?? ''),
  };
}

/** Nothing is wrong; where the condition might have misled, why it did not. */
export function fineStory(story: Story): Told {
  const { recording } = story;
  const { calls } = recording.contract;
  const returning = calls.filter(({ pass }) => pass === 2).length;
  const headline =
    returning === 0
      ? 'Every rank holds all tokens, in order, of its own heads.'
      : 'Both passes agree: every element returns to the rank and place that it left.';
  return {
    short: shortFailure(story),
    headline,
    detail: () => paddedText(story) || sparedBy(story),
  };
}

/** Where a remainder was seen and rightly made nothing of: the repair of #6774 at work. */
function sparedBy({ recording, call }: Story): string {
  const decision = firstDecision(recording, call);
  const { pass } = at(recording.contract.calls, call);
  if (pass === 1 || decision?.decided.branch !== 'even') return '';
  const { numHeads } = decision;
  const { sp } = recording.contract;
  if (numHeads % sp === 0) return '';
  const own = caseOf(recording)?.condition !== undefined;
  if (own || !/scatter_idx|gather_idx/.test(decision.decided.condition)) {
    const whose = own ? ' of this case' : '';
    return `In pass 2 the condition${whose} decides for the even path: ${operandsOf(decision)}.`;
  }
  return (
    `Pass 2 meets the divided head count too (${numHeads} % ${sp} = ${numHeads % sp}), ` +
    'but this condition asks about heads only where heads are scattered, in pass 1.'
  );
}
