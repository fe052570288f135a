import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { producedBy } from '../../core/cases/origin.ts';
import type { Case } from '../../core/contract/case.ts';
import { reportOf } from '../../core/judge/checks/report.ts';
import { caseWith, runOf } from '../../core/world/testing.ts';
import { pytestFor } from './pytest-text.ts';
import { expectPrinted, pythonThatCan, runScripts } from './real-ranks.ts';
import { reproWithDeepSpeed } from './repro-with-deepspeed.ts';
import { TOLD_CASES } from './testing.ts';

/** The releases whose code is in the catalogue, by the version that a Python says. */
const RELEASES: Readonly<Record<string, readonly string[]>> = {
  '0.14.5': ['deepspeed-5823'],
  '0.15.4': ['deepspeed-6392'],
  '0.16.2': ['deepspeed-6797'],
  '0.16.3': ['deepspeed-6750', 'deepspeed-8342'],
};

const python = pythonThatCan('import deepspeed.sequence.layer');
const version = python === null ? '' : versionOf(python);
const ids = RELEASES[version] ?? [];
const leftOut =
  python === null
    ? 'is left out, as no Python with DeepSpeed is here (RANKSCOPE_PYTHON may name one)'
    : `is left out: ${version} is none of ${Object.keys(RELEASES).join(', ')}`;

function versionOf(python: string): string {
  const asked = 'import deepspeed, sys; sys.stderr.write(deepspeed.__version__)';
  const { stderr } = spawnSync(python, ['-c', asked]);
  return /\d+\.\d+\.\d+$/.exec(String(stderr))?.[0] ?? '';
}

/** Cases of one implementation in sizes, programs and layouts; those that are told, besides. */
function casesOf(id: string): Case[] {
  const sizes = [
    { sp: 4, heads: 8, kvHeads: 8 },
    { sp: 2, heads: 14, kvHeads: 2 },
    { sp: 3, heads: 7, kvHeads: 7 },
    { sp: 4, heads: 16, kvHeads: 4 },
    { sp: 2, heads: 9, kvHeads: 1 },
  ];
  const made = sizes.flatMap((size) =>
    (['layerForward', 'layerForwardBackward'] as const).flatMap((program) =>
      ([0, 1] as const).map((batchDimIdx) =>
        caseWith({ implementation: id, seq: 4 * size.sp, batch: 2, program, batchDimIdx, ...size }),
      ),
    ),
  );
  const told = Object.values(TOLD_CASES).filter(({ implementation }) => implementation === id);
  return [...made, ...told];
}

describe('an installed DeepSpeed', () => {
  it.skipIf(ids.length === 0)(
    ids.length === 0 ? leftOut : `of ${version} prints what the recordings say`,
    () => {
      const told = ids.flatMap(casesOf).flatMap((c) => {
        const recording = runOf(c);
        const made = reproWithDeepSpeed(recording);
        return made.ok ? [{ recording, script: made.script }] : [];
      });
      expect(told.length).toBeGreaterThan(20);
      const printed = runScripts(
        python ?? '',
        told.map(({ script }) => script),
      );
      told.forEach(({ recording }, index) => {
        expectPrinted(
          printed[index] ?? '',
          reportOf(recording, producedBy(recording).implementation),
        );
      });
    },
    300_000,
  );

  const tested = ids.find((id) => id !== 'deepspeed-8342');
  it.skipIf(tested === undefined)(
    tested === undefined
      ? `for a pytest ${leftOut}`
      : `of ${version} fails the pytest where it fails here`,
    () => {
      const cases = [
        { sp: 4, heads: 8, kvHeads: 8 },
        { sp: 2, heads: 8, kvHeads: 8 },
        { sp: 3, heads: 7, kvHeads: 7 },
      ].map((size) => caseWith({ implementation: tested ?? '', seq: 4 * size.sp, ...size }));
      const test = pytestFor(cases, 'https://example.org/#case');
      if (!test.ok) throw new Error(test.reason);
      const folder = mkdtempSync(join(tmpdir(), 'rankscope-'));
      writeFileSync(join(folder, 'test_passes.py'), test.script);
      const { stdout } = spawnSync(python ?? '', ['-m', 'pytest', '-rA', '--tb=no', folder]);
      rmSync(folder, { recursive: true });
      for (const c of cases) {
        const recording = runOf(c);
        const { verdict } = reportOf(recording, producedBy(recording).implementation);
        const word = verdict === 'fine' ? 'PASSED' : 'FAILED';
        expect(String(stdout)).toMatch(
          new RegExp(`${word} .*\\[${c.sp}-${c.heads}-${c.kvHeads}\\]`),
        );
      }
    },
    300_000,
  );
});
