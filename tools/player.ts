import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';

const NAME = 'virtual:player';
const RESOLVED = `\0${NAME}`;
const ENTRY = fileURLToPath(new URL('../src/apps/player/player.ts', import.meta.url));

/**
 * `virtual:player` is the player of page files as text, built by itself: `script` is one script with
 * everything in it, `style` one style sheet. The page loads it when somebody saves a page file.
 */
export function player(define: Record<string, string>): Plugin {
  return {
    name: 'player',
    resolveId: { filter: { id: new RegExp(`^${NAME}$`) }, handler: () => RESOLVED },
    load: {
      filter: { id: new RegExp(`^${RESOLVED}$`) },
      async handler() {
        const { script, style } = await built(define);
        return `export const script = ${JSON.stringify(script)};\nexport const style = ${JSON.stringify(style)};`;
      },
    },
  };
}

async function built(define: Record<string, string>): Promise<{ script: string; style: string }> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    define: { ...define, 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2023',
      cssCodeSplit: false,
      modulePreload: false,
      rolldownOptions: { input: ENTRY, output: { format: 'iife' } },
    },
  });
  const { output } = (Array.isArray(result) ? result[0] : result) as Rolldown.RolldownOutput;
  let [script, style] = ['', ''];
  for (const file of output) {
    if (file.type === 'chunk') script += file.code;
    else if (file.fileName.endsWith('.css')) style += file.source;
  }
  return { script, style };
}
