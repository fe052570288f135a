import { basename, dirname } from 'node:path';
import MagicString from 'magic-string';
import { type ESTree, type Plugin, parseSync, Visitor } from 'vite';

/** A file that is run; not one whose text is asked for (`…?raw`). */
const IMPLEMENTATION = /\/src\/core\/programs\/implementations\/(?:steps\/)?(?!index\.)[^/]+\.ts$/;

/**
 * Lets every event of a recording know the line of the implementation that made it. In the files of
 * `src/core/programs/implementations` and its `steps` alone, while they are built,
 *
 *   function* reshard(rank, input) {
 *     const pieces = input.reshape([s, B]).contiguous();
 *     yield { kind: 'all_to_all', … };
 *
 * becomes, line by line the same,
 *
 *   function* reshard(rank, input) { const __f = __enter("verl");
 *     const pieces = __at(input.reshape(__at([s, B], __f, 2)), __f, 2).contiguous();
 *     yield __at({ kind: 'all_to_all', … }, __f, 3);
 *
 * A line is marked by the last thing that is evaluated before a call: its last argument, or what it
 * is called on. `src/core/recording/source.ts` keeps the marks. Nothing else of the program changes.
 */
export function sourceLines(): Plugin {
  return {
    name: 'source-lines',
    enforce: 'pre',
    transform: {
      filter: { id: IMPLEMENTATION },
      handler: (code, id) => markedLines(code, basename(id, '.ts'), pathToCore(id)),
    },
  };
}

type Call = ESTree.CallExpression | ESTree.NewExpression;

/** From the folder of an implementation's file, or of its steps, to `src/core`. */
function pathToCore(id: string): string {
  return basename(dirname(id)) === 'steps' ? '../../..' : '../..';
}

/** The program `code` of `file` (without its ending), with its lines marked, and a source map. */
function markedLines(code: string, file: string, core: string) {
  const { program } = parseSync(`${file}.ts`, code);
  const silent = silentNames(program);
  const edited = new MagicString(code);
  const lineAt = lineCounter(code);
  let depth = 0;
  let marks = 0;
  let marksBefore = 0;

  const mark = (node: ESTree.Span, position: number) => {
    if (depth === 0) return;
    marks += 1;
    edited.appendRight(node.start, '__at(');
    edited.prependLeft(node.end, `, __f, ${lineAt(position)})`);
  };

  const markCall = ({ callee, arguments: given, start }: Call) => {
    const last = given.at(-1);
    const latest = last?.type === 'SpreadElement' ? last.argument : last;
    if (callee.type === 'MemberExpression') {
      mark(latest ?? callee.object, callee.property.start);
    } else if (callee.type !== 'Identifier' || !silent.has(callee.name)) {
      mark(latest ?? callee, start);
    }
  };

  // The outermost functions get a frame, if anything in them is marked; what is nested shares it.
  const enter = () => {
    if (depth === 0) marksBefore = marks;
    depth += 1;
  };
  const leave = ({ body }: ESTree.Function | ESTree.ArrowFunctionExpression) => {
    depth -= 1;
    if (depth > 0 || marks === marksBefore || body === null) return;
    const frame = `const __f = __enter(${JSON.stringify(file)});`;
    if (body.type === 'BlockStatement') edited.appendRight(body.start + 1, ` ${frame}`);
    else {
      edited.prependRight(body.start, `{ ${frame} return `);
      edited.appendLeft(body.end, '; }');
    }
  };

  new Visitor({
    FunctionDeclaration: enter,
    FunctionExpression: enter,
    ArrowFunctionExpression: enter,
    'FunctionDeclaration:exit': leave,
    'FunctionExpression:exit': leave,
    'ArrowFunctionExpression:exit': leave,
    CallExpression: markCall,
    NewExpression: markCall,
    YieldExpression({ delegate, argument, start }) {
      if (!delegate && argument !== null) mark(argument, start);
    },
    ReturnStatement({ argument, start }) {
      if (argument !== null && !delegates(argument)) mark(argument, start);
    },
  }).visit(program);

  if (marks === 0) return null;
  edited.prepend(
    `import { enterSource as __enter, markLine as __at } from '${core}/recording/source.ts'; `,
  );
  return { code: edited.toString(), map: edited.generateMap({ hires: true }) };
}

/** What is returned once another generator has run keeps that generator's last line. */
function delegates(returned: ESTree.Expression): boolean {
  return returned.type === 'YieldExpression' && returned.delegate;
}

/** What comes from `base/` only reckons: nothing of it is an operation, and none of it calls back. */
function silentNames({ body }: ESTree.Program): ReadonlySet<string> {
  return new Set(
    body.flatMap((statement) =>
      statement.type === 'ImportDeclaration' && /^(\.\.\/)+base\//.test(statement.source.value)
        ? statement.specifiers.map(({ local }) => local.name)
        : [],
    ),
  );
}

/** The line of a position in `code`, counted from 1. */
function lineCounter(code: string): (position: number) => number {
  const ends = [...code.matchAll(/\n/g)].map(({ index }) => index);
  return (position) => ends.filter((end) => end < position).length + 1;
}
