/** The projects whose all-to-alls are here, as their package is called. */
export type ProjectId =
  | 'deepspeed'
  | 'diffusers'
  | 'prime-rl'
  | 'transformer-engine'
  | 'verl'
  | 'yunchang';

/** Who publishes an implementation, and what of it was read. */
export interface Project {
  /** As people write it. */
  readonly title: string;
  /** Other names under which it is asked for, in small letters. */
  readonly names: readonly string[];
  /** "deepspeedai/DeepSpeed", on GitHub. */
  readonly repository: string;
  /** The newest release whose source was read: nothing is claimed of later ones. */
  readonly newest: string;
}

export const PROJECTS: Readonly<Record<ProjectId, Project>> = {
  deepspeed: {
    title: 'DeepSpeed',
    names: ['deepspeed', 'ds'],
    repository: 'deepspeedai/DeepSpeed',
    newest: '0.19.5',
  },
  diffusers: {
    title: 'diffusers',
    names: ['diffusers'],
    repository: 'huggingface/diffusers',
    newest: '0.40.0',
  },
  'prime-rl': {
    title: 'prime-rl',
    names: ['prime-rl', 'prime_rl'],
    repository: 'PrimeIntellect-ai/prime-rl',
    newest: '0.8.0',
  },
  'transformer-engine': {
    title: 'TransformerEngine',
    names: ['transformer-engine', 'transformer_engine', 'transformerengine', 'te'],
    repository: 'NVIDIA/TransformerEngine',
    newest: '2.18',
  },
  verl: { title: 'verl', names: ['verl'], repository: 'volcengine/verl', newest: '0.7.0' },
  yunchang: {
    title: 'long-context-attention (yunchang)',
    names: ['yunchang', 'long-context-attention'],
    repository: 'feifeibear/long-context-attention',
    newest: '0.6.4',
  },
};

/** Released: in a release that was read. Merged: on the main branch, in no release that was read. */
export type PublicationStatus = 'released' | 'merged' | 'proposed';

/** Where an implementation was published, and which releases behave like it. */
export interface Publication {
  readonly project: ProjectId;
  readonly status: PublicationStatus;
  /**
   * The first and the last release with this behaviour, as their tags say; the last is the project's
   * newest where that still has it. Null where none that was read has it.
   */
  readonly releases: { readonly first: string; readonly last: string } | null;
  /** What brought the behaviour; null where no pull request did. */
  readonly pullRequest: number | null;
  /** Where else it is spoken of: the issue that it answers or that suggested it, or what repaired it. */
  readonly thread?: number;
  /** The path in the repository. */
  readonly file: string;
  /** The commit of the first release; null where the code could not be had. */
  readonly commit: string | null;
  /** What tells it from the code that the project’s users meet first: "overlap path". */
  readonly variant?: string;
  /** What repaired it, where that is no implementation of its own here, and which behaves as repaired. */
  readonly repairedBy?: { readonly pullRequest: number; readonly as: string };
  /** Ids of the implementations of which a public bug was repaired by it. */
  readonly repairs?: readonly string[];
}

/** The address of the file at the commit; of the pull request or issue where no commit is known. */
export function sourceAddress(publication: Publication): string {
  const { project, file, commit, pullRequest, thread } = publication;
  const { repository } = PROJECTS[project];
  if (commit !== null) return `https://github.com/${repository}/blob/${commit}/${file}`;
  return threadAddress(project, pullRequest ?? thread ?? null);
}

/** The address of a pull request or issue; of the repository where there is none. */
export function threadAddress(project: ProjectId, number: number | null): string {
  const { repository } = PROJECTS[project];
  return number === null
    ? `https://github.com/${repository}`
    : `https://github.com/${repository}/issues/${number}`;
}

/** "0.15.4 – 0.16.1", "0.16.3 – 0.19.5 (newest read)", "merged, in no release up to 0.19.5". */
export function releasesText({ project, status, releases }: Publication): string {
  const { newest } = PROJECTS[project];
  if (releases === null) {
    return status === 'merged' ? `merged, in no release up to ${newest}` : 'proposed, never merged';
  }
  const range = rangeText(releases);
  return releases.last === newest ? `${range} (newest read)` : range;
}

/** "0.15.4 – 0.16.1", "0.14.4" */
export function rangeText({ first, last }: NonNullable<Publication['releases']>): string {
  return first === last ? first : `${first} – ${last}`;
}
