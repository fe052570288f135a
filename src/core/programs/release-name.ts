import { shortened } from '../../base/quoted.ts';
import { refused } from '../../base/refused.ts';
import type { Implementation } from '../published/implementation.ts';
import {
  PROJECTS,
  type ProjectId,
  type Publication,
  releasesText,
} from '../published/publication.ts';
import { findImplementation, IMPLEMENTATIONS } from './implementations/index.ts';

/** What a name of a release stands for. */
export type NamedRelease =
  | {
      readonly ok: true;
      readonly implementation: Implementation;
      /** Other code of the same release: an option, another file. */
      readonly also: readonly Implementation[];
    }
  /** What is wrong with the name, and what is allowed. */
  | { readonly ok: false; readonly message: string };

/**
 * The implementation that a person names in whatever way: "deepspeed==0.15.4", "DeepSpeed 0.16.0",
 * "verl", "deepspeed-6392", "#6797", "deepspeed#8316". A project alone is its newest release that was
 * read; a release that was not read is refused rather than guessed.
 */
export function findRelease(name: string): NamedRelease {
  const text = name.trim();
  const exact =
    findImplementation(text) ??
    IMPLEMENTATIONS.find(({ title }) => title.toLowerCase() === text.toLowerCase());
  if (exact !== undefined) return { ok: true, implementation: exact, also: [] };
  const { project, version, thread } = partsOf(text);
  if (project === undefined) return refused(`"${shortened(text)}" names no project; ${ALLOWED}`);
  const own = project === null ? IMPLEMENTATIONS : publishedBy(project);
  if (thread !== null) return byThread(own, thread);
  if (version !== null) return byVersion(own, project, version);
  if (project !== null) return byVersion(own, project, PROJECTS[project].newest);
  return refused(`"${shortened(text)}" names no project; ${ALLOWED}`);
}

/** Whether an implementation is one that a person looks for who types this: a release, #6392, a word. */
export function isLookedFor(implementation: Implementation, query: string): boolean {
  const { id, title, about, source, publication } = implementation;
  const { releases, pullRequest, thread, variant = '' } = publication;
  const { title: project, names } = PROJECTS[publication.project];
  const threads = [pullRequest, thread].map((number) => (number == null ? '' : `#${number}`));
  const range = releases === null ? [] : [releases.first, releases.last];
  const texts = [id, title, about, source, variant, project, ...names, ...threads, ...range];
  const searched = texts
    .join(' ')
    .toLowerCase()
    .split(/(?<![a-z0-9.])(?=[a-z0-9#])/);
  const words = query.toLowerCase().split(/[\s=@]+/);
  return words.every((word) => {
    if (word === '' || searched.some((text) => text.startsWith(word))) return true;
    const version = versionIn(word);
    return version !== null && releases !== null && isWithin(releases, version);
  });
}

/** An implementation with the pull request that people know it by: "DeepSpeed 0.15.4 (#6392)", "verl". */
export function fullTitle({ title, publication }: Implementation): string {
  const { pullRequest } = publication;
  return pullRequest === null || title.includes(`#${pullRequest}`)
    ? title
    : `${title} (#${pullRequest})`;
}

const ALLOWED =
  'allowed are an id of `rankscope list`, a release such as deepspeed==0.15.4, or a pull request such as #6797';

interface NameParts {
  /** Null where none is said, undefined where it is none that is known. */
  readonly project: ProjectId | null | undefined;
  readonly version: string | null;
  readonly thread: number | null;
}

/** "DeepSpeed == v0.15.4" as a project and a version, "deepspeed#6797" as a project and a thread. */
function partsOf(text: string): NameParts {
  const cut =
    /^(.*?)(?:\s*(?:[=@]+|-(?=v?\d)|\s)\s*v?(\d+(?:\.\w+)+)(?:\+\S*)?|\s*#\s*(\d+))?$/.exec(text);
  const [, said = '', version = null, thread = null] = cut ?? [];
  const word = said.trim().toLowerCase();
  if (version === null && thread === null && /^\d+$/.test(word)) {
    return { project: null, version: null, thread: Number(word) };
  }
  const known = PROJECT_IDS.find((id) => namesOf(id).includes(word));
  return {
    project: word === '' ? null : known,
    version,
    thread: thread === null ? null : Number(thread),
  };
}

const PROJECT_IDS = Object.keys(PROJECTS) as ProjectId[];

function namesOf(id: ProjectId): readonly string[] {
  const { title, names } = PROJECTS[id];
  return [title.toLowerCase(), ...names];
}

function publishedBy(project: ProjectId): readonly Implementation[] {
  return IMPLEMENTATIONS.filter(({ publication }) => publication.project === project);
}

function byThread(list: readonly Implementation[], thread: number): NamedRelease {
  const made = list.filter(({ publication }) => publication.pullRequest === thread);
  const spoken = list.filter(({ publication }) => publication.thread === thread);
  return (
    firstOf([...made, ...spoken]) ??
    refused(`no implementation here was made by pull request #${thread}; ${ALLOWED}`)
  );
}

function byVersion(
  list: readonly Implementation[],
  project: ProjectId | null,
  text: string,
): NamedRelease {
  if (project === null) return refused(`"${shortened(text)}" names no project; ${ALLOWED}`);
  const version = versionIn(text);
  const { title, newest } = PROJECTS[project];
  if (version === null) return refused(`"${shortened(text)}" is no release; ${ALLOWED}`);
  const named = firstOf(
    list.filter(
      ({ publication: { releases } }) => releases !== null && isWithin(releases, version),
    ),
  );
  if (named !== null) return named;
  const known = list.flatMap(({ publication }) =>
    publication.releases === null || publication.variant !== undefined
      ? []
      : [releasesText(publication)],
  );
  const why = isAfter(version, newest)
    ? `is newer than ${newest}, the newest release that was read`
    : 'is no release whose code is here';
  return refused(`${title} ${text} ${why}; there are ${known.join(', ')}`);
}

/** The code that users meet first, before that of an option or another file. */
function firstOf(list: readonly Implementation[]): NamedRelease | null {
  const plain = ({ publication }: Implementation) => (publication.variant === undefined ? 0 : 1);
  const [implementation, ...also] = list.toSorted((a, b) => plain(a) - plain(b));
  return implementation === undefined ? null : { ok: true, implementation, also };
}

type Version = readonly number[];

/** The numbers of "0.15.4", "v0.15.4+cu121", "0.15"; null for what is no version. */
function versionIn(text: string): Version | null {
  const numbers = /^v?(\d+(?:\.\d+)+)/.exec(text)?.[1];
  return numbers === undefined ? null : numbers.split('.').map(Number);
}

/** Whether releases of that version, or of that beginning of one ("0.15"), are among them. */
function isWithin(releases: NonNullable<Publication['releases']>, version: Version): boolean {
  const first = versionIn(releases.first) ?? [];
  const last = versionIn(releases.last) ?? [];
  return compared(version, first, Infinity) >= 0 && compared(version, last, 0) <= 0;
}

function isAfter(version: Version, release: string): boolean {
  return compared(version, versionIn(release) ?? [], 0) > 0;
}

/** Below 0 where `version` comes before `other`; what `version` leaves out counts as `missing`. */
function compared(version: Version, other: Version, missing: number): number {
  for (let place = 0; place < Math.max(version.length, other.length); place++) {
    const own = version[place] ?? missing;
    const theirs = other[place] ?? 0;
    if (own !== theirs) return own < theirs ? -1 : 1;
  }
  return 0;
}
