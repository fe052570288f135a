import type { Call } from './case.ts';

function tuple(call: Call): readonly (string | number)[] {
  return call.pass === 1 ? [call.tensor, call.heads] : [call.tensor, call.heads, call.to];
}

/** "q:8,q:8:o": q with 8 heads through pass 1, then through pass 2 into o; as a list if names are odd. */
export function printCalls(calls: readonly Call[]): unknown {
  const plain = calls.every((call) => tuple(call).every((part) => /^[\w-]+$/.test(String(part))));
  return plain ? calls.map((call) => tuple(call).join(':')).join(',') : calls;
}

/** Reads "q:8,q:8:o"; what is no such text is handed on, to be refused by name. */
export function readCalls(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value.split(',').map((text) => {
    const [tensor, heads, to, ...more] = text.split(':');
    if (heads === undefined || more.length > 0) return text;
    const count = Number(heads);
    return to === undefined
      ? { tensor, heads: count, pass: 1 }
      : { tensor, heads: count, pass: 2, to };
  });
}
