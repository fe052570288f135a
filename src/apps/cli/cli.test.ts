import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { CATALOGUE, type ImplementationInfo } from '../../core/programs/catalogue.ts';
import { helpText } from './usage.ts';

/** The package as its users get it: packed, installed in an empty folder, called by its name. */
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rankscope-'));
  const npm = (args: string[], cwd: string) =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });
  const packed = npm(['pack', '--silent', '--pack-destination', folder], process.cwd());
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  npm(['install', '--offline', '--no-audit', '--no-fund', join(folder, packed.trim())], folder);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function rankscope(...args: string[]) {
  return called(args, {});
}

function called(
  args: readonly string[],
  { input = '', env = {} }: { readonly input?: string; readonly env?: Record<string, string> },
) {
  const bin = join(folder, 'node_modules', '.bin', 'rankscope');
  const { status, stdout, stderr } = spawnSync(bin, args, {
    // The report of many ranks is long.
    maxBuffer: 2 ** 27,
    cwd: folder,
    encoding: 'utf8',
    input,
    env: { ...process.env, GITHUB_ACTIONS: '', ...env },
    shell: process.platform === 'win32',
  });
  return { status, stdout, stderr };
}

const LLAMA = { num_attention_heads: 32, num_key_value_heads: 8, head_dim: 128 };

describe('rankscope check', () => {
  it('runs no layout that the code does not know, and says so where one was asked for', () => {
    const asked = ['check', '--implementation', 'deepspeed-alst', '--heads', '8', '--sp', '4'];
    const told = rankscope(...asked, '--layout', 'bshd');
    expect(told.status).toBe(0);
    expect(told.stdout).toContain('note: DeepSpeed ALST knows [S, B, H, D] only');
    expect(rankscope(...asked).stdout).not.toContain('note:');
    const wanted = { implementation: 'deepspeed-alst', program: 'layerForward', sp: 4, batch: 1 };
    const rest = { seq: 8, heads: 8, headDim: 2, batchDimIdx: 0 };
    writeFileSync(join(folder, 'alst.json'), JSON.stringify({ ...wanted, ...rest }));
    const noted = rankscope('check', '--case', 'alst.json');
    expect(noted.status).toBe(0);
    expect(noted.stdout).toContain('note: DeepSpeed ALST knows [S, B, H, D] only');
  });

  it('finds the bug of #6774 for a config.json, and says why', () => {
    writeFileSync(join(folder, 'config.json'), JSON.stringify(LLAMA));
    const call = ['check', '--config', 'config.json', '--sp', '8', '--implementation'];
    const broken = rankscope(...call, 'deepspeed-6392');
    expect(broken.status).toBe(1);
    expect(broken.stdout).toContain('verdict: raises');
    expect(broken.stdout).toContain(
      'Number of heads (4) must be larger than sequence parallel size (8)',
    );
    expect(rankscope(...call, 'deepspeed-6797').status).toBe(0);
  });

  it('holds a condition of one’s own to the same', () => {
    const call = ['check', '--heads', '8', '--sp', '4', '--implementation', 'deepspeed-6392'];
    const repaired = rankscope(
      ...call,
      '--condition',
      'if get_num_kv_heads() is not None or (num_heads % seq_world_size != 0 and not scatter_idx < 2):',
      '--json',
    );
    expect(repaired.status).toBe(0);
    expect(JSON.parse(repaired.stdout)).toMatchObject({ verdict: 'fine', case: { sp: 4 } });
  });
});

describe('the case of rankscope check', () => {
  const LINK = 'v3&implementation=deepspeed-6392&heads=8&sp=4&seq=8&headDim=2';
  const caseOf = (args: readonly string[], input?: string) => {
    const { stdout, stderr } = called(
      ['check', '--json', ...args],
      input === undefined ? {} : { input },
    );
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout).case;
  };

  it('is taken from a link, from a file, and from standard input; options change it', () => {
    const linked = caseOf(['--case', `https://example.org/page/?a=1#embed=both&${LINK}&at=1:3`]);
    expect(linked).toMatchObject({ implementation: 'deepspeed-6392', heads: 8, sp: 4, seq: 8 });
    writeFileSync(join(folder, 'case.json'), JSON.stringify(linked));
    expect(caseOf(['--case', 'case.json'])).toEqual(linked);
    expect(caseOf(['--case', '-'], JSON.stringify({ case: linked }))).toEqual(linked);
    expect(caseOf(['--case', '-'], `#${LINK}`)).toEqual(linked);
    const old = `v1&case=${encodeURIComponent(JSON.stringify(linked))}`;
    expect(caseOf(['--case', old])).toMatchObject({ heads: 8, sp: 4, program: 'roundTrip' });
    const other = caseOf([
      '--case',
      LINK,
      '--implementation',
      'deepspeed==0.16.2',
      '--heads',
      '12',
    ]);
    expect(other).toMatchObject({ implementation: 'deepspeed-6797', heads: 12, kvHeads: 12 });
    expect(other.calls.map(({ heads }: { heads: number }) => heads)).toEqual([12, 12]);
    const whole = caseOf(['--case', LINK, '--program', 'layerForward']);
    expect(whole.calls).toHaveLength(4);
  });

  it('is taken from a recording, a session in gzip, and one line of many', () => {
    const wanted = caseOf(['--case', LINK]);
    const recording = { format: 'rankscope-recording', version: 1, case: wanted, ranks: [] };
    const session = { format: 'rankscope-session', version: 1, link: LINK, recording };
    writeFileSync(join(folder, 'recording.json'), JSON.stringify(recording));
    writeFileSync(join(folder, 'session.json.gz'), gzipSync(JSON.stringify(session)));
    const run = (heads: number) =>
      JSON.stringify({
        ...wanted,
        program: 'mine',
        heads,
        kvHeads: heads,
        calls: [{ tensor: 'q', heads, pass: 1 }],
        expected: [],
      });
    writeFileSync(join(folder, 'runs.jsonl'), `${run(8)}\n${run(12)}\n`);
    expect(caseOf(['--case', 'recording.json'])).toEqual(wanted);
    expect(caseOf(['--case', 'session.json.gz'])).toEqual(wanted);
    expect(caseOf(['--case', 'runs.jsonl', '--line', '2'])).toMatchObject({ heads: 12 });
    expect(rankscope('check', '--case', 'runs.jsonl').stderr).toContain('it holds 2 lines');
  });

  it('has all that a case can have', () => {
    const all = [
      '--heads',
      '8',
      '--kv-heads',
      '4',
      '--sp',
      '4',
      '--implementation',
      'deepspeed-6392',
    ];
    const more = ['--calls', 'q:8,q:8:o', '--fault', 'raises-in:2:1', '--gather-idx', '0'];
    expect(caseOf([...all, ...more, '--kv-repeat', 'tile', '--layout', 'sbhd'])).toMatchObject({
      kvHeads: 4,
      calls: [
        { tensor: 'q', heads: 8, pass: 1 },
        { tensor: 'q', heads: 8, pass: 2, to: 'o' },
      ],
      fault: { kind: 'raises-in', rank: 2, call: 1 },
      gatherIdx: 0,
      kvRepeat: 'tile',
      batchDimIdx: 1,
    });
    expect(caseOf(all)).toMatchObject({ program: 'layerForwardBackward', seq: 8 });
  });
});

describe('rankscope map', () => {
  const reach = ['--to-heads', '8', '--to-sp', '4'];
  const broken = ['map', '--implementation', 'deepspeed-6392', '--program', 'roundTrip', ...reach];

  it('gives one line per cell', () => {
    const csv = rankscope(...broken);
    expect(csv.status).toBe(1);
    expect(csv.stdout.trim().split('\n')).toHaveLength(33);
    expect(csv.stdout).toContain('8,4,raises');
    const json = rankscope(...broken, '--format', 'json');
    expect(JSON.parse(json.stdout).bad).toContain('(H/P) % P ≠ 0');
  });

  it('keeps the ratio of a model’s heads, or the KV heads of every cell', () => {
    const cells = (...args: string[]) =>
      rankscope('map', '--implementation', 'verl', ...reach, ...args).stdout;
    expect(cells('--heads', '32', '--kv-heads', '8')).toMatch(/^4,1,fine\n5,1,no such model$/m);
    expect(cells('--kv-heads', '3')).toMatch(/^5,1,no such model\n6,1,fine$/m);
  });

  it('is a fault against another one only where something is newly broken', () => {
    const repaired = [
      'map',
      '--implementation',
      'deepspeed==0.16.2',
      '--program',
      'roundTrip',
      ...reach,
    ];
    const better = rankscope(...repaired, '--against', 'deepspeed==0.15.4', '--format', 'json');
    expect(better.status).toBe(0);
    const { difference } = JSON.parse(better.stdout);
    expect(difference).toMatchObject({ breaks: 0 });
    const worse = rankscope(...broken, '--against', 'deepspeed-6797');
    expect(worse.status).toBe(1);
    expect(worse.stdout).toContain(`breaks ${difference.repairs}`);
    expect(worse.stdout).toContain('8 heads on SP 4 (raises)');
    expect(rankscope(...broken, '--against', 'published').status).toBe(0);
    expect(rankscope(...broken, '--against', 'False').status).toBe(1);
  });

  it('takes a pasted hunk for both sides', () => {
    const hunk = `-    if get_num_kv_heads() is not None or num_heads % seq_world_size != 0:
+    if get_num_kv_heads() is not None or (num_heads % seq_world_size != 0 and not scatter_idx < 2):`;
    const { status, stdout } = rankscope(...broken, '--condition', hunk, '--markdown');
    expect(status).toBe(0);
    expect(stdout).toMatch(/repairs [1-9]\d*, breaks 0, still failing/);
  });
});

describe('what is written', () => {
  const uneven = ['check', '--implementation', 'diffusers-anything', '--heads', '30', '--sp', '4'];

  it('is a fault for a warning only where that is asked for', () => {
    expect(rankscope(...uneven).status).toBe(0);
    expect(rankscope(...uneven, '--strict').status).toBe(1);
  });

  it('is annotated for GitHub, beside data on the other stream', () => {
    writeFileSync(join(folder, 'config.json'), JSON.stringify(LLAMA));
    const call = [
      'check',
      '--config',
      'config.json',
      '--sp',
      '8',
      '--implementation',
      'deepspeed-6392',
    ];
    expect(rankscope(...call).stdout).not.toContain('::');
    const asked = rankscope(...call, '--github');
    expect(asked.stdout).toMatch(/^::error file=config\.json,title=[^:\n]+::[^\n]+$/m);
    const { stdout, stderr } = called([...call, '--json'], { env: { GITHUB_ACTIONS: 'true' } });
    expect(JSON.parse(stdout).verdict).toBe('raises');
    expect(stderr).toContain('::error file=config.json');
    expect(rankscope(...uneven, '--github').stdout).toContain('::warning title=');
  });

  it('never holds a control character of what it was given', () => {
    writeFileSync(join(folder, 'evil.json'), '\u001b[31m\u001b]0;x\u0007\u009b{');
    const { status, stderr } = rankscope(
      'check',
      '--config',
      'evil.json',
      '--sp',
      '4',
      '--implementation',
      'verl',
    );
    expect(status).toBe(2);
    expect(stderr).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it('ends with a code of its own where it cannot be written', () => {
    if (!existsSync('/dev/full')) return;
    const full = openSync('/dev/full', 'w');
    const bin = join(folder, 'node_modules', '.bin', 'rankscope');
    expect(spawnSync(bin, ['list'], { stdio: ['ignore', full, 'ignore'] }).status).toBe(70);
    closeSync(full);
  });

  it.each([[], ['--json']])('is soon there for the largest group of ranks: %j', (...form) => {
    const size = ['--heads', '564', '--sp', '282', '--seq', '282', '--head-dim', '1'];
    const code = ['--implementation', 'verl', '--program', 'roundTrip'];
    const { stdout, status } = rankscope('check', ...code, ...size, ...form);
    expect(stdout).toMatch(/verdict"?: "?fine/);
    expect(status).toBe(0);
  });

  it('is how many ranks fit, where there are too many', () => {
    const size = ['--heads', '640', '--sp', '640', '--seq', '640', '--head-dim', '1'];
    const { stderr, status } = rankscope('check', '--implementation', 'verl', ...size);
    expect(stderr).toMatch(/sp is 640; .* the limit is 256 MB\. At most \d+ ranks fit/);
    expect(status).toBe(2);
  });
});

describe('a call that is wrong', () => {
  it.each([
    [[], 'missing command'],
    [['dance'], 'unknown command "dance"'],
    [['check', '--sp', '4'], '--case, --config or --heads is missing'],
    [['check', '--heads', '8', '--implementation', 'verl'], '--sp is missing'],
    [['check', '--heads', '8', '--sp', '4'], '--implementation is missing'],
    [['check', '--heads', '8', '--sp', '0', '--implementation', 'verl'], '--sp is 0; it must be'],
    [['check', '--heads', 'x', '--sp', '4', '--implementation', 'verl'], '--heads is "x"'],
    [['check', '--heads', '8', '--sp', '4', '--implementation', 'nobody'], '--implementation: '],
    [
      ['check', '--config', 'nowhere.json', '--sp', '4', '--implementation', 'verl'],
      'nowhere.json could not be read: there is no such file',
    ],
    [
      [
        'check',
        '--heads',
        '8',
        '--sp',
        '4',
        '--implementation',
        'deepspeed-6797',
        '--condition',
        'open(1)',
      ],
      'a call of "open" is not allowed here',
    ],
    [
      ['check', '--config', '.', '--sp', '4', '--implementation', 'verl'],
      '. could not be read: it is a folder',
    ],
    [
      ['check', '--heads', '8', '--sp', '4', '--implementation', 'verl', '--kv-repeat', 'thrice'],
      '--kv-repeat is "thrice"; allowed are in-place, tile',
    ],
    [['map', '--implementation', 'verl', '--to-sp', '65'], '--to-sp is 65'],
    [['map', '--implementation', 'verl', '--json'], 'rankscope map takes no --json'],
    [['check', '--hedas', '8'], "Unknown option '--hedas'"],
    [['check', '--case', 'nowhere.json'], 'nowhere.json could not be read: there is no such file'],
    [['check', '--case', '#v9&heads=8'], 'it is of version 9'],
    [['check', '--case', '#lesson/uneven-heads/3'], 'this link opens a lesson'],
    [['check', '--case', '{"heads": 8}'], '--case: implementation is missing'],
    [['check', '--line', '3'], '--line belongs to --case'],
    [
      ['check', '--heads', '8', '--sp', '4', '--implementation', 'verl', '--fault', 'sleeps:1'],
      '--fault is "sleeps:1"; it must be KIND:RANK:CALL',
    ],
    [['map', '--implementation', 'deepspeed-6392', '--against', 'nobody'], '--against: '],
    [
      ['map', '--implementation', 'deepspeed-6392', '--against', 'open(1) > 2'],
      '--against cannot be read',
    ],
  ])('is told what is wrong: %j', (args, sentence) => {
    const { status, stderr } = rankscope(...args);
    expect(stderr).toContain(sentence);
    expect(status).toBe(2);
  });

  it('is helped', () => {
    expect(rankscope('--help')).toMatchObject({ status: 0, stderr: '', stdout: `${helpText()}\n` });
    expect(readFileSync('docs/command-line.md', 'utf8')).toContain(
      `\`\`\`text\n${helpText()}\n\`\`\``,
    );
    expect(rankscope('--version').stdout).toBe(`${manifest.version}\n`);
    expect(rankscope('list').stdout).toMatch(/deepspeed-6392 +0\.15\.4 – 0\.16\.1 · #6392/);
    const listed: ImplementationInfo[] = JSON.parse(rankscope('list', '--json').stdout);
    expect(listed).toEqual(JSON.parse(JSON.stringify(CATALOGUE)));
  });
});
