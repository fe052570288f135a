import type { Implementation } from '../../published/implementation.ts';
import type { ProjectId } from '../../published/publication.ts';

/** Every file of this folder; what several of them share is in `steps/`. */
const FILES = import.meta.glob<Implementation>(['./*.ts', '!./index.ts', '!./*.test.ts'], {
  eager: true,
  import: 'implementation',
});

const { compare } = new Intl.Collator('en', { numeric: true });

/**
 * The catalogue: what the files of this folder export as `implementation`, in the order of their
 * titles, so that the releases of a project follow one another. It is collected when it is built.
 */
export const IMPLEMENTATIONS: readonly Implementation[] = Object.values(FILES).toSorted((a, b) =>
  compare(a.title, b.title),
);

const BY_ID = new Map(IMPLEMENTATIONS.map((implementation) => [implementation.id, implementation]));

/** An implementation by its id; undefined where the catalogue has none. */
export function findImplementation(id: string): Implementation | undefined {
  return BY_ID.get(id);
}

/** Whose an implementation is: "deepspeed", "verl"; undefined where the catalogue has none. */
export function projectOf(id: string): ProjectId | undefined {
  return findImplementation(id)?.publication.project;
}

/** The order in which the code of a case expects the sequence. */
export function expectedOrder({
  implementation,
}: {
  readonly implementation: string;
}): Implementation['order'] {
  return findImplementation(implementation)?.order ?? 'contiguous';
}
