/**
 * Holds `src` and `tools` to their layers, and mistrusts a checker that saw almost nothing.
 * `npm run imports -- --write` first writes the table of `src/README.md` anew.
 */
import { readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import rules from '../.dependency-cruiser.mjs';
import { circlesIn } from './folder-cycles.mjs';
import { above, LAYERS, LISTS, nameOf } from './layers.mjs';
import { isTableTrue, writeTable } from './layers-table.mjs';

if (process.argv.includes('--write')) writeTable();

const FOLDERS = ['src', 'tools'];

const { output } = await cruise(
  FOLDERS,
  { ...rules.options, ruleSet: { forbidden: rules.forbidden }, validate: true },
  {},
  { tsConfig: extractTSConfig('tsconfig.json') },
);

const seen = new Set(output.modules.map(({ source }) => source));
const files = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true }).map((name) => posix.join(folder, String(name))),
).filter((name) => /\.(tsx?|mjs)$/.test(name));
const unseen = files.filter((name) => !seen.has(name));
if (unseen.length > 0) {
  console.error(`the import rule was not checked on ${unseen.join(', ')}: it proves nothing`);
  process.exit(1);
}

/** Who imports what, both of the house; tests may use what they like. */
const edges = output.modules
  .filter(({ source }) => files.includes(source) && !source.endsWith('.test.ts'))
  .flatMap(({ source, dependencies }) => dependencies.map(({ resolved }) => [source, resolved]))
  .filter(([, to]) => files.includes(to));

/** What a layer may import, and does not. */
const unused = LISTS.flat().flatMap((layer) =>
  layer.imports
    .map((name) => above(layer, name).folder)
    .filter(
      (folder) =>
        !edges.some(([a, b]) => a.startsWith(`${layer.folder}/`) && b.startsWith(`${folder}/`)),
    )
    .map((folder) => `${layer.folder} may import ${folder}, and does not: tools/layers.mjs`),
);

const isIn = (layers, file) => layers.some(({ folder }) => file.startsWith(`${folder}/`));
const core = LAYERS.find((layer) => nameOf(layer) === 'core')?.parts ?? [];
/** Files in a folder that no layer names, and those of the core that are in none of its parts. */
const homeless = files.filter(
  (file) =>
    (file.split('/').length > 2 && !isIn(LAYERS, file)) ||
    (file.startsWith('src/core/') && !isIn(core, file)),
);

const faults = [
  ...homeless.map((file) => `${file} is in a folder without a layer: tools/layers.mjs`),
  ...output.summary.violations.map(({ rule, from, to }) => `${from} imports ${to}: ${rule.name}`),
  ...unused,
  ...circlesIn(edges),
  ...(isTableTrue()
    ? []
    : ['src/README.md does not say what tools/layers.mjs says: npm run imports -- --write']),
];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log(`import rule: ${files.length} files, nothing points up, no cycles`);
