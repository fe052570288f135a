import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../core/judge/checks/index.ts';
import { IMPLEMENTATIONS } from '../../core/programs/implementations/index.ts';
import type { Recording } from '../../core/recording/event.ts';
import { anyCase, caseWith, runOf } from '../../core/world/testing.ts';
import { reproScript } from './repro-script.ts';
import { reproWithDeepSpeed } from './repro-with-deepspeed.ts';
import { TOLD_CASES } from './testing.ts';

/** Milliseconds that hundreds of runs may take on a busy machine. */
const LONG = 60_000;

const hasPython = spawnSync('python3', ['--version']).status === 0;

/** What a line of Python says of an operation that was recorded. */
function written(name: string): string {
  if (name === 'pad') return 'torch.nn.functional.pad(';
  return name === 'cat' || name === 'empty' ? `torch.${name}` : `.${name}(`;
}

function operationsOf(recording: Recording): Set<string> {
  return new Set(
    recording.ranks.flatMap(({ events }) =>
      events.flatMap((event) => (event.kind === 'local' ? [event.name] : [])),
    ),
  );
}

describe('the script of a recording', () => {
  it(
    'tells every recorded operation, the case, the verdict, and nothing of this machine',
    () => {
      fc.assert(
        fc.property(anyCase, (c) => {
          const recording = runOf(c);
          const script = reproScript(recording);
          expect(script).toBe(reproScript(runOf(c)));
          for (const name of operationsOf(recording)) expect(script).toContain(written(name));
          expect(script).toContain(c.implementation);
          expect(script).toContain(`verdict: ${judge(recording).verdict}\n`);
          expect(script).not.toMatch(/(^|[\s"'])\/\w|\t|undefined|NaN|\[object/m);
        }),
        { numRuns: 100 },
      );
    },
    LONG,
  );

  it(
    'lets Python raise by itself: it never raises what the published code raised',
    () => {
      fc.assert(
        fc.property(anyCase, (c) => {
          const raised = reproScript(runOf(c)).match(
            /^ +raise (?!RanksDisagree|NotRecorded|Lost|Unanswered).*/gm,
          );
          for (const line of raised ?? []) {
            expect(line).toMatch(
              /raise (RuntimeError\("the case makes|ValueError\("(.*ttention head|sequence length|batch's seqlen))/,
            );
          }
        }),
        { numRuns: 100 },
      );
    },
    LONG,
  );

  it('writes down what a fault does of its own accord', () => {
    const fault = { kind: 'other-collective', rank: 1, call: 0 } as const;
    const script = reproScript(runOf(caseWith({ implementation: 'diffusers-anything', fault })));
    expect(script).toContain('received = [torch.empty(0, dtype=torch.int32) for _ in range(P)]');
  });

  it('shows steps as the source has them', () => {
    const script = reproScript(runOf(caseWith({ implementation: 'deepspeed-6797', heads: 7 })));
    expect(script).toContain(`
def pass_1(rank, x):
    """forward: pass 1 of q"""
    h = [2, 2, 2, 1][rank]  # the heads of this rank
    num_heads, seq_world_size, scatter_idx = x.shape[2], P, 2
    uneven = get_num_kv_heads() is not None or (
        num_heads % seq_world_size != 0 and not scatter_idx < 2
    )
    if not uneven:
        raise NotRecorded("the even path")
    assert num_heads > seq_world_size
    set_num_kv_heads(num_heads)
    x = x.transpose(0, 2)  # [7, 2, 1, 2]
    x = x.contiguous()
    received = torch.empty(4 * h, 2, 1, 2, dtype=torch.int32)
    all_to_all_single(
        received, x, output_split_sizes=[h] * 4, input_split_sizes=[2, 2, 2, 1]
    )
    x = received.view(4, h, 2, 1, 2)
`);
  });

  it('hangs on the rank what only that rank does', () => {
    const c = caseWith({ implementation: 'diffusers-anything', sp: 4, seq: 9, heads: 15 });
    expect(reproScript(runOf(c))).toContain(`
    if rank == 3:
        x = x.narrow(2, 0, 3)  # [1, 9, 3, 2]
        x = x.contiguous()
    return x
`);
  });

  it('writes what is done again and again as a loop', () => {
    const script = reproScript(runOf(caseWith({ implementation: 'yunchang-async', heads: 16 })));
    expect(script).toContain('    for i in range(4):\n        part = x.narrow(0, i, 1)');
  });

  it('quotes names that came from outside', () => {
    const name = 'a"""\nimport os\\';
    const c = caseWith({});
    const recording = runOf({
      ...c,
      program: name,
      calls: [{ tensor: name, heads: 8, pass: 1 }],
    });
    const script = reproScript(recording);
    expect(script).not.toContain('\nimport os\\');
    expect(script).toContain(JSON.stringify(name));
  });

  it('is short enough to be read, for the case that it all began with', () => {
    expect(reproScript(runOf(caseWith({}))).split('\n').length).toBeLessThan(262);
  });
});

describe('the script that calls DeepSpeed', () => {
  it('is there for what was in sequence/layer.py, and says why not for all else', () => {
    for (const { id, layouts, title } of IMPLEMENTATIONS) {
      const made = reproWithDeepSpeed(
        runOf(caseWith({ implementation: id, batchDimIdx: layouts[0] ?? 0 })),
      );
      const inLayer = id.startsWith('deepspeed-') && id !== 'deepspeed-alst';
      expect(made.ok).toBe(inLayer);
      if (made.ok) expect(made.script).toContain('pip install ');
      else expect(made.reason).toContain(title);
    }
  });

  it('asks for the release that the title names', () => {
    for (const { id, title, layouts } of IMPLEMENTATIONS) {
      const version = /^DeepSpeed (\d+\.\d+\.\d+)$/.exec(title)?.[1];
      if (version === undefined) continue;
      const made = reproWithDeepSpeed(
        runOf(caseWith({ implementation: id, batchDimIdx: layouts[0] ?? 0 })),
      );
      expect(made.ok && made.script).toContain(`pip install deepspeed==${version}`);
    }
  });

  it('names the dimensions as the caller did', () => {
    const recording = runOf({ ...caseWith({ batch: 2 }), gatherIdx: 0 });
    const made = reproWithDeepSpeed(recording);
    expect(made.ok && made.script).toContain('scatter_idx, gather_idx = 2, 0\n');
    expect(made.ok && made.script).toContain('scatter_idx, gather_idx = 0, 2\n');
  });

  it('refuses a rank that fails by order of the case', () => {
    const fault = { kind: 'raises-in', rank: 2, call: 0 } as const;
    expect(reproWithDeepSpeed(runOf({ ...caseWith({}), fault }))).toEqual({
      ok: false,
      reason: "the case makes rank 2 fail, which DeepSpeed's own code cannot be told to do",
    });
  });

  it('refuses a case with a condition of its own, which DeepSpeed does not ask', () => {
    const made = reproWithDeepSpeed(runOf({ ...caseWith({}), condition: 'num_heads > 3' }));
    expect(made).toMatchObject({ ok: false, reason: expect.stringContaining('condition') });
  });
});

describe('Python', () => {
  it.skipIf(!hasPython)(
    hasPython ? 'compiles every kind of script' : 'left out, as there is no python3 here',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'rankscope-'));
      const recordings = [
        ...Object.values(TOLD_CASES),
        ...fc.sample(anyCase, { numRuns: 60, seed: 6774 }),
      ].map((one) => runOf(one));
      const files = recordings.flatMap((recording, index) => {
        const made = reproWithDeepSpeed(recording);
        const scripts = [reproScript(recording), ...(made.ok ? [made.script] : [])];
        return scripts.map((script, kind) => {
          const file = join(folder, `${index}-${kind}.py`);
          writeFileSync(file, script);
          return file;
        });
      });
      const { status, stderr } = spawnSync('python3', [
        '-W',
        'error',
        '-m',
        'py_compile',
        ...files,
      ]);
      rmSync(folder, { recursive: true });
      expect(String(stderr)).toBe('');
      expect(status).toBe(0);
    },
    LONG,
  );
});
