import { type Call, isKeyOrValue } from '../../core/contract/case.ts';

/** Calls that belong together between the passes, as indices into a case's calls. */
export interface Partners {
  readonly query: number;
  readonly key: number;
}

/** Every pass 1 of keys or values behind that of the queries beside which they are held. */
export function partnersAmong(calls: readonly Call[]): Partners[] {
  return calls.flatMap(({ pass, tensor }, key) => {
    if (pass === 2 || !isKeyOrValue(tensor)) return [];
    const query = calls.findIndex(
      (call) => call.pass === 1 && call.tensor === `q${tensor.slice(1)}`,
    );
    return query < 0 || query > key ? [] : [{ query, key }];
  });
}

/** What attends to what before a pass 2: the calls that gave the queries, the keys and the values. */
export interface Attending {
  readonly back: number;
  readonly from: readonly [number, number, number];
}

/** Attention over each query-like tensor, before it is taken back for the first time. */
export function attendingAmong(calls: readonly Call[]): Attending[] {
  const seen = new Set<string>();
  return calls.flatMap(({ pass, tensor }, back) => {
    if (pass === 1 || isKeyOrValue(tensor) || seen.has(tensor)) return [];
    seen.add(tensor);
    const before = calls.slice(0, back);
    const madeBy = (name: string) =>
      before.findLastIndex((call) => (call.pass === 1 ? call.tensor : call.to) === name);
    const query = madeBy(tensor);
    const isQuery = /^q\d*$/.test(tensor);
    const layer = tensor.slice(1);
    const orQuery = (index: number) => (isQuery && index >= 0 ? index : query);
    return [{ back, from: [query, orQuery(madeBy(`k${layer}`)), orQuery(madeBy(`v${layer}`))] }];
  });
}
