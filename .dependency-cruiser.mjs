/** The layers of `tools/layers.mjs` as rules of dependency-cruiser; `tools/imports.mjs` runs it. */
import { above, LAYERS } from './tools/layers.mjs';

/** Tests sit beside the code and may use the real runs. */
const TEST = '\\.test\\.ts$';

const HOUSE = LAYERS.map(({ folder }) => folder).join('|');

const layers = LAYERS.map((layer) => {
  const allowed = layer.imports.map((name) => above(layer, name).folder);
  return {
    name: `${layer.folder} imports only ${['itself', ...allowed].join(', ')}`,
    severity: 'error',
    from: { path: `^${layer.folder}/`, pathNot: TEST },
    to: { path: `^(${HOUSE})/`, pathNot: `^(${[layer.folder, ...allowed].join('|')})/` },
  };
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layers,
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      // The catalogue collects its folder by `import.meta.glob`, which is no import to be followed.
      name: 'no implementation reaches the catalogue that collects it',
      severity: 'error',
      from: { path: '^src/engine/implementations/', pathNot: '/index\\.(test\\.)?ts$' },
      to: { path: '^src/engine/implementations/index\\.ts$', reachable: true },
    },
    {
      name: 'only main.tsx stands above the folders',
      severity: 'error',
      from: { path: '^(src|tools)/', pathNot: '^src/main\\.tsx$' },
      to: { path: '^src/[^/]+$' },
    },
    {
      name: 'what builds and starts knows nothing of what it builds',
      severity: 'error',
      from: { path: '^tools/[^/]+$' },
      to: { path: '^src/' },
    },
    {
      name: 'nothing that is built knows of a tool',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST },
      to: { path: '^tools/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
  },
};
