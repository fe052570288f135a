import { caseOf, type Exhibit, type MuseumPair, type NamedCase, type Room } from './exhibit.ts';
import { LAYOUTS } from './layouts.ts';
import { SEQUENCES } from './sequence.ts';
import { SHARES } from './shares.ts';
import { UNEVEN_HEADS } from './uneven-heads.ts';

/** The rooms of the museum: public bugs, as cases, by what goes wrong in them. */
export const ROOMS: readonly Room[] = [
  {
    title: 'Head counts',
    about: 'The code asks the right question of the wrong number of heads.',
    exhibits: UNEVEN_HEADS,
  },
  {
    title: 'Layouts',
    about: 'Dimensions are swapped, merged or named wrongly.',
    exhibits: LAYOUTS,
  },
  {
    title: 'Shares',
    about: 'The ranks do not get equal shares of the heads, the sequence or the collectives.',
    exhibits: SHARES,
  },
  {
    title: 'Sequences',
    about: 'The code is right, and is given another sequence than it expects.',
    exhibits: SEQUENCES,
  },
];

/** The catalogue of the museum. */
export const EXHIBITS: readonly Exhibit[] = ROOMS.flatMap(({ exhibits }) => exhibits);

/** Every broken case, by a name of its own. */
export const BROKEN_CASES: readonly NamedCase[] = EXHIBITS.flatMap((exhibit) =>
  exhibit.broken.map((broken, index) => ({
    id: index === 0 ? exhibit.id : `${exhibit.id}-${index + 1}`,
    exhibit,
    broken,
  })),
);

/** Every broken case that was repaired, beside what it came to. */
export const PAIRS: readonly MuseumPair[] = BROKEN_CASES.flatMap((one) => {
  const { case: wanted, repair } = one.broken;
  if (repair === undefined) return [];
  const { label, changes } = repair;
  const repaired = { label, case: caseOf({ ...wanted, ...changes }), verdict: 'fine' } as const;
  return [{ ...one, repaired }];
});
