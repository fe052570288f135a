import { assert } from '../../../src/base/assert.ts';
import { range, sum } from '../../../src/base/numbers.ts';
import type { Steps } from '../../../src/base/steps.ts';
import { parseCase } from '../../../src/core/cases/case-input.ts';
import { findImplementation } from '../../../src/core/programs/implementations/index.ts';
import { runWorld } from '../../../src/core/world/world.ts';
import { extentsByTick } from '../../../src/draw/stage/extents.ts';
import { frameInSteps } from '../../../src/draw/stage/frame.ts';
import { layoutStage } from '../../../src/draw/stage/layout.ts';
import { wrongInSteps } from '../../../src/draw/stage/wrong-cells.ts';
import { landing, showInSteps } from '../../../src/store/shown.ts';
import type { Trace } from '../../../src/trace/trace.ts';

/**
 * The largest cases that are accepted, judged in steps, in Node, and what is then worked out to draw
 * them. Prints as JSON, of each, how long the longest step took and all of them together, in
 * milliseconds: `[{ name, longest, whole }]`, the median of some turns.
 */
const CASES = [
  { name: '1,024 ranks', implementation: 'deepspeed-6797', sp: 1024, seq: 1024, heads: 1024 },
  { name: '64 ranks, 226 MB', implementation: 'deepspeed-6797', sp: 64, seq: 49_152, heads: 64 },
  { name: '282 ranks with lists', implementation: 'verl', sp: 282, seq: 282, heads: 564 },
  { name: 'attention on 200 ranks', implementation: 'verl', sp: 200, seq: 200, heads: 200 },
];
const TURNS = 5;

/** What is drawn first, but for its pixels. */
function* drawingOf(trace: Trace): Steps<void> {
  const tick = landing(trace);
  yield* extentsByTick(trace, 'heads');
  layoutStage(trace, { width: 700, height: 320 }, 'heads');
  yield;
  for (const { held } of yield* frameInSteps(trace, tick, 'heads')) {
    yield* held.arrangement.cellsInSteps();
    yield;
  }
  yield* wrongInSteps(trace, tick, 'heads');
}

function* judgedAndDrawn(...given: Parameters<typeof showInSteps>): Steps<void> {
  const { trace } = yield* showInSteps(...given);
  yield* drawingOf(trace);
}

function stepsOf(fields: object): number[] {
  const parsed = parseCase({ batch: 1, headDim: 1, batchDimIdx: 0, ...fields });
  assert(parsed.ok, 'the largest cases are accepted');
  const implementation = findImplementation(parsed.case.implementation);
  assert(implementation !== undefined, 'an implementation of the catalogue');
  const recording = runWorld(parsed.case, implementation);
  const steps = judgedAndDrawn(parsed.case, recording);
  const times: number[] = [];
  for (let done: boolean | undefined = false; done !== true; ) {
    const began = performance.now();
    done = steps.next().done;
    times.push(performance.now() - began);
  }
  return times;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const figures = CASES.map(({ name, ...fields }) => {
  const turns = range(TURNS).map(() => stepsOf(fields));
  const longest = median(turns.map((times) => Math.max(...times)));
  return { name, longest, whole: median(turns.map(sum)) };
});
console.log(JSON.stringify(figures));
