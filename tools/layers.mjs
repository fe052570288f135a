/**
 * The house in layers, written once. A folder may import itself and what `imports` names, all of which
 * stands above it in this list: nothing points up. `.dependency-cruiser.mjs` makes rules of it,
 * `tools/imports.mjs` holds the files to them, and `src/README.md` tells it in a table.
 */

/**
 * A folder; what it holds, in a line of Markdown; what it may import, nearest first, by the last part
 * of its name.
 * @typedef {{ folder: string, holds: string, imports: readonly string[] }} Layer
 */

/** @type {readonly Layer[]} */
export const LAYERS = [
  {
    folder: 'src/base',
    holds: 'assertions and numbers',
    imports: [],
  },
  {
    folder: 'src/glossary',
    holds: 'the words of the field, and where a text first uses one',
    imports: [],
  },
  {
    folder: 'src/engine',
    holds:
      "what a rank does and what it means: tensors of element ids by PyTorch's rules, the published programs, conditions, checks, explanations. No DOM, no Worker, no clock, no randomness",
    imports: ['base'],
  },
  {
    folder: 'src/case-text',
    holds:
      'a case as text: the fields of a link of any version (`link-fields.ts`, `link-upgrades.ts`) and those of its case (`case-fields.ts`), and what differs between two cases (`case-patch.ts`)',
    imports: ['engine', 'base'],
  },
  {
    folder: 'src/advice',
    holds:
      'what to do about a case that fails: the changes that a person would try (`candidates.ts`), each run over the whole job at a size that fails alike (`small-case.ts`, `try-case.ts`), as data (`advice.ts`) and as text (`advice-text.ts`)',
    imports: ['case-text', 'engine', 'base'],
  },
  {
    folder: 'src/repro',
    holds:
      "a recording written down as a Python script that does the same on real ranks: each rank's events as statements (`steps.ts`, `write-steps.ts`), merged into one function a pass (`merge.ts`, `render.ts`), amid the fixed parts of every script (`text/`)",
    imports: ['engine', 'base'],
  },
  {
    folder: 'src/ranks',
    holds:
      "the ranks' Workers: one a rank, a channel for each pair (`mesh.ts`), a pool that is kept warm; one run is watched over (`run-under-way.ts`), with bounded patience, and ends truly when ranks vanish (`vanished.ts`)",
    imports: ['engine', 'base'],
  },
  {
    folder: 'src/map',
    holds:
      "verdicts for many cases: the fields of heads × SP, the pattern of the bad ones, a model's legal degrees; a pool of Workers that judge them",
    imports: ['engine', 'base'],
  },
  {
    folder: 'src/museum',
    holds: 'public bugs as data: each broken case beside its repair, and what is claimed of it',
    imports: ['engine', 'base'],
  },
  {
    folder: 'src/trace',
    holds:
      'a recording in causal order: ticks, the state at each, where an element came from; two of them set `beside/` one another; what is `saved/`, and read again only if ranks could have left it',
    imports: ['engine', 'base'],
  },
  {
    folder: 'src/lessons',
    holds:
      'guided tours as data: `texts/` are Markdown, a step is a case, a moment (`when.ts`) and perhaps a question whose answer is derived from the run (`fact.ts`, compared with what was given by `answer.ts`) and which the ranks do not go beyond before it is given (`reach.ts`); read by `read-lesson.ts`, held to the ranks by `check-lesson.ts`',
    imports: ['trace', 'engine', 'base'],
  },
  {
    folder: 'src/picture',
    holds:
      'what pixels and lines are drawn with: an easel is the screen, a PNG or an SVG, and the same functions draw on each',
    imports: ['base'],
  },
  {
    folder: 'src/store',
    holds:
      'the page’s facts (`state.ts`; how a run is looked at is `view.ts`), one slice a question: the run, what repairs it, the case beside it, playback, the view, the history, the map, the lesson that is followed, presenting; links and session files (`link/`, `session/`); no React',
    imports: [
      'picture',
      'lessons',
      'trace',
      'museum',
      'map',
      'advice',
      'case-text',
      'engine',
      'base',
    ],
  },
  {
    folder: 'src/export',
    holds: 'what is exported: pictures with a caption, the page file, films',
    imports: ['store', 'picture', 'trace', 'engine', 'base'],
  },
  {
    folder: 'src/actions',
    holds: 'all that a person can do by key, palette or button, each written once',
    imports: ['export', 'store', 'trace', 'museum', 'repro', 'advice', 'case-text', 'engine'],
  },
  {
    folder: 'src/views',
    holds:
      'React owns lifetimes, `*-controller.ts` and `draw-*.ts` own pixels, on what `drawing/canvas-controller.ts` keeps for every canvas, `*layout.ts` and `arrange.ts` are pure; what not every visit needs is fetched when it is first shown (`fetched.tsx`). Buttons, fields, dialogs and what scrolls are styled once, in `kit/`; colours, sizes and the widths at which the layout changes in `tokens.css`, held by `scale.test.ts`',
    imports: [
      'actions',
      'export',
      'store',
      'picture',
      'lessons',
      'trace',
      'museum',
      'map',
      'advice',
      'case-text',
      'engine',
      'glossary',
      'base',
    ],
  },
  {
    folder: 'src/api',
    holds: '`window.rankscope`',
    imports: ['store', 'engine'],
  },
  {
    folder: 'src/embed',
    holds: 'what another page may say to this one in a frame, and what it hears',
    imports: ['store', 'trace', 'engine', 'base'],
  },
  {
    folder: 'src/player',
    holds:
      'the script of page files: stage, timeline and playback without React. `tools/player.ts` builds it by itself',
    imports: ['views', 'export', 'store', 'trace', 'glossary', 'base'],
  },
  {
    folder: 'src/offline',
    holds:
      'the service worker, built by `tools/offline.ts` with the list of all files, and what registers it',
    imports: ['store'],
  },
  {
    folder: 'src/cli',
    holds: '`npx rankscope`: the checks and the map in Node',
    imports: ['map', 'advice', 'case-text', 'engine', 'base'],
  },
  {
    folder: 'tools/golden',
    holds:
      'what the published Python returned, on real ranks and in wider cases, and the replay that holds the engine to it',
    imports: ['engine', 'base'],
  },
  {
    folder: 'tools/bench',
    holds:
      '`npm run bench`; what it measures is in `measured/`: the mesh, the stage and the map in pages of their own, the engine and the judging of the largest cases in Node',
    imports: ['golden', 'views', 'store', 'trace', 'map', 'ranks', 'engine', 'base'],
  },
];

/** The last part of a folder's name, by which others name it. */
export function nameOf({ folder }) {
  return folder.slice(folder.lastIndexOf('/') + 1);
}

/** The layer that stands above `layer` under a name. */
export function above(layer, name) {
  const found = LAYERS.slice(0, LAYERS.indexOf(layer)).find((other) => nameOf(other) === name);
  if (found === undefined) throw new Error(`nothing above ${layer.folder} is called ${name}`);
  return found;
}

/**
 * Where folders still go round in a circle: the imports that close it, by the files that are imported.
 * What they name stands below the implementations in truth, in the folder of what stands above them.
 * The list is to shrink: an entry that closes no circle any more is a fault.
 */
export const CLOSING_CYCLES = [
  { from: 'src/engine/condition', to: 'src/engine', files: ['python-error.ts'] },
  {
    from: 'src/engine/implementations',
    to: 'src/engine',
    files: ['implementation.ts', 'publication.ts', 'python-error.ts', 'tensor.ts'],
  },
  {
    from: 'src/engine/implementations/steps',
    to: 'src/engine',
    files: ['case.ts', 'implementation.ts', 'python-error.ts', 'tensor.ts'],
  },
];
