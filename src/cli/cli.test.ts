import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE, type ImplementationInfo } from '../engine/catalogue.ts';

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
  const bin = join(folder, 'node_modules', '.bin', 'rankscope');
  const { status, stdout, stderr } = spawnSync(bin, args, {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return { status, stdout, stderr };
}

const LLAMA = { num_attention_heads: 32, num_key_value_heads: 8, head_dim: 128 };

describe('rankscope check', () => {
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

describe('rankscope map', () => {
  it('gives a line a field', () => {
    const reach = ['--to-heads', '8', '--to-sp', '4'];
    const csv = rankscope('map', '--implementation', 'deepspeed-6392', ...reach);
    expect(csv.status).toBe(1);
    expect(csv.stdout.trim().split('\n')).toHaveLength(33);
    expect(csv.stdout).toContain('8,4,raises');
    const json = rankscope(
      'map',
      '--implementation',
      'deepspeed-6392',
      ...reach,
      '--format',
      'json',
    );
    expect(JSON.parse(json.stdout).bad).toContain('(H/P) % P ≠ 0');
  });
});

describe('a call that is wrong', () => {
  it.each([
    [[], 'what is to be done?'],
    [['dance'], '"dance" is no command'],
    [['check', '--sp', '4'], '--config FILE or --heads N is missing'],
    [['check', '--heads', '8', '--implementation', 'verl'], '--sp is missing'],
    [['check', '--heads', '8', '--sp', '4'], '--implementation is missing'],
    [['check', '--heads', '8', '--sp', '0', '--implementation', 'verl'], '--sp is 0; it must be'],
    [['check', '--heads', 'x', '--sp', '4', '--implementation', 'verl'], '--heads is "x"'],
    [
      ['check', '--heads', '8', '--sp', '4', '--implementation', 'nobody'],
      'allowed are deepspeed-4198',
    ],
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
      '. could not be read: it is a folder; its config.json is expected',
    ],
    [
      ['check', '--heads', '8', '--sp', '4', '--implementation', 'verl', '--kv-repeat', 'thrice'],
      '--kv-repeat is "thrice"; allowed are in-place, tile',
    ],
    [['map', '--implementation', 'verl', '--to-sp', '65'], '--to-sp is 65'],
    [['map', '--implementation', 'verl', '--json'], 'rankscope map takes no --json'],
    [['check', '--hedas', '8'], "Unknown option '--hedas'"],
  ])('is told what is wrong: %j', (args, sentence) => {
    const { status, stderr } = rankscope(...args);
    expect(stderr).toContain(sentence);
    expect(status).toBe(2);
  });

  it('is helped', () => {
    expect(rankscope('--help')).toMatchObject({ status: 0, stderr: '' });
    expect(rankscope('list').stdout).toMatch(/deepspeed-6392 +0\.15\.4 – 0\.16\.1 · #6392/);
    const listed: ImplementationInfo[] = JSON.parse(rankscope('list', '--json').stdout);
    expect(listed).toEqual(JSON.parse(JSON.stringify(CATALOGUE)));
  });
});
