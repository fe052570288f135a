/**
 * The house in layers, written once. A folder may import itself and what `imports` names, all of which
 * stands above it in this list: nothing points up. `.dependency-cruiser.mjs` makes rules of it,
 * `tools/imports.mjs` holds the files to them, and `src/README.md` tells it in a table.
 */

/**
 * A folder; what it holds, in a line of Markdown; what it may import, nearest first, by the last part
 * of its name. Its `parts` are folders in it that are held in the same way among themselves, from the
 * top down; what they import from outside is what the whole may.
 * @typedef {{ folder: string, holds: string, imports: readonly string[], parts?: readonly Layer[] }} Layer
 */

/** @type {readonly Layer[]} */
export const LAYERS = [
  {
    folder: 'src/base',
    holds: 'assertions and numbers',
    imports: [],
  },
  {
    folder: 'src/core',
    holds: 'what a rank does and what it means. No DOM, no Worker, no clock, no randomness',
    imports: ['base'],
    parts: [
      {
        folder: 'src/core/python',
        holds:
          'a subset of Python for conditions: parsed, evaluated, exact or refused at its place',
        imports: [],
      },
      {
        folder: 'src/core/tensor',
        holds:
          'strided tensors of element ids by PyTorch’s rules; one table of operations: what each does, where elements go, its line in Python',
        imports: ['python'],
      },
      {
        folder: 'src/core/contract',
        holds:
          'what is asked of ranks: calls, named axes and layouts, how the sequence is dealt, the shards that follow',
        imports: [],
      },
      {
        folder: 'src/core/recording',
        holds:
          'what ranks leave behind: kinds of event, storages, the referee of collectives, who waits for whom',
        imports: ['contract', 'tensor', 'python'],
      },
      {
        folder: 'src/core/published',
        holds:
          'what a published all-to-all is: what it asks of its rank, its guards, its callers, where it was published',
        imports: ['contract', 'tensor', 'python'],
      },
      {
        folder: 'src/core/programs',
        holds: 'the published all-to-alls, one file each, and the list of them',
        imports: ['published', 'contract', 'tensor', 'python'],
      },
      {
        folder: 'src/core/cases',
        holds:
          'the fields of a case in one table, read and refused by it; models and their kinds of layers',
        imports: ['programs', 'published', 'recording', 'contract', 'python'],
      },
      {
        folder: 'src/core/world',
        holds: 'a rank that runs its program, and the driver that runs all of them in one thread',
        imports: ['cases', 'programs', 'published', 'recording', 'contract', 'tensor', 'python'],
      },
      {
        folder: 'src/core/bulk',
        holds: 'many runs at once: ranks that do the same run once, elements in an arena',
        imports: [
          'world',
          'cases',
          'programs',
          'published',
          'recording',
          'contract',
          'tensor',
          'python',
        ],
      },
      {
        folder: 'src/core/judge',
        holds:
          'what a recording means: the truth, `checks/`, verdicts, and why, in sentences (`explain/`)',
        imports: [
          'bulk',
          'world',
          'cases',
          'published',
          'recording',
          'contract',
          'tensor',
          'python',
        ],
      },
      {
        folder: 'src/core/case-text',
        holds:
          'a case as text: the fields of a link of any version (`link-fields.ts`, `link-upgrades.ts`) and those of its case (`case-fields.ts`), and what differs between two cases (`case-patch.ts`)',
        imports: ['cases', 'programs', 'contract'],
      },
      {
        folder: 'src/core/advice',
        holds:
          'what to do about a case that fails: the changes that a person would try (`candidates.ts`), each run over the whole job at a size that fails alike (`small-case.ts`, `try-case.ts`), as data (`advice.ts`) and as text (`advice-text.ts`)',
        imports: [
          'case-text',
          'judge',
          'bulk',
          'cases',
          'programs',
          'published',
          'recording',
          'contract',
        ],
      },
    ],
  },
  {
    folder: 'src/trace',
    holds:
      'a recording in causal order: ticks, the state at each, where an element came from; two of them set `beside/` one another; what is `saved/`, and read again only if ranks could have left it',
    imports: ['core', 'base'],
  },
  {
    folder: 'src/content',
    holds: 'what is told, as data that tests hold to the ranks',
    imports: ['trace', 'core', 'base'],
    parts: [
      {
        folder: 'src/content/glossary',
        holds: 'the words of the field, and where a text first uses one',
        imports: [],
      },
      {
        folder: 'src/content/museum',
        holds: 'public bugs as data: each broken case beside its repair, and what is claimed of it',
        imports: [],
      },
      {
        folder: 'src/content/lessons',
        holds:
          'guided tours as data: `texts/` are Markdown, a step is a case, a moment (`when.ts`) and perhaps a question whose answer is derived from the run (`fact.ts`, compared with what was given by `answer.ts`) and which the ranks do not go beyond before it is given (`reach.ts`); read by `read-lesson.ts`, held to the ranks by `check-lesson.ts`',
        imports: [],
      },
    ],
  },
  {
    folder: 'src/workers',
    holds: 'what runs in Workers',
    imports: ['core', 'base'],
    parts: [
      {
        folder: 'src/workers/ranks',
        holds:
          "the ranks' Workers: one a rank, a channel for each pair (`mesh.ts`), a pool that is kept warm; one run is watched over (`run-under-way.ts`), with bounded patience, and ends truly when ranks vanish (`vanished.ts`)",
        imports: [],
      },
      {
        folder: 'src/workers/map',
        holds:
          "verdicts for many cases: the fields of heads × SP, the pattern of the bad ones, a model's legal degrees; a pool of Workers that judge them",
        imports: [],
      },
    ],
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
    imports: ['picture', 'workers', 'content', 'trace', 'core', 'base'],
  },
  {
    folder: 'src/share',
    holds: 'what leaves the page: pictures and films, page files, scripts for real ranks',
    imports: ['store', 'picture', 'trace', 'core', 'base'],
    parts: [
      {
        folder: 'src/share/repro',
        holds:
          "a recording written down as a Python script that does the same on real ranks: each rank's events as statements (`steps.ts`, `write-steps.ts`), merged into one function a pass (`merge.ts`, `render.ts`), amid the fixed parts of every script (`text/`)",
        imports: [],
      },
      {
        folder: 'src/share/export',
        holds: 'what is exported: pictures with a caption, the page file, films',
        imports: [],
      },
    ],
  },
  {
    folder: 'src/draw',
    holds:
      'the controllers of stage, timeline and map, and all that they draw with: `*layout.ts` and `arrange.ts` are pure, `draw-*.ts` own pixels, `canvas/` keeps what every canvas needs. No React',
    imports: ['store', 'picture', 'content', 'workers', 'trace', 'core', 'base'],
    parts: [
      {
        folder: 'src/draw/canvas',
        holds: 'sizes, frames, pointers and what changes the look, for every canvas',
        imports: [],
      },
      {
        folder: 'src/draw/stage',
        holds: 'the stage: cards, cells, flights, the way of an element',
        imports: ['canvas'],
      },
      {
        folder: 'src/draw/timeline',
        holds: 'the timeline: marks, messages, waits, the window on them',
        imports: ['canvas'],
      },
      { folder: 'src/draw/map', holds: 'the map of verdicts', imports: ['stage', 'canvas'] },
    ],
  },
  {
    folder: 'src/ui',
    holds:
      'React owns lifetimes, one folder a panel; pixels are those of `draw/`. What not every visit needs is fetched when it is first shown (`fetched.tsx`). Buttons, fields, dialogs and what scrolls are styled once, in `kit/`; colours, sizes and the widths at which the layout changes in `tokens.css`, held by `scale.test.ts`',
    imports: ['draw', 'share', 'store', 'picture', 'workers', 'content', 'trace', 'core', 'base'],
    parts: [
      {
        folder: 'src/ui/actions',
        holds: 'all that a person can do by key, palette or button, each written once',
        imports: [],
      },
      {
        folder: 'src/ui/kit',
        holds: 'buttons, fields, dialogs, popovers and what scrolls, each styled once',
        imports: [],
      },
    ],
  },
  {
    folder: 'src/apps',
    holds: 'what is built: each a way to meet Rankscope',
    imports: ['ui', 'draw', 'share', 'store', 'workers', 'content', 'trace', 'core', 'base'],
    parts: [
      { folder: 'src/apps/api', holds: '`window.rankscope`', imports: [] },
      {
        folder: 'src/apps/embed',
        holds: 'what another page may say to this one in a frame, and what it hears',
        imports: [],
      },
      {
        folder: 'src/apps/player',
        holds:
          'the script of page files: stage, timeline and playback without React. `tools/player.ts` builds it by itself',
        imports: [],
      },
      {
        folder: 'src/apps/offline',
        holds:
          'the service worker, built by `tools/offline.ts` with the list of all files, and what registers it',
        imports: [],
      },
      {
        folder: 'src/apps/cli',
        holds: '`npx rankscope`: the checks and the map in Node',
        imports: [],
      },
    ],
  },
  {
    folder: 'tools/golden',
    holds:
      'what the published Python returned, on real ranks and in wider cases, and the replay that holds the engine to it',
    imports: ['core', 'base'],
  },
  {
    folder: 'tools/bench',
    holds:
      '`npm run bench`; what it measures is in `measured/`: the mesh, the stage and the map in pages of their own, the engine and the judging of the largest cases in Node',
    imports: ['golden', 'draw', 'store', 'trace', 'workers', 'core', 'base'],
  },
];

/** Those that stand with one another: the layers of the house, and the parts of each. */
export const LISTS = [LAYERS, ...LAYERS.map(({ parts = [] }) => parts)];

/** The last part of a folder's name, by which others name it. */
export function nameOf({ folder }) {
  return folder.slice(folder.lastIndexOf('/') + 1);
}

/** The layer that stands above `layer` under a name, among those that it stands with. */
export function above(layer, name) {
  const among = LISTS.find((list) => list.includes(layer));
  const found = among?.slice(0, among.indexOf(layer)).find((other) => nameOf(other) === name);
  if (found === undefined) throw new Error(`nothing above ${layer.folder} is called ${name}`);
  return found;
}
