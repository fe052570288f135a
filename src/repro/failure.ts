import { list, type Statement, statement } from './statement.ts';
import { pyString } from './text/python.ts';

/** The shape that a failed reshape asked for, by PyTorch's words. */
export interface AttemptedShape {
  readonly shape: readonly number[];
  /** The elements of the tensor that it was asked of. */
  readonly size: number;
}

/** Reads it off the message; null where that tells of something else. */
export function attemptedShape(message: string): AttemptedShape | null {
  const invalid = /^shape '\[(.*)\]' is invalid for input of size (\d+)$/.exec(message);
  if (invalid !== null) return { shape: numbersIn(invalid[1]), size: Number(invalid[2]) };
  const ambiguous = /^cannot reshape tensor of 0 elements into shape \[(.*)\] because/.exec(
    message,
  );
  return ambiguous === null ? null : { shape: numbersIn(ambiguous[1]), size: 0 };
}

/**
 * What a rank did last, as Python that raises the same by itself; where the recording does not tell
 * what that was, a plain `raise`. `tensor`: the name of the tensor at hand.
 */
export function raising(error: string, message: string, tensor: string): Statement {
  const shares = /^Attention head count (\d+) is not divisible by SP size (\d+)$/.exec(message);
  const [, heads = '', ranks = ''] = shares ?? [];
  if (shares !== null) return raise(`${heads} % ${ranks} != 0`, error, message);
  const either = /^KV attention head count (\d+) is not divisible by SP size (\d+) or/.exec(
    message,
  );
  const [, kvHeads = '', size = ''] = either ?? [];
  if (either !== null) {
    return raise(`${kvHeads} % ${size} != 0 and ${size} % ${kvHeads} != 0`, error, message);
  }
  if (error === 'ZeroDivisionError') return statement(`${tensor}.shape[1] // 0  # no head here`);
  const split = /^split_with_sizes expects .* got split_sizes=\[(.*)\]$/.exec(message);
  if (split !== null) return statement(`${tensor}.split(`, list(numbersIn(split[1])), ', dim=0)');
  if (message.startsWith('torch.cat(): expected a non-empty list')) {
    return statement('torch.cat([], dim=2)');
  }
  return statement(`raise ${error}(${pyString(message)})`);
}

function raise(condition: string, error: string, message: string): Statement {
  return statement(`if ${condition}:\n    raise ${error}(${pyString(message)})`);
}

function numbersIn(text = ''): number[] {
  return text.split(', ').map(Number);
}
