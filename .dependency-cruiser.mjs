/** The layers of `tools/layers.mjs` as rules of dependency-cruiser; `tools/imports.mjs` runs it. */
import { above, LISTS } from './tools/layers.mjs';

/** Tests sit beside the code and may use the real runs. */
const TEST = '\\.test\\.ts$';

const pathOf = (layer, name) => above(layer, name).folder;

/** Of one list of layers: each imports itself and what it names, and of the others nothing. */
const rulesOf = (layers) => {
  const all = layers.map(({ folder }) => folder).join('|');
  return layers.map((layer) => {
    const allowed = layer.imports.map((name) => pathOf(layer, name));
    return {
      name: `${layer.folder} imports only ${['itself', ...allowed].join(', ')}`,
      severity: 'error',
      from: { path: `^${layer.folder}/`, pathNot: TEST },
      to: { path: `^(${all})/`, pathNot: `^(${[layer.folder, ...allowed].join('|')})/` },
    };
  });
};

const layers = LISTS.flatMap(rulesOf);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layers,
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      // The catalogue collects its folder by `import.meta.glob`, which is no import to be followed.
      name: 'no implementation reaches the catalogue that collects it',
      severity: 'error',
      from: { path: '^src/core/programs/implementations/', pathNot: '/index\\.(test\\.)?ts$' },
      to: { path: '^src/core/programs/implementations/index\\.ts$', reachable: true },
    },
    {
      name: 'what draws has no React',
      severity: 'error',
      from: {
        path: '^src/(base|core|trace|content|workers|picture|store|share|draw)/',
        pathNot: TEST,
      },
      to: { path: '(^|/)node_modules/(react|react-dom|@base-ui)/|\\.tsx$' },
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
