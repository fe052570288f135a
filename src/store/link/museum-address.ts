import { shortened } from '../../base/quoted.ts';
import { EXHIBITS } from '../../content/museum/index.ts';

/**
 * The short, lasting addresses of the museum, to be quoted anywhere: `#museum`, `#museum/6774`. They
 * speak of no case of a person's own; behind the museum stands the first case.
 */
export interface Visit {
  /** The exhibit that is marked; null for none. */
  readonly exhibit: string | null;
  /** What there is instead, where the museum has no such exhibit. */
  readonly remark: string | null;
}

/** All that may stand behind `#museum/`. */
export const EXHIBIT_IDS: readonly string[] = EXHIBITS.map(({ id }) => id);

/** "museum/6774" */
export function museumAddress(exhibit: string | null): string {
  return exhibit === null ? 'museum' : `museum/${exhibit}`;
}

/** Reads a fragment without `#`; null where it is no address of the museum. */
export function readMuseumAddress(text: string): Visit | null {
  const asked = /^museum(?:\/(.*))?$/s.exec(text);
  if (asked === null) return null;
  const id = asked[1] ?? '';
  if (id === '') return { exhibit: null, remark: null };
  if (EXHIBIT_IDS.includes(id)) return { exhibit: id, remark: null };
  const remark = `The museum has no exhibit “${shortened(id)}”. Its exhibits are ${EXHIBIT_IDS.join(', ')}.`;
  return { exhibit: null, remark };
}
