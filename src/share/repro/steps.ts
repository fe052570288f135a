import { assert, at, unreachable } from '../../base/assert.ts';
import { product } from '../../base/numbers.ts';
import type { CallEvents, RankEvent, TensorRef } from '../../core/recording/event.ts';
import { attemptedShape } from './failure.ts';
import { type Value, Values } from './values.ts';

/** One thing that a rank did in a call, with the values that it read and made. */
export interface Step {
  readonly event: RankEvent;
  /** `each`: done to every tensor of a list, or as often as a list is long. */
  readonly each: boolean;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** How the rank went on: what stands behind a collective tells what became of it. */
  readonly next: RankEvent | undefined;
}

/** What one rank did in one call. Lists of pieces, done one by one, are taken for one step. */
export function stepsOf(call: CallEvents): Step[] {
  const { events } = call;
  const values = new Values();
  const steps: Step[] = [];
  const take = (
    index: number,
    inputs: readonly (Value | undefined)[],
    outputs: readonly Value[],
    each = false,
  ) => {
    const known = inputs.map((value) => {
      assert(value !== undefined, 'a rank works on tensors that it was given or made');
      value.lastUse = steps.length;
      return value;
    });
    steps.push({
      event: at(events, index),
      each,
      inputs: known,
      outputs,
      next: events[index + 1],
    });
  };
  for (let index = 0; index < events.length; index++) {
    const event = at(events, index);
    switch (event.kind) {
      case 'called':
        take(index, [], [values.add([event.input])]);
        break;
      case 'local': {
        const run = runFrom(events, index, values);
        if (run !== null) {
          const { from, refs, buffer } = run;
          const inputs = from === null ? [] : [from];
          take(index, inputs, [values.add(refs, { list: true, buffer })], true);
          index += refs.length - 1;
          break;
        }
        const inputs = valuesOf(event.inputs, values);
        const outputs =
          event.name === 'tensor_split'
            ? [values.add(event.outputs, { list: true })]
            : event.outputs.map((ref) => values.add([ref], { buffer: event.name === 'empty' }));
        take(index, inputs, outputs);
        break;
      }
      case 'offered':
        take(index, [...buffersOf(event, values), ...valuesOf(event.inputs, values)], []);
        break;
      case 'raised': {
        const shape = attemptedShape(event.message);
        const tensor = shape === null ? undefined : tensorOfSize(shape.size, values);
        take(index, tensor === undefined ? [] : [tensor], []);
        break;
      }
      case 'returned':
        take(index, [values.tensor(event.output)], []);
        break;
      case 'decided':
      case 'guarded':
      case 'remembered':
      case 'lost':
        take(index, [], []);
        break;
      case 'received':
      case 'attended':
      case 'mismatched':
      case 'abandoned':
      case 'astray':
        // What becomes of a collective is for the script to find out.
        break;
      default:
        unreachable(event);
    }
  }
  return steps;
}

/** The list of which these are the tensors, or the tensors. */
function valuesOf(refs: readonly TensorRef[], values: Values): (Value | undefined)[] {
  const list = values.listOf(refs);
  return list === undefined ? refs.map((ref) => values.tensor(ref)) : [list];
}

interface Run {
  readonly from: Value | null;
  readonly refs: readonly TensorRef[];
  readonly buffer: boolean;
}

/** Operations that follow on one another and do the same for all of a list, or null. */
function runFrom(events: readonly RankEvent[], start: number, values: Values): Run | null {
  const first = at(events, start);
  if (first.kind !== 'local') return null;
  if (first.name === 'contiguous') {
    const list = values.all.findLast(({ list }) => list);
    if (list === undefined) return null;
    const run = sameOperations(events, start, list.refs.length);
    const inputs = run.flatMap((event) => event.inputs);
    const whole = run.length === list.refs.length && values.listOf(inputs) === list;
    return whole
      ? { from: list, refs: run.flatMap(({ outputs }) => outputs), buffer: false }
      : null;
  }
  if (first.name !== 'empty') return null;
  const run = sameOperations(events, start, Number.POSITIVE_INFINITY);
  const next = events[start + run.length];
  return next?.kind === 'offered' && next.collective.kind === 'all_to_all'
    ? { from: null, refs: run.flatMap(({ outputs }) => outputs), buffer: true }
    : null;
}

type LocalEvent = Extract<RankEvent, { kind: 'local' }>;

function sameOperations(events: readonly RankEvent[], start: number, most: number): LocalEvent[] {
  const first = at(events, start);
  const run: LocalEvent[] = [];
  for (const event of events.slice(start, start + Math.min(most, events.length))) {
    if (first.kind !== 'local' || event.kind !== 'local' || event.name !== first.name) break;
    run.push(event);
  }
  return run;
}

/** The buffer that a collective fills, or the list of them: what was made for it last. */
function buffersOf(
  { collective }: Extract<RankEvent, { kind: 'offered' }>,
  values: Values,
): (Value | undefined)[] {
  if (collective.kind === 'all_gather') return [];
  if (collective.kind === 'all_to_all' && collective.outputs.length === 0) return [];
  return [
    values.all.findLast(
      ({ buffer, list }) => buffer && list === (collective.kind === 'all_to_all'),
    ),
  ];
}

/** The newest tensor of so many elements, of those that nothing was made of yet where there is one. */
function tensorOfSize(size: number, values: Values): Value | undefined {
  const fitting = values.all.filter(
    ({ list, refs: [ref] }) => !list && ref !== undefined && product(ref.shape) === size,
  );
  return fitting.findLast(({ lastUse }) => lastUse < 0) ?? fitting.at(-1);
}
