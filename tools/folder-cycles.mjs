/** Folders that import one another in a circle, though no file does. */
import { dirname, relative } from 'node:path';

/**
 * What is wrong with the folders of `edges`, pairs of files of which the first imports the second:
 * circles of which no entry of `known` tells, and entries that tell of nothing.
 */
export function folderFaults(edges, known) {
  const tells = (entry, [from, to]) =>
    entry.from === dirname(from) &&
    entry.to === dirname(to) &&
    entry.files.includes(relative(entry.to, to));
  const isKnown = (edge) => known.some((entry) => tells(entry, edge));
  const closing = closingEdges(edges.filter((edge) => !isKnown(edge)));
  const needed = new Set(
    closingEdges(edges)
      .filter(isKnown)
      .map(([from, to]) => `${dirname(from)} → ${to}`),
  );
  return [
    ...circles(closing),
    ...known.flatMap(({ from, to, files }) =>
      files
        .map((file) => `${from} → ${to}/${file}`)
        .filter((told) => !needed.has(told))
        .map((told) => `${told} closes no circle any more: tools/layers.mjs`),
    ),
  ];
}

/** Each folder that imports another and is reached from it, with one file that does. */
function circles(closing) {
  const examples = new Map();
  for (const [from, to] of closing) {
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
