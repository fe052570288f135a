/** Installs what package-lock.json asks for, unless it is there already. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a command in the project's folder, showing its output; its exit code. */
export function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  if (error !== undefined) console.error(error.message);
  return status ?? 1;
}

export function ensureInstalled() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) {
    console.error(`Rankscope needs Node 20 or later; this is ${process.versions.node}.`);
    process.exit(1);
  }
  if (isInstalled()) return;
  console.log('installing what package-lock.json asks for …');
  // Not `npm ci`: it refuses a lock file that was written where some platforms' optional packages
  // could not be had. This keeps every locked version and leaves the lock file as it is.
  if (run('npm', ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund']) !== 0) {
    console.error('npm install failed: see above.');
    process.exit(1);
  }
}

/** Whether node_modules holds the locked version of every direct dependency. */
function isInstalled() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const { devDependencies } = packages[''];
  return Object.keys(devDependencies).every((name) => {
    const manifest = join(root, 'node_modules', name, 'package.json');
    if (!existsSync(manifest)) return false;
    return (
      JSON.parse(readFileSync(manifest, 'utf8')).version ===
      packages[`node_modules/${name}`].version
    );
  });
}
