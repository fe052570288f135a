import { isNode, LineCounter, parseDocument } from 'yaml';
import type { LessonProblem } from './lesson.ts';

/** YAML that stands within a longer text: its value, and on which line of the text each field is. */
export interface YamlBlock {
  readonly value: unknown;
  /** The line of a field, or of the nearest one around it that is there. */
  lineOf(path: readonly (string | number)[]): number;
}

export type ReadYaml =
  | { readonly ok: true; readonly block: YamlBlock }
  | { readonly ok: false; readonly problem: LessonProblem };

/** Reads YAML whose first line is line `first` of the text that it stands in. Nothing in it is run. */
export function readYaml(text: string, first: number): ReadYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'core' });
  const lineAt = (offset: number) => first + Math.max(1, lines.linePos(offset).line) - 1;
  const [error] = document.errors;
  if (error !== undefined) {
    const [sentence = ''] = error.message.split(/ at line \d|\n/);
    return { ok: false, problem: { line: lineAt(error.pos[0]), message: `YAML: ${sentence}` } };
  }
  const lineOf = (path: readonly (string | number)[]): number => {
    const node = path.length === 0 ? document.contents : document.getIn(path, true);
    if (isNode(node) && node.range != null) return lineAt(node.range[0]);
    return path.length === 0 ? first : lineOf(path.slice(0, -1));
  };
  try {
    return { ok: true, block: { value: document.toJS({ maxAliasCount: 20 }), lineOf } };
  } catch {
    return { ok: false, problem: { line: first, message: 'YAML: too many aliases' } };
  }
}
