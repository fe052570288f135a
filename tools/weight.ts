import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** The most that a script or a style sheet may weigh, in bytes, zipped, by the name of what it holds. */
const BUDGETS: Readonly<Record<string, number>> = {
  'page.js': 122_000,
  'page.css': 11_000,
  'libraries.js': 53_000,
  'core.js': 60_500,
  'react.js': 70_000,
  'd3.js': 19_500,
  'popups.js': 69_000,
  'code.js': 160_000,
  'film.js': 42_000,
  'read-lesson.js': 50_000,
  '_virtual_player.js': 84_000,
  'rank.worker.js': 62_000,
  'map.worker.js': 79_500,
  'built-in.js': 15_000,
  'inspector.js': 27_000,
};

/** Of all others. */
const SMALL = 12_000;

/** Scripts and style sheets that are asked for before the first picture, together; without the ranks’. */
const FIRST_PICTURE = 334_000;

/**
 * Holds what is built to what it may weigh: what is too heavy ends the build with a sentence. Where it
 * is so by right, its budget is raised here.
 */
export function weight(): Plugin {
  return {
    name: 'weight',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const faults = faultsOf(bundle);
        if (faults.length > 0) this.error(faults.join('\n'));
      },
    },
  };
}

function faultsOf(bundle: Rolldown.OutputBundle): string[] {
  const weights = new Map<string, number>();
  for (const file of Object.values(bundle)) {
    if (!/\.(js|css)$/.test(file.fileName)) continue;
    const content = file.type === 'chunk' ? file.code : file.source;
    weights.set(file.fileName, gzipSync(content).length);
  }
  const faults = [...weights].flatMap(([name, bytes]) => {
    const most = BUDGETS[holds(name)] ?? SMALL;
    return bytes <= most ? [] : [`${name} weighs ${bytes} bytes zipped; it may weigh ${most}.`];
  });
  const first = [...firstFiles(bundle)].map((name) => ({ name, bytes: weights.get(name) ?? 0 }));
  const all = first.reduce((sum, { bytes }) => sum + bytes, 0);
  if (all > FIRST_PICTURE) {
    const parts = first.map(({ name, bytes }) => `${name} ${bytes}`).join(', ');
    faults.push(
      `The first picture needs ${all} bytes, zipped; it may need ${FIRST_PICTURE}: ${parts}.`,
    );
  }
  return faults;
}

/** "page.js" for "assets/page-Bocgtoqe.js": the name without its hash of eight letters. */
function holds(fileName: string): string {
  return fileName.replace(/^.*\//, '').replace(/-.{8}(?=\.\w+$)/, '');
}

/** What an entry cannot begin without: all that it imports, and the style sheets of that. */
function firstFiles(bundle: Rolldown.OutputBundle): Set<string> {
  const found = new Set<string>();
  const follow = (name: string) => {
    const file = bundle[name];
    if (found.has(name) || file?.type !== 'chunk') return;
    found.add(name);
    for (const sheet of file.viteMetadata?.importedCss ?? []) found.add(sheet);
    for (const imported of file.imports) follow(imported);
  };
  for (const file of Object.values(bundle)) {
    if (file.type === 'chunk' && file.isEntry) follow(file.fileName);
  }
  return found;
}
