/** The engine over the real runs, in one thread, in Node. */
import { execFileSync } from 'node:child_process';
import { root } from '../install.mjs';
import { atLeast, median } from './figures.mjs';

export function measureEngine(tell) {
  const told = execFileSync('node', ['tools/in-node.mjs', 'tools/bench/measured/engine.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { run, replayed } = JSON.parse(told);
  tell('engine, real runs in one thread', median(run), 'runs/s', atLeast(2000));
  tell('engine, real runs replayed and compared in every field', median(replayed), 'runs/s');
}
