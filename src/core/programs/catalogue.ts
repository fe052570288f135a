import type { BatchDimIdx } from '../contract/case.ts';
import type { Implementation } from '../published/implementation.ts';
import {
  PROJECTS,
  type PublicationStatus,
  releasesText,
  sourceAddress,
  threadAddress,
} from '../published/publication.ts';
import { IMPLEMENTATIONS } from './implementations/index.ts';

/** An implementation for a program that reads it: what `rankscope list` and the page give away. */
export interface ImplementationInfo {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly source: string;
  readonly layouts: readonly BatchDimIdx[];
  /** The condition that decides for the uneven path, in the Python of the source. */
  readonly condition: string | null;
  /** "DeepSpeed" */
  readonly project: string;
  readonly status: PublicationStatus;
  /** The first and last release with this behaviour, of those that were read; null where none has it. */
  readonly releases: { readonly first: string; readonly last: string } | null;
  /** The same in words. */
  readonly releasesText: string;
  readonly pullRequest: {
    readonly number: number;
    readonly url: string;
  } | null;
  /** The file at the commit of the first release; the thread where the code could not be had. */
  readonly sourceUrl: string;
  /** Whether `sourceUrl` is the code itself. */
  readonly sourceRead: boolean;
}

/** All implementations, project by project. */
export const CATALOGUE: readonly ImplementationInfo[] = IMPLEMENTATIONS.map(infoOf).toSorted(
  (a, b) => a.project.localeCompare(b.project, 'en'),
);

function infoOf(implementation: Implementation): ImplementationInfo {
  const { id, title, about, source, layouts, condition, publication } = implementation;
  const { project, status, releases, pullRequest, commit } = publication;
  return {
    id,
    title,
    about,
    source,
    layouts,
    condition,
    project: PROJECTS[project].title,
    status,
    releases,
    releasesText: releasesText(publication),
    pullRequest:
      pullRequest === null
        ? null
        : { number: pullRequest, url: threadAddress(project, pullRequest) },
    sourceUrl: sourceAddress(publication),
    sourceRead: commit !== null,
  };
}
