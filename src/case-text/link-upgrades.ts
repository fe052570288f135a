import { type Fields, isRecord } from './link-text.ts';

/**
 * Every form that links have had. An entry makes the fields of version n those of n + 1, for what
 * was once sent to somebody is to open for good. To change the form: count `LINK_VERSION` up, add
 * the entry, and keep a link of the old form in `link.test.ts`. What an entry cannot make sense of
 * it hands on, to be refused by name.
 */
export const LINK_VERSION = 3;

const UPGRADES: Readonly<Record<number, (fields: Fields) => Fields>> = {
  // 1: `case=` and the whole case as JSON, as programs write it; no moment.
  1: ({ case: wanted, ...rest }) =>
    isRecord(wanted) ? { ...wanted, ...rest } : { case: wanted, ...rest },
  // 2: nothing of what the log lets through, of how the map is seen, or of the speed.
  2: (fields) => fields,
};

/** The fields of a link of version `from` as a link of today has them; null for no version of ours. */
export function upgraded(fields: Fields, from: number): Fields | null {
  let current = fields;
  for (let version = from; version < LINK_VERSION; version++) {
    const upgrade = UPGRADES[version];
    if (upgrade === undefined) return null;
    current = upgrade(current);
  }
  return current;
}
