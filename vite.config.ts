import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import manifest from './package.json' with { type: 'json' };
import { chunks } from './tools/chunks.ts';
import { contentSecurity } from './tools/content-security.ts';
import { offline } from './tools/offline.ts';
import { player } from './tools/player.ts';
import { sourceLines } from './tools/source-lines.ts';
import { weight } from './tools/weight.ts';

const define = { __RANKSCOPE_VERSION__: JSON.stringify(manifest.version) };

export default defineConfig({
  // Relative, so that the built page runs under any path of any static host.
  base: './',
  define,
  plugins: [
    react(),
    sourceLines(),
    contentSecurity(),
    chunks(),
    player(define),
    weight(),
    offline(),
  ],
  worker: { format: 'es', plugins: () => [sourceLines()] },
  // While one develops, too, `light-dark()` is written out: canvases read colours from the style.
  // Areas of the page's grid keep their names: its places stand in modules of their own.
  css: { transformer: 'lightningcss', lightningcss: { cssModules: { grid: false } } },
  // Nothing is inlined: the page's policy lets fonts come from beside it alone.
  build: { target: 'es2023', chunkSizeWarningLimit: 900, assetsInlineLimit: 0 },
  // No test is about time: a busy machine may take its own. None keeps anything in a module, so that
  // files may share what they import; what the program itself keeps there must not lend one test the
  // result of another, so they run in an order of chance. Its seed is printed; to have an order once
  // more, give its seed as RANKSCOPE_TEST_SEED.
  test: {
    include: ['{src,tools}/**/*.test.ts'],
    environment: 'node',
    isolate: false,
    sequence: {
      shuffle: true,
      seed: Number(process.env.RANKSCOPE_TEST_SEED ?? Date.now()),
    },
    testTimeout: 120_000,
  },
});
