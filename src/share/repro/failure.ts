import { repeated } from '../../base/numbers.ts';
import type { LayerHeads } from '../../core/published/implementation.ts';
import { list, type Statement, statement } from './statement.ts';
import { fits, pyString } from './text/python.ts';

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
 * what that was, a plain `raise`. `tensor`: the name of the tensor at hand; `handedOver`: what its
 * layer was called with.
 */
export function raising(
  error: string,
  message: string,
  tensor: string,
  handedOver: LayerHeads,
): Statement {
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
  const wide =
    /^The size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\) at non-singleton dimension (\d+)$/.exec(
      message,
    );
  if (wide !== null) {
    const [a, b, dimension] = wide.slice(1).map(Number);
    const ones = repeated(1, dimension ?? 0).map((size) => `${size}, `);
    const sized = (size?: number) => `torch.empty(${ones.join('')}${size})`;
    return statement(`${sized(a)} + ${sized(b)}  # heads of queries, of keys`);
  }
  return builtForOthers(message, handedOver) ?? statement(`raise ${error}(${pyString(message)})`);
}

/** What ALST asserts of the heads of its layer, before it sends any; null where that did not fail. */
function builtForOthers(message: string, { query, keyValue }: LayerHeads): Statement | null {
  const [, which, shape] =
    /^\[\d+\]: (query|key or value) input tensor .* required shape torch\.Size\(\[(.*)\]\)$/.exec(
      message,
    ) ?? [];
  const given = which === 'query' ? query : keyValue;
  const required = numbersIn(shape)[2];
  if (shape === undefined || given === null || given === required) return null;
  return assertion(`${given} == ${required}`, message);
}

function raise(condition: string, error: string, message: string): Statement {
  return statement(`if ${condition}:\n    raise ${error}(${pyString(message)})`);
}

function numbersIn(text = ''): number[] {
  return text.split(', ').map(Number);
}

/** An assertion that fails, with the words that it fails with. */
export function assertion(condition: string, message: string | null): Statement {
  const words = message === null ? '' : `, ${pyString(message)}`;
  const line = `assert ${condition}${words}`;
  return statement(fits(line) ? line : `assert (\n    ${condition}\n)${words}`);
}
