import { describe, expect, it } from 'vitest';
import { PROJECTS, releasesText, sourceAddress } from '../published/publication.ts';
import { IMPLEMENTATIONS } from './implementations/index.ts';
import { findRelease, fullTitle, isLookedFor } from './release-name.ts';

const idOf = (name: string) => {
  const named = findRelease(name);
  return named.ok ? named.implementation.id : null;
};
const alsoOf = (name: string) => {
  const named = findRelease(name);
  return named.ok ? named.also.map(({ id }) => id) : [];
};
const refusal = (name: string) => {
  const named = findRelease(name);
  return named.ok ? null : named.message;
};
const found = (query: string) =>
  IMPLEMENTATIONS.filter((one) => isLookedFor(one, query)).map(({ id }) => id);

describe('the name of a release', () => {
  it.each([
    ['deepspeed==0.10.2', 'deepspeed-4198'],
    ['deepspeed==0.12.3', 'deepspeed-4198'],
    ['deepspeed 0.14.0', 'deepspeed-4695'],
    ['DeepSpeed 0.14.4', 'deepspeed-5664'],
    ['deepspeed-0.15.0', 'deepspeed-5823'],
    ['deepspeed==0.15.4', 'deepspeed-6392'],
    ['deepspeed@v0.16.0', 'deepspeed-6392'],
    ['deepspeed == 0.16.1+cu121', 'deepspeed-6392'],
    ['DEEPSPEED=0.16.2', 'deepspeed-6797'],
    ['deepspeed==0.17.3', 'deepspeed-6750'],
    ['deepspeed', 'deepspeed-6750'],
    ['verl', 'verl'],
    ['verl==0.6.1', 'verl'],
    ['diffusers 0.37.1', 'diffusers-unified'],
    ['transformer_engine==2.3.0', 'transformer-engine-bshd'],
    ['long-context-attention (yunchang) 0.6', 'yunchang-4d'],
    ['prime-rl 0.8.0', 'prime-rl'],
    ['deepspeed-6774-suggestion', 'deepspeed-6774-suggestion'],
    ['deepspeed alst', 'deepspeed-alst'],
    ['#6797', 'deepspeed-6797'],
    ['8316', 'deepspeed-8316'],
    ['#8291', 'deepspeed-8316'],
    ['deepspeed#6750', 'deepspeed-6750'],
    ['DeepSpeed #8342', 'deepspeed-8342'],
    ['diffusers #12996', 'diffusers-anything'],
  ])('%s is %s', (name, id) => {
    expect(idOf(name)).toBe(id);
  });

  it('says what else the release has', () => {
    expect(alsoOf('deepspeed==0.19.5')).toEqual(['deepspeed-alst', 'deepspeed-8342']);
    expect(alsoOf('deepspeed==0.15.4')).toEqual([]);
  });

  it('is refused where nothing is known of it, and says what is allowed', () => {
    expect(refusal('deepspeed==0.20.0')).toContain('is newer than 0.19.5');
    expect(refusal('deepspeed==0.9.0')).toContain('0.10.2 – 0.12.3');
    expect(refusal('prime-rl==0.6.0')).toContain('0.8.0');
    for (const name of ['', 'nobody', 'nobody==1.0', '#1', '0.15.4', 'deepspeed#12693']) {
      expect(refusal(name)).toContain('deepspeed==0.15.4');
    }
  });

  it('is any title, full title and id', () => {
    for (const { id, title } of IMPLEMENTATIONS) {
      expect(idOf(id)).toBe(id);
      expect(idOf(title)).toBe(id);
    }
  });
});

describe('looking for an implementation', () => {
  it.each([
    ['0.15.4', ['deepspeed-6392']],
    ['0.16.0', ['deepspeed-6392']],
    ['6392', ['deepspeed-6392']],
    ['deepspeed==0.14.4', ['deepspeed-5664']],
    ['verl', ['verl']],
    ['8291', ['deepspeed-8316']],
  ])('%s', (query, ids) => {
    expect(found(query)).toEqual(ids);
  });

  it('finds a release while it is typed', () => {
    for (const typed of ['0', '0.1', '0.15', '0.15.', '0.15.4']) {
      expect(found(typed)).toContain('deepspeed-6392');
    }
    expect(found('')).toHaveLength(IMPLEMENTATIONS.length);
  });
});

describe('what an implementation says of its publication', () => {
  it.each(IMPLEMENTATIONS.map((one) => [one.id, one] as const))('%s', (_, one) => {
    const { project, status, releases, commit } = one.publication;
    expect(status === 'released').toBe(releases !== null);
    expect(sourceAddress(one.publication)).toMatch(
      new RegExp(`^https://github.com/${PROJECTS[project].repository}/`),
    );
    if (status === 'released') expect(commit).toMatch(/^[0-9a-f]{40}$/);
    for (const id of one.publication.repairs ?? []) {
      expect(IMPLEMENTATIONS.map((other) => other.id)).toContain(id);
    }
    expect(fullTitle(one)).not.toMatch(/(\b\S+) \(\1\)/i);
    expect(releasesText(one.publication)).not.toBe('');
  });

  it('gives every release of a project to one usual code at most', () => {
    for (const project of new Set(IMPLEMENTATIONS.map((one) => one.publication.project))) {
      const usual = IMPLEMENTATIONS.flatMap(({ publication: { releases, ...own } }) =>
        own.project === project && own.variant === undefined && releases !== null ? [releases] : [],
      );
      for (const { first, last } of usual) {
        for (const release of [first, last]) {
          const named = findRelease(`${project}==${release}`);
          expect(named.ok && named.also.every((one) => one.publication.variant !== undefined)).toBe(
            true,
          );
        }
      }
    }
  });
});
