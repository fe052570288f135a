import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../base/assert.ts';
import { product } from '../../base/numbers.ts';
import { producedBy } from '../../core/cases/origin.ts';
import type { Case } from '../../core/contract/case.ts';
import { reportOf } from '../../core/judge/checks/report.ts';
import { findImplementation } from '../../core/programs/implementations/index.ts';
import type { Recording, TensorRef } from '../../core/recording/event.ts';
import { elementsOf } from '../../core/recording/recorded-tensor.ts';
import { anyCase, caseWith, runOf } from '../../core/world/testing.ts';
import { meetingsOf, waitsOf } from '../../trace/meetings.ts';
import { momentsOf, operationText } from '../../trace/moment.ts';
import { originOf } from '../../trace/origin.ts';
import { journeyOf } from '../../trace/provenance.ts';
import { stateAt } from '../../trace/state.ts';
import { stopsOf } from '../../trace/stops.ts';
import type { Trace } from '../../trace/trace.ts';
import { linkTo, printLink } from '../link/link.ts';
import { show } from '../shown.ts';
import { FIRST_VIEW } from '../view-slice.ts';
import { unzipped, zipped } from './gzip.ts';
import {
  loadSession,
  looksLikeSession,
  printSession,
  readSession,
  saveSession,
} from './session-file.ts';

const VIEW = {
  modelName: null,
  ...FIRST_VIEW,
  colourBy: 'chunk',
  speed: 1,
  selection: { rank: 1, tensor: 0, place: 2, tick: 1 },
  partner: null,
} as const;

function stateOf(recording: Recording, cursor: number) {
  const wanted = producedBy(recording).case;
  return { ...VIEW, case: wanted, shown: show(wanted, recording), cursor };
}

async function savedFile(recording: Recording): Promise<Blob> {
  const saved = await saveSession(stateOf(recording, 3));
  if (!saved.ok) throw new Error(saved.message);
  return saved.file;
}

function textOf(wanted: Case): string {
  const recording = runOf(wanted);
  return printSession({ recording, partner: null, link: printLink(stateOf(recording, 3)) });
}

/** Milliseconds, on a machine that does much else. */
const PATIENCE = 60_000;

describe('a session file', () => {
  it('brings back the recording and the moment, in a file of its own name', async () => {
    const recording = runOf(caseWith({ program: 'layerForward' }));
    const saved = await saveSession(stateOf(recording, 3));
    if (!saved.ok) throw new Error(saved.message);
    expect(saved.name).toBe('rankscope-deepspeed-6392-8-heads-sp-4.json.gz');
    expect(await looksLikeSession(saved.file)).toBe(true);
    expect(await loadSession(saved.file)).toEqual({
      ok: true,
      recording,
      partner: null,
      link: {
        ...linkTo(producedBy(recording).case),
        moment: { call: 0, operation: 3 },
        view: { ...linkTo(producedBy(recording).case).view, colourBy: 'chunk' },
        selection: { rank: 1, tensor: 0, place: 2, moment: { call: 0, operation: 1 } },
      },
    });
  });

  it(
    'reads as it was printed, whatever the case',
    () => {
      fc.assert(
        fc.property(anyCase, (wanted) => {
          const recording = runOf(wanted);
          const link = printLink(stateOf(recording, 0));
          const text = printSession({ recording, partner: null, link });
          expect(readSession(text)).toMatchObject({ ok: true, recording });
        }),
        { numRuns: 30 },
      );
    },
    PATIENCE,
  );

  it('of version 1 opens as it did', () => {
    const text = textOf(caseWith({}));
    expect(text).toMatch(/^\{"format":"rankscope-session","version":1,"link":"v\d+&/);
    expect(
      readSession(
        text.replace(
          /"link":"[^"]*"/,
          `"link":"v1&case=${encodeURIComponent(JSON.stringify(caseWith({})))}"`,
        ),
      ),
    ).toMatchObject({ ok: true, link: { moment: null } });
  });

  it('that is cut off anywhere says so', async () => {
    const file = await savedFile(runOf(caseWith({})));
    for (const share of [0.05, 0.5, 0.9, 0.999]) {
      const loaded = await loadSession(file.slice(0, Math.floor(file.size * share)));
      expect(loaded).toEqual({ ok: false, message: 'This file is cut off or damaged.' });
    }
    const text = textOf(caseWith({}));
    const cut = await loadSession(new Blob([text.slice(0, text.length / 2)]));
    expect(cut).toMatchObject({ ok: false, message: expect.stringMatching(/Truncated recording/) });
  });

  it('in which a byte was altered says so', async () => {
    const bytes = new Uint8Array(await (await savedFile(runOf(caseWith({})))).arrayBuffer());
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 0x55;
    expect((await loadSession(new Blob([bytes]))).ok).toBe(false);
  });

  it('that would unfold to more than a session can be is not unfolded', async () => {
    const bomb = await zipped('0'.repeat(1024 * 1024));
    expect(bomb.size).toBeLessThan(2048);
    expect(await unzipped(bomb, 1024)).toEqual({ ok: false, reason: 'too large' });
    expect(await unzipped(bomb, 1024 * 1024)).toMatchObject({ ok: true });
  });

  const good = textOf(caseWith({}));
  it.each<[string, string, RegExp]>([
    ['another program’s', '{"traceEvents": []}', /Not a Rankscope recording: format is undefined/],
    ['no JSON', 'rank,call\n0,1', /Truncated recording/],
    [
      'later',
      good.replace('"version":1', '"version":9'),
      /session is of version 9; this page reads up to 1/,
    ],
    [
      'with a broken link',
      good.replace('"link":"v4', '"link":"v7'),
      /moment of this session .* version 7/,
    ],
    ['with another’s link', good.replace('&heads=8', '&heads=9'), /link is to another case/],
    [
      'with an odd event',
      good.replace('"kind":"guarded"', '"kind":"guessed"'),
      /ranks\[0\]\.events\[\d+\]\.kind is "guessed"/,
    ],
    [
      'with an odd number',
      good.replace('"offset":0', '"offset":-1'),
      /events\[0\]\.input\.offset is -1; >=0 is expected/,
    ],
    [
      'without a storage',
      good.replace('"storage":0', '"storage":99'),
      /events\[0\]\.input lies in storage 99; this rank has \d+/,
    ],
    [
      'with a tensor too large',
      good.replace('"offset":0', '"offset":7'),
      /input reaches beyond its storage of 32 elements/,
    ],
    [
      'without a beginning',
      good.replace(/\{"kind":"called".*?\},"numKvHeads":null\},/, ''),
      /is “\w+” while the rank is between calls/,
    ],
    [
      'of another exchange',
      good.replace('"sends":[8,', '"sends":[7,'),
      /is not what becomes of this collective: mismatch/,
    ],
    [
      'of another shard',
      good.replace('"int32":"AAAAAAEAAAA', '"int32":"AQAAAAEAAAA'),
      /not the shard of q that the case deals to this rank/,
    ],
  ])('%s says what is wrong, and where', (_, text, reason) => {
    expect(text).not.toBe(good);
    const read = readSession(text);
    expect(read.ok ? 'opened' : read.message).toMatch(reason);
  });

  it(
    'that is damaged at random is refused, or can be shown in every moment',
    () => {
      let shownAfterAll = 0;
      fc.assert(
        fc.property(
          anyCase,
          fc.array(fc.tuple(fc.nat(), anyDamage), { minLength: 1, maxLength: 3 }),
          (wanted, blows) => {
            let json: unknown = JSON.parse(textOf(wanted));
            for (const [where, blow] of blows) json = struck(json, where, blow);
            const read = readSession(JSON.stringify(json));
            if (read.ok) {
              shownAfterAll += 1;
              lookAtEverything(read.recording);
            } else expect(read.message).not.toBe('');
          },
        ),
        { numRuns: 80 },
      );
      expect(shownAfterAll).toBeGreaterThan(0);
    },
    PATIENCE,
  );
});

/** Asks all that the page asks of what it shows. */
function lookAtEverything(recording: Recording): void {
  const { trace } = show(producedBy(recording).case, recording);
  const implementation = findImplementation(producedBy(recording).case.implementation);
  if (implementation === undefined) throw new Error('it was loaded');
  reportOf(recording, implementation);
  for (const [call] of producedBy(recording).case.calls.entries()) stopsOf(recording, call);
  meetingsOf(trace);
  waitsOf(trace);
  for (const { tick, events } of momentsOf(trace)) {
    for (const { rank, placed } of events) {
      operationText(placed.event);
      if (placed.event.kind === 'received') lookWhereFrom(trace, tick, rank, placed.event.outputs);
    }
    stateAt(trace, tick).forEach(({ holding }, rank) => {
      holding.forEach((ref, tensor) => {
        elementsOf(at(recording.ranks, rank), ref);
        if (product(ref.shape) > 0) journeyOf(trace, { rank, tensor, place: 0, tick });
      });
    });
  }
}

/** Asks of every element that landed where it stood before. */
function lookWhereFrom(trace: Trace, tick: number, rank: number, landed: readonly TensorRef[]) {
  if (landed.length === 0) return;
  const before = stateAt(trace, tick - 1);
  const offers = before.flatMap(({ latest }) =>
    latest?.event.kind === 'offered' ? [latest.event] : [],
  );
  expect(offers).toHaveLength(trace.lanes.length);
  landed.forEach(({ shape }, tensor) => {
    for (let place = 0; place < product(shape); place++) {
      const from = originOf(offers, { rank, tensor, place });
      const held = at(at(before, from.rank).holding, from.tensor);
      expect(from.place).toBeLessThan(product(held.shape));
    }
  });
}

type Blow =
  | { readonly kind: 'put'; readonly value: unknown }
  | { readonly kind: 'take' | 'double' };

const anyDamage: fc.Arbitrary<Blow> = fc.oneof(
  fc
    .oneof(
      fc.integer({ min: -2, max: 20 }),
      fc.constantFrom(null, true, '', 'q', [], {}, 1e9, 0.5, 'received', 'returned', 'raised'),
    )
    .map((value) => ({ kind: 'put' as const, value })),
  fc.constantFrom({ kind: 'take' as const }, { kind: 'double' as const }),
);

/** JSON in which one place, of all that there are, is replaced, taken out, or there twice. */
function struck(json: unknown, where: number, blow: Blow): unknown {
  const places = placesIn(json, []);
  const path = places[where % places.length] ?? [];
  return changed(json, path, blow);
}

type Path = readonly (string | number)[];

function placesIn(json: unknown, path: Path): Path[] {
  if (typeof json !== 'object' || json === null) return [path];
  const inner = Array.isArray(json)
    ? json.flatMap((value, index) => placesIn(value, [...path, index]))
    : Object.entries(json).flatMap(([key, value]) => placesIn(value, [...path, key]));
  return [path, ...inner];
}

function changed(json: unknown, path: Path, blow: Blow): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return blow.kind === 'put' ? blow.value : json;
  if (Array.isArray(json)) {
    return json.flatMap((value: unknown, index) => {
      if (index !== first) return [value];
      if (rest.length > 0 || blow.kind === 'put') return [changed(value, rest, blow)];
      return blow.kind === 'take' ? [] : [value, value];
    });
  }
  const entries = Object.entries(json as object).flatMap(([key, value]) => {
    if (key !== first) return [[key, value]];
    if (rest.length > 0 || blow.kind === 'put') return [[key, changed(value, rest, blow)]];
    return blow.kind === 'take' ? [] : [[key, value]];
  });
  return Object.fromEntries(entries);
}
