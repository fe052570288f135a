import { assert } from '../../base/assert.ts';
import { EVERYTHING } from '../contract/capability.ts';
import type { Case } from '../contract/case.ts';
import { findImplementation } from '../programs/implementations/index.ts';
import type { Implementation } from '../published/implementation.ts';
import type { RankRecording, Recording } from '../recording/event.ts';
import { contractOf } from './case-contract.ts';

/** What made a recording, for those who would run it again or say more of its code. */
export interface Producer {
  readonly case: Case;
  readonly implementation: Implementation;
}

/** The case and the code that a recording was made from; null where it comes from elsewhere. */
export function producerOf({ origin }: Pick<Recording, 'origin'>): Producer | null {
  if (origin.kind !== 'case') return null;
  const implementation = findImplementation(origin.case.implementation);
  assert(implementation !== undefined, 'only known implementations are run');
  return { case: origin.case, implementation };
}

/** The same of a recording that holds its program: whoever asks has seen to it. */
export function producedBy(recording: Pick<Recording, 'origin'>): Producer {
  const producer = producerOf(recording);
  assert(producer !== null, 'the recording holds the program that its ranks ran');
  return producer;
}

/** The recording of what a case's ranks left behind. */
export function recordingOf(
  c: Case,
  implementation: Implementation,
  ranks: readonly RankRecording[],
): Recording {
  return {
    contract: contractOf(c, implementation),
    ranks,
    origin: { kind: 'case', case: c },
    capabilities: EVERYTHING,
  };
}
