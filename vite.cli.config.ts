import { chmodSync } from 'node:fs';
import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

/** Builds the command line tool: one file for Node with everything in it. */
export default defineConfig({
  publicDir: false,
  define: { __RANKSCOPE_VERSION__: JSON.stringify(manifest.version) },
  build: {
    ssr: 'src/apps/cli/main.ts',
    outDir: 'bin',
    target: 'node20',
    rollupOptions: {
      output: { entryFileNames: 'rankscope.js', banner: '#!/usr/bin/env node' },
    },
  },
  ssr: { noExternal: true },
  plugins: [
    {
      name: 'executable',
      writeBundle: () => chmodSync('bin/rankscope.js', 0o755),
    },
  ],
});
