import type { Exhibit, MuseumPair } from './exhibit.ts';
import { LAYOUTS } from './layouts.ts';
import { SHARES } from './shares.ts';
import { UNEVEN_HEADS } from './uneven-heads.ts';

/** The catalogue of the museum: public bugs, as cases. */
export const EXHIBITS: readonly Exhibit[] = [...UNEVEN_HEADS, ...LAYOUTS, ...SHARES];

/** Every broken case beside its repair. */
export const PAIRS: readonly MuseumPair[] = EXHIBITS.flatMap((exhibit) =>
  exhibit.broken.flatMap((broken, index) =>
    broken.repair === undefined
      ? []
      : [
          {
            id: index === 0 ? exhibit.id : `${exhibit.id}-${index + 1}`,
            exhibit,
            broken,
            repaired: broken.repair,
          },
        ],
  ),
);
