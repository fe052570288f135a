/** Folders that import one another in a circle, though no file does. */
import { dirname } from 'node:path';

/**
 * The circles of folders in `edges`, pairs of files of which the first imports the second: each folder
 * that imports another and is reached from it, with one file that does.
 */
export function circlesIn(edges) {
  const examples = new Map();
  for (const [from, to] of closingEdges(edges)) {
    examples.set(`${dirname(from)} and ${dirname(to)}`, `${from} imports ${to}`);
  }
  return [...examples].map(
    ([folders, example]) => `${folders} are in a circle of folders: ${example}`,
  );
}

/** The edges between two folders each of which reaches the other. */
function closingEdges(edges) {
  const next = new Map();
  for (const [from, to] of edges) {
    const folder = dirname(from);
    next.set(folder, (next.get(folder) ?? new Set()).add(dirname(to)));
  }
  const reached = new Map([...next.keys()].map((folder) => [folder, reachedFrom(folder, next)]));
  return edges.filter(
    ([from, to]) =>
      dirname(from) !== dirname(to) && (reached.get(dirname(to))?.has(dirname(from)) ?? false),
  );
}

function reachedFrom(folder, next) {
  const reached = new Set();
  const open = [folder];
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    for (const other of next.get(here) ?? []) {
      if (reached.has(other)) continue;
      reached.add(other);
      open.push(other);
    }
  }
  return reached;
}
