import { type SequenceOrder, sharesOf } from '../contract/sequence.ts';
import type { CallerGuard, Implementation } from './implementation.ts';

/** What is asked where a case refuses a sequence that its ranks do not divide. */
export function sequenceGuard(
  { refusal = PLAIN }: Pick<Implementation, 'refusal'>,
  order: SequenceOrder,
): CallerGuard {
  return {
    id: 'sequence-divisible',
    condition: 'seq_len % shares == 0',
    about:
      order === 'balanced'
        ? 'Before the sequence is dealt, two half-chunks a rank must divide it.'
        : 'Before the sequence is dealt, the ranks must divide it.',
    names: [
      { name: 'seq_len', meaning: 'S, the tokens of the sequence.' },
      { name: 'shares', meaning: 'P, the number of ranks; 2P where each takes two half-chunks.' },
    ],
    error: refusal.error,
    values: ({ sequence, worldSize }) => ({
      seq_len: sequence,
      shares: sharesOf(order, worldSize),
    }),
    message: refusal.message,
  };
}

/** The words of no published caller: of one that says what is wrong. */
const PLAIN: NonNullable<Implementation['refusal']> = {
  error: 'ValueError',
  message: ({ sequence, worldSize }) =>
    `sequence length ${sequence} is not divisible by ${worldSize} ranks`,
};
