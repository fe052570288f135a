import { afterAll, describe, expect, it } from 'vitest';
import { sum } from '../../../base/numbers.ts';
import type { Case } from '../../contract/case.ts';
import { IMPLEMENTATIONS } from '../../programs/implementations/index.ts';
import type { Implementation } from '../../published/implementation.ts';
import { caseWith } from '../../world/testing.ts';
import { runWorld } from '../../world/world.ts';
import { outcomesOf } from '../outcome.ts';
import { judge } from './index.ts';
import {
  type Mutation,
  mutable,
  mutate,
  plant,
  TARGETS,
  type Target,
  uproot,
  VARIANTS,
  watch,
} from './mutation-testing.ts';

/**
 * The checks are checked: whatever a mutant changes of an element, a shape, an error or the size of a
 * message must be found by some check.
 */

/** Small cases, nearly all of them well, that between them take every path of an implementation. */
function casesOf({ id, layouts, remembersHeads, repeatsKv }: Implementation): Case[] {
  const base = { implementation: id, sp: 2, seq: 8, headDim: 2 } as const;
  return layouts.flatMap((batchDimIdx) => {
    const cases = [
      caseWith({ ...base, batchDimIdx, heads: 4 }),
      caseWith({
        ...base,
        batchDimIdx,
        heads: 8,
        batch: 2,
        sp: 4,
        seq: 16,
        kvHeads: 4,
        program: 'layerForward',
      }),
      caseWith({ ...base, batchDimIdx, heads: 6, batch: 2, sp: 3, seq: 12, headDim: 3 }),
    ];
    if (remembersHeads || id === 'diffusers-anything') {
      cases.push(caseWith({ ...base, batchDimIdx, heads: 7, batch: 2 }));
      cases.push(caseWith({ ...base, batchDimIdx, heads: 8, sp: 3, seq: 9 }));
    }
    if (repeatsKv) {
      cases.push(
        caseWith({ ...base, batchDimIdx, heads: 8, kvHeads: 2, sp: 4, program: 'layerForward' }),
      );
    }
    return cases;
  });
}

/** What a user could notice: elements, shapes, errors and the sizes of messages. */
function visible(wanted: Case, implementation: Implementation): string {
  const recording = runWorld(wanted, implementation, { attention: false });
  const sizes = recording.ranks.map(({ events }) =>
    events.flatMap((event) => (event.kind === 'offered' ? [event.sends, event.expects] : [])),
  );
  const calls = outcomesOf(recording, implementation).map(({ ranks }) =>
    ranks.map(({ shape, sha, error, message }) => ({ shape, sha, error, message })),
  );
  return JSON.stringify([calls, sizes]);
}

/** The checks that fail, each with its facts. */
function failures(wanted: Case, implementation: Implementation): ReadonlyMap<string, string> {
  const { findings } = judge(runWorld(wanted, implementation));
  return new Map(
    findings
      .filter(({ status }) => status === 'fail')
      .map(({ check, evidence }) => [check, JSON.stringify(evidence)]),
  );
}

/**
 * Whether a check notices: one fails that did not fail without the mutant. Where the implementation
 * is at fault by itself on this case (#5664 with a batch of 2), one tells of other facts than before.
 */
function noticed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): boolean {
  return [...after].some(([check, facts]) => before.get(check) !== facts);
}

function mutationsFrom(places: ReadonlySet<string>): Mutation[] {
  return [...places].flatMap((place) => {
    const [pass, target, use] = place.split(' ');
    const name = TARGETS.find((one) => one === target);
    if (name === undefined) throw new Error(`no target ${target}`);
    return Array.from({ length: VARIANTS[name] }, (_, variant) => ({
      name: `pass ${place}, variant ${variant}`,
      pass: pass === '1' ? (1 as const) : (2 as const),
      target: name,
      use: Number(use),
      variant,
    }));
  });
}

interface Hunt {
  readonly mutants: number;
  /** Mutants that change something on some case. */
  readonly changing: number;
  readonly survivors: readonly string[];
  /** The operations that were struck. */
  readonly struck: ReadonlySet<Target>;
}

/** Runs every mutant of an implementation on its cases. */
function hunt(id: string): Hunt {
  const implementation = IMPLEMENTATIONS.find((one) => one.id === id);
  if (implementation === undefined) throw new Error(`no ${id}`);
  const open = mutable(implementation);
  const cases = casesOf(implementation);
  const places = new Set<string>();
  const healthy = cases.map((wanted) => {
    watch(places);
    const looks = visible(wanted, open);
    watch(null);
    return { wanted, looks, before: failures(wanted, open) };
  });
  const mutations = mutationsFrom(places);
  const effective = new Set<Target>();
  const survivors: string[] = [];
  let changing = 0;
  for (const one of mutations) {
    let changed = false;
    let caught = false;
    for (const { wanted, looks, before } of healthy) {
      mutate(one);
      const different = visible(wanted, open) !== looks;
      if (different) {
        changed = true;
        caught ||= noticed(before, failures(wanted, open));
      }
      mutate(null);
      if (caught) break;
    }
    if (changed) {
      changing += 1;
      effective.add(one.target);
    }
    if (changed && !caught) survivors.push(`${id}: ${one.name}`);
  }
  return { mutants: mutations.length, changing, survivors, struck: effective };
}

/** The hunts that were made: each is made once, by whichever test asks for it first. */
const hunts = new Map<string, Hunt>();

function huntOf(id: string): Hunt {
  const made = hunts.get(id);
  if (made !== undefined) return made;
  plant();
  try {
    const result = hunt(id);
    hunts.set(id, result);
    return result;
  } finally {
    uproot();
  }
}

const IDS = IMPLEMENTATIONS.map(({ id }) => id);

describe('mutants of the implementations', () => {
  // The count is read in the tests' output, as is the name of whatever gets away.
  afterAll(() => {
    const all = [...hunts.values()];
    const survivors = all.flatMap((one) => one.survivors);
    const left = survivors.length === 0 ? 'none survives' : `survivors: ${survivors.join('; ')}`;
    const mutants = sum(all.map((one) => one.mutants));
    const changing = sum(all.map((one) => one.changing));
    process.stdout.write(`${mutants} mutants, ${changing} of them change something, ${left}\n`);
  });

  it.each(IDS)('%s: no mutant that changes anything survives', (id) => {
    const { changing, survivors } = huntOf(id);
    expect(changing).toBeGreaterThan(3);
    expect(survivors).toEqual([]);
  });

  it('were at least 300, and most of them changed something', () => {
    expect(sum(IDS.map((id) => huntOf(id).mutants))).toBeGreaterThanOrEqual(300);
    expect(sum(IDS.map((id) => huntOf(id).changing))).toBeGreaterThanOrEqual(300);
  });

  it('struck every kind of operation, each with effect', () => {
    const effective = new Set(IDS.flatMap((id) => [...huntOf(id).struck]));
    expect(TARGETS.filter((target) => !effective.has(target))).toEqual([]);
  });
});
