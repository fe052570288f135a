import { range } from '../../base/numbers.ts';
import type { Case } from '../../core/contract/case.ts';
import type { Work } from './protocol.ts';
import { type Field, fieldAt, type MapExtent, type MapSetting } from './setting.ts';

/** Fields that a Worker judges before it can be called off. */
const PORTION = 32;

/** The work of filling a map, the fields nearest to `from` first; `known` has 1 where nothing is to do. */
export function fieldsWork(
  setting: MapSetting,
  extent: MapExtent,
  from: Field,
  known?: Uint8Array,
): Work[] {
  return portionsOf(extent, from, PORTION, known).map((fields) => ({
    kind: 'fields',
    setting,
    extent,
    fields,
  }));
}

/** The fields of a map, those nearest to `from` first, in portions small enough to be called off. */
export function portionsOf(
  extent: MapExtent,
  from: Field,
  portion: number,
  known?: Uint8Array,
): number[][] {
  const size = extent.heads * extent.sp;
  // How far, and which: numbers alone, which are sorted many times as fast as by a function.
  const keys = Float64Array.from({ length: size }, (_, index) => {
    const { heads, sp } = fieldAt(extent, index);
    return ((heads - from.heads) ** 2 + (sp - from.sp) ** 2) * size + index;
  });
  const all = Array.from(keys.sort(), (key) => key % size);
  const sorted = known === undefined ? all : all.filter((field) => known[field] !== 1);
  return range(Math.ceil(sorted.length / portion)).map((index) =>
    sorted.slice(index * portion, (index + 1) * portion),
  );
}

/** Cases in a portion: at first many, as a busy page may be slow to give more; at last few. */
const [FEWEST, MOST] = [6, 96];
const SHARE = 1 / 12;

/**
 * The work of judging cases, in portions that grow smaller, so that all Workers end together; of at
 * most `most`, where it may have to make way.
 */
export function casesWork(
  cases: readonly Case[],
  most: number = MOST,
): Extract<Work, { kind: 'cases' }>[] {
  const work: Extract<Work, { kind: 'cases' }>[] = [];
  for (let done = 0; done < cases.length; ) {
    const share = Math.ceil((cases.length - done) * SHARE);
    const size = Math.min(most, Math.max(FEWEST, share));
    work.push({ kind: 'cases', cases: cases.slice(done, done + size) });
    done += size;
  }
  return work;
}
