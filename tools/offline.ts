import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const ENTRY = fileURLToPath(new URL('../src/apps/offline/service-worker.ts', import.meta.url));
const NAME = 'service-worker.js';

/**
 * Writes the service worker beside the built page, once that is there: with the names of all files,
 * and a name of the whole that changes with any of them.
 */
export function offline(): Plugin {
  let folder = '';
  let written = false;
  return {
    name: 'offline',
    apply: 'build',
    configResolved({ root, build: { outDir } }) {
      folder = resolve(root, outDir);
    },
    writeBundle() {
      written = true;
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        // A build that failed says why by itself.
        if (!written) return;
        const files = filesIn(folder);
        const digest = createHash('sha256');
        for (const file of files) digest.update(file).update(readFileSync(join(folder, file)));
        await build({
          configFile: false,
          logLevel: 'error',
          publicDir: false,
          define: {
            __FILES__: JSON.stringify(files),
            __BUILD__: JSON.stringify(digest.digest('hex').slice(0, 16)),
          },
          build: {
            outDir: folder,
            emptyOutDir: false,
            target: 'es2023',
            modulePreload: false,
            rolldownOptions: { input: ENTRY, output: { format: 'iife', entryFileNames: NAME } },
          },
        });
      },
    },
  };
}

/** All files of a folder, as an address names them, in the same order each time. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== NAME)
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();
}
