import { basename } from 'node:path';
import MagicString from 'magic-string';
import type ts from 'typescript';
import type { Plugin } from 'vite';

/** A file that is run; not one whose text is asked for (`…?raw`). */
const IMPLEMENTATION = /\/src\/engine\/implementations\/(?!index\.)[^/]+\.ts$/;

/**
 * Lets every event of a recording know the line of the implementation that made it. In the files of
 * `src/engine/implementations` alone, while they are built,
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
 * is called on. `src/engine/source.ts` keeps the marks. Nothing else of the program changes.
 */
export function sourceLines(): Plugin {
  return {
    name: 'source-lines',
    enforce: 'pre',
    transform: {
      filter: { id: IMPLEMENTATION },
      async handler(code, id) {
        const { default: typescript } = await import('typescript');
        return markedLines(typescript, code, basename(id, '.ts'));
      },
    },
  };
}

/** The program `code` of `file` (without its ending), with its lines marked, and a source map. */
function markedLines(typescript: typeof ts, code: string, file: string) {
  const tree = typescript.createSourceFile(
    `${file}.ts`,
    code,
    typescript.ScriptTarget.Latest,
    true,
    typescript.ScriptKind.TS,
  );
  const edited = new MagicString(code);
  const silent = silentNames(typescript, tree);
  let marks = 0;

  const lineOf = (position: number) => tree.getLineAndCharacterOfPosition(position).line + 1;
  const mark = (node: ts.Node, position: number) => {
    marks += 1;
    edited.appendRight(node.getStart(), '__at(');
    edited.prependLeft(node.getEnd(), `, __f, ${lineOf(position)})`);
  };

  /** Inside of a function, whose frame is `__f`; what is nested in it shares the frame. */
  function visitBody(node: ts.Node): void {
    if (typescript.isCallExpression(node) || typescript.isNewExpression(node)) {
      const callee = node.expression;
      const last = node.arguments?.at(-1);
      if (typescript.isPropertyAccessExpression(callee)) {
        mark(lastOf(last) ?? callee.expression, callee.name.getStart());
      } else if (!(typescript.isIdentifier(callee) && silent.has(callee.text))) {
        mark(lastOf(last) ?? callee, node.getStart());
      }
    } else if (typescript.isYieldExpression(node)) {
      if (node.asteriskToken === undefined && node.expression !== undefined) {
        mark(node.expression, node.getStart());
      }
    } else if (typescript.isReturnStatement(node) && node.expression !== undefined) {
      if (!delegates(node.expression)) mark(node.expression, node.getStart());
    }
    typescript.forEachChild(node, visitBody);
  }

  function lastOf(argument: ts.Expression | undefined): ts.Expression | undefined {
    return argument !== undefined && typescript.isSpreadElement(argument)
      ? argument.expression
      : argument;
  }

  /** What is returned after another generator has run keeps that generator's last line. */
  function delegates(node: ts.Node): boolean {
    if (typescript.isYieldExpression(node)) return true;
    return typescript.forEachChild(node, (child) => delegates(child) || undefined) ?? false;
  }

  /** Outside of functions: the outermost ones get a frame, if anything in them is marked. */
  function visitTop(node: ts.Node): void {
    if (!typescript.isFunctionLike(node) || !('body' in node) || node.body === undefined) {
      typescript.forEachChild(node, visitTop);
      return;
    }
    const body = node.body as ts.Node;
    const before = marks;
    visitBody(body);
    if (marks === before) return;
    const enter = `const __f = __enter(${JSON.stringify(file)});`;
    if (typescript.isBlock(body)) edited.appendRight(body.getStart() + 1, ` ${enter}`);
    else {
      edited.prependRight(body.getStart(), `{ ${enter} return `);
      edited.appendLeft(body.getEnd(), '; }');
    }
  }

  typescript.forEachChild(tree, visitTop);
  if (marks === 0) return null;
  edited.prepend(`import { enterSource as __enter, markLine as __at } from '../source.ts'; `);
  return { code: edited.toString(), map: edited.generateMap({ hires: true }) };
}

/** What comes from `base/` only reckons: nothing of it is an operation, and none of it calls back. */
function silentNames(typescript: typeof ts, tree: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of tree.statements) {
    if (!typescript.isImportDeclaration(statement)) continue;
    const from = statement.moduleSpecifier;
    if (!typescript.isStringLiteral(from) || !from.text.startsWith('../../base/')) continue;
    const named = statement.importClause?.namedBindings;
    if (named === undefined || !typescript.isNamedImports(named)) continue;
    for (const { name } of named.elements) names.add(name.text);
  }
  return names;
}
