import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import type { Case } from '../contract/case.ts';
import { findImplementation } from '../programs/implementations/index.ts';
import { kvRepeatOf } from '../published/caller.ts';
import type { LocalOperation } from '../tensor/tensor.ts';
import { anyCase, runOf, runWith } from '../world/testing.ts';
import type { RankEvent } from './event.ts';
import { sourceLines } from './source.ts';

/** The lines of the implementations and of their steps, by the file's name without its ending. */
const files = new Map(
  ['../programs/implementations/', '../programs/implementations/steps/'].flatMap((path) => {
    const folder = new URL(path, import.meta.url);
    const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
    return names.map((name) => {
      const lines = readFileSync(new URL(name, folder), 'utf8').split('\n');
      return [name.replace(/\.ts$/, ''), lines] as const;
    });
  }),
);

function textOf(file: string, line: number): string {
  return at(files.get(file) ?? [], line - 1);
}

/** How operations are written here where Python's name is another. */
const WRITTEN: Partial<Record<LocalOperation, string>> = {
  tensor_split: 'tensorSplit',
  index_select: 'indexSelect',
  repeat_interleave: 'repeatInterleave',
  repeat: 'tile',
  pad: 'padEnd',
};

/** What a line must contain that makes such an event; null for events of no line. */
function written(event: RankEvent): string | null {
  switch (event.kind) {
    case 'local':
      return `.${WRITTEN[event.name] ?? event.name}(`;
    case 'decided':
      return '.choosesUneven(';
    case 'guarded':
      return '.guard(';
    case 'remembered':
      return '.rememberNumKvHeads(';
    case 'offered':
      return 'yield';
    default:
      return null;
  }
}

/** Whether a rank makes a tensor of no elements. */
function isNothing(event: RankEvent): boolean {
  return event.kind === 'local' && event.name === 'empty' && event.outputs[0]?.shape[0] === 0;
}

/** Whether an event may be the caller's: its guard, or its repeat of key/value heads. */
function isOfCaller(event: RankEvent, wanted: Case): boolean {
  const implementation = findImplementation(wanted.implementation);
  if (event.kind === 'guarded') {
    return !(implementation?.guards ?? []).some(({ id }) => id === event.guard);
  }
  if (event.kind !== 'local') return false;
  if (event.name === 'narrow') return wanted.caller !== undefined && event.source === undefined;
  return event.name.startsWith('repeat') && kvRepeatOf(wanted, implementation ?? {}) !== undefined;
}

describe('the line of an event', () => {
  it('is where the operation is written, whatever the case', () => {
    fc.assert(
      fc.property(anyCase, (wanted) => {
        for (const { events } of runOf(wanted).ranks) {
          for (const event of events) {
            const expected = written(event);
            // What stands around the function is no line of it.
            if (expected === null || isOfCaller(event, wanted)) continue;
            // What a fault does of its own accord is written nowhere.
            if (wanted.fault?.kind === 'other-collective' && isNothing(event)) continue;
            const { file, line } = at(sourceLines(event.source ?? ''), -1 + depthOf(event));
            expect(textOf(file, line)).toContain(expected);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is none for what a fault does of its own accord', () => {
    const { ranks } = runWith({
      implementation: 'diffusers-anything',
      fault: { kind: 'other-collective', rank: 0, call: 0 },
    });
    const own = at(ranks, 0).events.find(isNothing);
    expect(own).toBeDefined();
    expect(own?.source).toBeUndefined();
  });

  it('is told with its callers, outermost first', () => {
    const { events } = at(runWith({}).ranks, 2);
    const source = (kind: RankEvent['kind']) => {
      const path = events.find((event) => event.kind === kind)?.source;
      return path === undefined ? [] : sourceLines(path).map(({ file }) => file);
    };
    expect(source('decided')).toEqual(['deepspeed-6392', 'uneven-layer']);
    expect(source('guarded')).toEqual(['deepspeed-6392', 'uneven-layer', 'even-heads']);
    expect(source('offered')).toEqual(['deepspeed-6392', 'uneven-layer', 'even-heads', 'exchange']);
    expect(source('received')).toEqual(source('offered'));
    expect(source('raised')).toEqual(['deepspeed-6392', 'uneven-layer']);
    expect(source('called')).toEqual([]);
  });

  it('is not told of what the caller does, or the case', () => {
    const tiled = runWith({ program: 'layerForward', kvHeads: 2, kvRepeat: 'tile' });
    const repeat = tiled.ranks[0]?.events.find(
      (event) => event.kind === 'local' && event.name === 'repeat',
    );
    expect(repeat).toBeDefined();
    expect(repeat?.source).toBeUndefined();
    const failing = runWith({ fault: { kind: 'raises-before', rank: 1, call: 0 } });
    expect(failing.ranks[1]?.events.at(-1)).toMatchObject({ kind: 'raised' });
    expect(failing.ranks[1]?.events.at(-1)?.source).toBeUndefined();
  });
});

function depthOf({ source }: RankEvent): number {
  return source === undefined ? 0 : sourceLines(source).length;
}
