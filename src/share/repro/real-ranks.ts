import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Report } from '../../core/judge/checks/report.ts';
import type { RankOutcome } from '../../core/judge/outcome.ts';

/** What a Python has to do to have PyTorch with gloo. */
export const HAS_TORCH =
  'import torch.distributed as d; assert d.is_available() and d.is_gloo_available()';

/**
 * For tests on real ranks, P processes of PyTorch over gloo: the Python that can do what is asked,
 * looked up in this order: what `RANKSCOPE_PYTHON` names, `python3`, `/usr/bin/python3` (where
 * Debian's `python3-torch` puts it). Null where none can: such a test is left out, and its title says so.
 */
export function pythonThatCan(asked: string): string | null {
  const named = process.env.RANKSCOPE_PYTHON;
  const candidates = [...(named === undefined ? [] : [named]), 'python3', '/usr/bin/python3'];
  return candidates.find((python) => spawnSync(python, ['-c', asked]).status === 0) ?? null;
}

/** Runs all scripts of a folder in one process, whose ranks are forked, as PyTorch is slow to load. */
const DRIVER = `
import contextlib, io, json, pathlib, runpy, sys
import torch.multiprocessing as mp
mp.spawn = lambda run, args, nprocs: mp.start_processes(run, args, nprocs, start_method="fork")
printed = {}
for path in pathlib.Path(sys.argv[1]).glob("*.py"):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        runpy.run_path(str(path), run_name="__main__")
    printed[int(path.stem)] = out.getvalue()
print(json.dumps([printed[index] for index in sorted(printed)]))
`;

export function runScripts(python: string, scripts: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-'));
  scripts.forEach((script, index) => {
    writeFileSync(join(folder, `${index}.py`), script);
  });
  const { status, stdout, stderr } = spawnSync(python, ['-c', DRIVER, folder]);
  rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error(String(stderr));
  return JSON.parse(String(stdout)) as string[];
}

/** What a script prints for a rank, by the report of the same case. */
function line(rank: number, outcome: RankOutcome): string {
  const { shape, sha, error, message, ranks } = outcome;
  if (shape !== undefined) return `  rank ${rank}  [${shape.join(', ')}]  sha256 ${sha}  `;
  switch (error) {
    case 'SplitMismatch':
      return `  rank ${rank}  RanksDisagree: in all_to_all`;
    case 'PeerFailed':
      return `  rank ${rank}  RanksDisagree: in all_to_all_single, waits forever for ranks [${ranks?.join(', ')}]`;
    case 'DifferentCollectives':
      return `  rank ${rank}  RanksDisagree: in all_`;
    case 'RankLost':
      return `  rank ${rank}  Lost: terminates`;
    default:
      return `  rank ${rank}  ${error}: ${message}`;
  }
}

/** Every line that tells of a rank or of a pair of ranks, and the verdict. */
export function expectPrinted(printed: string, { verdict, calls }: Report): void {
  const lines = printed.trimEnd().split('\n');
  expect(lines.at(-1)).toBe(`verdict: ${verdict}`);
  const ranks = lines.filter((text) => text.startsWith('  rank '));
  const expected = calls.flatMap((call) => call.ranks.map((outcome, rank) => line(rank, outcome)));
  expect(ranks.map((text, index) => text.slice(0, expected[index]?.length))).toEqual(expected);
  const pairs = calls.flatMap(({ mismatches = [] }) =>
    mismatches
      .slice(0, 16)
      .map(
        ([source, destination, sent, wanted]) =>
          `  ranks disagree: rank ${source} sends ${sent} elements to rank ${destination}, which expects ${wanted}`,
      ),
  );
  expect(lines.filter((text) => text.startsWith('  ranks disagree: '))).toEqual(pairs);
}
