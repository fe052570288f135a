/**
 * `npm run bench`: speed as JSON, one line a figure; medians, and ratios where possible. A last line
 * says how many of the figures with a target hold it, and which do not.
 * `npm run bench -- map verdict` takes only these measures.
 */
import { ensureInstalled } from '../install.mjs';
import { measureDegrees } from './degrees.mjs';
import { measureEngine } from './engine.mjs';
import { createFigures } from './figures.mjs';
import { measureLarge } from './large.mjs';
import { measureMap } from './map.mjs';
import { measureMesh } from './mesh.mjs';
import { measureStage } from './stage.mjs';
import { measureTimeline } from './timeline.mjs';
import { measureVerdict } from './verdict.mjs';

const MEASURES = {
  engine: measureEngine,
  mesh: measureMesh,
  verdict: measureVerdict,
  large: measureLarge,
  timeline: measureTimeline,
  map: measureMap,
  degrees: measureDegrees,
  stage: measureStage,
};

const named = process.argv.slice(2);
for (const name of named) {
  if (Object.hasOwn(MEASURES, name)) continue;
  console.error(
    `There is no measure "${name}". There are ${Object.keys(MEASURES).join(', ')}; without a name all are taken.`,
  );
  process.exit(1);
}
ensureInstalled();
// What it imports has been installed by now.
const { createPages } = await import('./pages.mjs');
const pages = createPages();
const { tell, judge } = createFigures();
try {
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (named.length === 0 || named.includes(name)) await measure(tell, pages);
  }
} finally {
  await pages.close();
}
judge();
