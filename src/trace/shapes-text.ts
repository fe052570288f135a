import { at } from '../base/assert.ts';
import { sameNumbers } from '../base/numbers.ts';
import type { CollectiveInfo, TensorRef } from '../core/recording/event.ts';

export function shapesText(tensors: readonly TensorRef[]): string {
  return listText(tensors.map(({ shape }) => shape));
}

/** "[4, 2]", "4 × [1, 2]", "[5, 2] [3, 2]", "[5, 2] … [3, 2] (64)" */
function listText(shapes: readonly (readonly number[])[]): string {
  const [first] = shapes;
  if (first === undefined) return '';
  const text = (shape: readonly number[]) => `[${shape.join(', ')}]`;
  if (shapes.length === 1) return text(first);
  if (shapes.every((shape) => sameNumbers(shape, first)))
    return `${shapes.length} × ${text(first)}`;
  if (shapes.length <= 4) return shapes.map(text).join(' ');
  return `${text(first)} … ${text(at(shapes, shapes.length - 1))} (${shapes.length})`;
}

/** "input [8, 2], output [6, 2], input splits [4, 4], output splits [3, 3]" */
export function collectiveText(info: CollectiveInfo): string {
  switch (info.kind) {
    case 'all_to_all_single': {
      const splits = (name: string, sizes: readonly number[] | null) =>
        sizes === null ? '' : `, ${name} splits ${sizesText(sizes)}`;
      return `input [${info.input.join(', ')}], output [${info.output.join(', ')}]${splits('input', info.inputSplits)}${splits('output', info.outputSplits)}`;
    }
    case 'all_to_all':
      return `inputs ${listText(info.inputs)}, outputs ${listText(info.outputs)}`;
    case 'all_gather':
      return `of ${info.value}`;
  }
}

/** A list of split sizes; a long one has its end left out. */
function sizesText(sizes: readonly number[]): string {
  if (sizes.length <= MOST_SIZES) return `[${sizes.join(', ')}]`;
  return `[${sizes.slice(0, MOST_SIZES).join(', ')}, … ${sizes.length} in all]`;
}

const MOST_SIZES = 16;
