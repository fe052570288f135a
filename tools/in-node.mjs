/**
 * `node tools/in-node.mjs FILE.ts …` runs a program of this project in Node: built as the command
 * line tool is, since the catalogues are folders that only Vite can read, and at the speed of what
 * is built.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { root } from './install.mjs';

const [file] = process.argv.splice(2, 1);
const outDir = mkdtempSync(join(tmpdir(), 'rankscope-'));
try {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: file,
      outDir,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'program.mjs' } },
    },
  });
  await import(pathToFileURL(join(outDir, 'program.mjs')).href);
} finally {
  rmSync(outDir, { recursive: true });
}
