/**
 * The import rule of `src/README.md`, once: which folder may import which. Each folder may import
 * itself and what is listed here; nothing points up, and there are no cycles.
 */
const MAY_IMPORT = {
  base: [],
  glossary: [],
  engine: ['base'],
  'case-text': ['engine', 'base'],
  advice: ['case-text', 'engine', 'base'],
  repro: ['engine', 'base'],
  ranks: ['engine', 'base'],
  trace: ['engine', 'base'],
  picture: ['base'],
  lessons: ['trace', 'engine', 'base'],
  store: ['advice', 'case-text', 'lessons', 'map', 'trace', 'museum', 'engine', 'base'],
  museum: ['engine', 'base'],
  export: ['picture', 'store', 'lessons', 'trace', 'engine', 'base'],
  actions: [
    'export',
    'store',
    'advice',
    'case-text',
    'lessons',
    'trace',
    'museum',
    'repro',
    'engine',
    'base',
  ],
  views: [
    'actions',
    'export',
    'picture',
    'store',
    'advice',
    'case-text',
    'lessons',
    'map',
    'trace',
    'museum',
    'glossary',
    'engine',
    'base',
  ],
  embed: ['store', 'trace', 'engine', 'base'],
  offline: ['store', 'engine', 'base'],
  player: ['views', 'export', 'store', 'trace', 'glossary', 'engine', 'base'],
  api: ['store', 'advice', 'trace', 'engine', 'base'],
  map: ['engine', 'base'],
  cli: ['map', 'advice', 'case-text', 'museum', 'engine', 'base'],
};

/** The same of the tools that run what `src` holds; nothing in `src` knows of them. */
const TOOLS_MAY_IMPORT = {
  golden: ['engine', 'base'],
  bench: ['views', 'store', 'lessons', 'map', 'trace', 'ranks', 'engine', 'base'],
};

const forbidden = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `${folder} imports only ${[...allowed, 'itself'].join(', ')}`,
  severity: 'error',
  // Tests sit beside the code and may use the real runs.
  from: { path: `^src/${folder}/`, pathNot: '\\.test\\.ts$' },
  to: { path: '^src/', pathNot: `^src/(${[folder, ...allowed].join('|')})/` },
}));

const forbiddenTools = Object.entries(TOOLS_MAY_IMPORT).map(([folder, allowed]) => ({
  name: `tools/${folder} imports only ${allowed.join(', ')} of src`,
  severity: 'error',
  from: { path: `^tools/${folder}/`, pathNot: '\\.test\\.ts$' },
  to: { path: '^src/', pathNot: `^src/(${allowed.join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...forbidden,
    ...forbiddenTools,
    {
      name: 'nothing that is built knows of the golden runs and the benches',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^tools/' },
    },
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
      from: { path: '^src/', pathNot: '^src/main\\.tsx$' },
      to: { path: '^src/main\\.tsx$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
  },
};
