/** How long the page's thread is held at a stretch while the largest accepted cases are judged and laid out. */
import { execFileSync } from 'node:child_process';
import { root } from '../install.mjs';
import { atMost } from './figures.mjs';

export function measureLarge(tell) {
  const told = execFileSync('node', ['tools/in-node.mjs', 'tools/bench/measured/large.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for (const { name, longest, whole } of JSON.parse(told)) {
    tell(`judging and laying out ${name}, longest step`, longest, 'ms', atMost(100));
    tell(`judging and laying out ${name}, all steps`, whole, 'ms');
  }
}
