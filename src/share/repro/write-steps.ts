import { assert, at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import type { LayerHeads } from '../../core/published/implementation.ts';
import type { CollectiveInfo, RankEvent } from '../../core/recording/event.ts';
import { OPERATIONS, type Written } from '../../core/tensor/operations.ts';
import { type CallNames, type ConditionEvent, NamesInScope } from './conditions.ts';
import { attemptedShape, raising } from './failure.ts';
import { args, list, one, type Part, type Statement, statement } from './statement.ts';
import type { Step } from './steps.ts';
import type { Value } from './values.ts';

/** What the case makes of a rank's first collective in a call, if anything. */
export type FalseOffer = 'sends-less' | 'other-collective' | null;

/**
 * The steps of one rank in one call, as lines of Python: the tensor that was given is `x`, a buffer
 * is `received`, and a name passes on to what is made of its tensor.
 */
export function writeSteps(
  steps: readonly Step[],
  names: CallNames,
  handedOver: LayerHeads,
  falseOffer: FalseOffer,
): Statement[] {
  const writer = new StepWriter(steps, names, handedOver, falseOffer);
  return steps.flatMap((step, index) => writer.write(step, index));
}

class StepWriter {
  private readonly named: Value[] = [];
  private readonly scope: NamesInScope;
  /** Tensors that are collected one by one, to be joined. */
  private readonly collected: ReadonlySet<Value>;
  /** Tensors of which part after part is taken. */
  private readonly cutUp: ReadonlySet<Value>;
  private falseOffer: FalseOffer;

  constructor(
    steps: readonly Step[],
    names: CallNames,
    private readonly handedOver: LayerHeads,
    falseOffer: FalseOffer,
  ) {
    this.scope = new NamesInScope(names);
    this.falseOffer = falseOffer;
    this.collected = new Set(
      steps.flatMap(({ event, inputs }) =>
        event.kind === 'local' && event.name === 'cat' && inputs.length > 2 ? inputs : [],
      ),
    );
    const cut = steps.flatMap(({ event, inputs }) =>
      event.kind === 'local' && event.name === 'narrow' ? inputs : [],
    );
    this.cutUp = new Set(cut.filter((value, index) => cut.indexOf(value) !== index));
  }

  write(step: Step, index: number): Statement[] {
    const { outputs } = step;
    const before = step.inputs.map(({ name }) => name);
    outputs.forEach((output, place) => {
      output.name = this.nameFor(step, place, index);
      this.named.push(output);
    });
    const statements = this.statementsFor(step, before);
    const [output] = outputs;
    if (output === undefined || !this.collected.has(output)) return statements;
    output.lastUse = index;
    return [...statements, statement(`parts.append(${output.name})`)];
  }

  private statementsFor(step: Step, inputs: readonly string[]): Statement[] {
    const { event } = step;
    switch (event.kind) {
      case 'called':
        return this.collected.size > 0 ? [statement('parts = []')] : [];
      case 'local':
        return [this.local(step, event, inputs)];
      case 'decided':
      case 'guarded':
        return this.condition(event, step.next);
      case 'remembered':
        return [statement('set_num_kv_heads(', this.scope.headsOr(event.after), ')')];
      case 'offered':
        return this.collective(event, step, inputs);
      case 'raised':
        return this.raised(event, inputs);
      case 'lost':
        return [statement(`raise Lost("${event.how}")`)];
      case 'returned':
        return [statement(`return ${at(inputs, 0)}`)];
      default:
        throw new Error(`invariant broken: ${event.kind} is no step`);
    }
  }

  /** The newest tensor. */
  private atHand(): Value {
    return at(this.named, this.named.length - 1);
  }

  private condition(event: ConditionEvent, next: RankEvent | undefined): Statement[] {
    return this.scope.ask(event, this.atHand(), next?.kind === 'raised' ? next : null);
  }

  /** The last thing that a rank did; where a guard or a collective says it already, nothing. */
  private raised(
    { error, message, stumble }: Extract<RankEvent, { kind: 'raised' }>,
    inputs: readonly string[],
  ): Statement[] {
    if (stumble !== undefined) {
      return this.scope.stumble(stumble, this.atHand(), error, message);
    }
    if (this.scope.failed || message.startsWith("Split sizes doesn't match")) return [];
    const attempted = attemptedShape(message);
    const [input] = inputs;
    if (attempted === null || input === undefined) {
      return [raising(error, message, this.atHand().name, this.handedOver)];
    }
    return [statement(`${input} = ${input}.reshape(`, ...args(attempted.shape), ')')];
  }

  private collective(
    { collective, sends, expects }: Extract<RankEvent, { kind: 'offered' }>,
    { next }: Step,
    inputs: readonly string[],
  ): Statement[] {
    const lie = this.falseOffer;
    this.falseOffer = null;
    if (lie === 'other-collective' || (lie === 'sends-less' && next?.kind !== 'received')) {
      return [
        statement(
          `agree("${collective.kind}", sends=`,
          list(sends),
          ', expects=',
          list(expects),
          ')',
        ),
      ];
    }
    // A rank that the case makes raise in its collective never enters it.
    if (next?.kind === 'raised' && sends.length > 0) return [];
    return [statement(...collectiveParts(collective, inputs))];
  }

  private local(
    { each, outputs, inputs: values, next }: Step,
    event: Extract<RankEvent, { kind: 'local' }>,
    inputs: readonly string[],
  ): Statement {
    const { name } = event;
    const operation = OPERATIONS[name];
    const written = (input: string) => operation.python(input, event).flatMap(partsOf);
    const output = at(outputs, 0);
    const target = outputs.map((value) => value.name).join(', ');
    const [input = 'x'] = inputs;
    const shape = [...at(output.refs, 0).shape];
    if (each && name === 'contiguous') {
      return statement(`${target} = [piece.contiguous() for piece in ${input}]`);
    }
    if (name === 'empty') {
      const sent = this.named.at(-2);
      const alike =
        next?.kind === 'offered' &&
        next.collective.kind === 'all_to_all_single' &&
        next.collective.inputSplits === null;
      if (alike && sent !== undefined) {
        return statement(`${target} = torch.empty_like(${sent.name})`);
      }
      const made = written(input);
      return each
        ? statement(`${target} = [`, ...made, ` for _ in range(P)]`)
        : statement(`${target} = `, ...made);
    }
    const collected = values.length > 2;
    const joined = collected
      ? 'parts'
      : values[0]?.list === true
        ? input
        : `[${inputs.join(', ')}]`;
    const parts = [`${target} = `, ...written(name === 'cat' ? joined : input)];
    return {
      ...statement(...parts),
      shape: operation.tellsShape === true || output.list ? null : shape,
    };
  }

  /** A name that no tensor has that is read later on. */
  private nameFor(step: Step, place: number, index: number): string {
    const taken = new Set(
      this.named.filter(({ lastUse }) => lastUse > index).map(({ name }) => name),
    );
    const names = this.candidates(step, place, index);
    const [first = 'x'] = names;
    const numbered = range(this.named.length + 1).map((n) => `${first}_${n + 2}`);
    return at(
      [...names, ...numbered].filter((name) => !taken.has(name)),
      0,
    );
  }

  /** What a new tensor would be called, best first. */
  private candidates({ event, inputs, each }: Step, place: number, index: number): string[] {
    if (event.kind === 'called') return ['x'];
    assert(event.kind === 'local', 'only operations make tensors');
    const [input, ...rest] = inputs;
    if (event.name === 'empty') return ['received'];
    if (event.name === 'tensor_split') return ['pieces'];
    if (event.name === 'split') return [['large', 'small'][place] ?? `part_${place}`];
    if (input === undefined || rest.length > 0 || event.name === 'cat') return ['x', 'joined'];
    if (event.name === 'narrow' && this.cutUp.has(input)) return ['part'];
    const own = input.lastUse > index ? [] : [input.name];
    if (each) return [...own, 'pieces'];
    return input.buffer && this.collected.size === 0 ? ['x', ...own] : [...own, 'y'];
  }
}

/** A piece of an operation's line as parts of a statement. */
function partsOf(written: Written): readonly Part[] {
  if (typeof written === 'string') return [written];
  if ('one' in written) return [one(written.one)];
  return 'list' in written ? [list(written.list)] : args(written.args);
}

function collectiveParts(collective: CollectiveInfo, inputs: readonly string[]): Part[] {
  switch (collective.kind) {
    case 'all_gather':
      return ['all_gather(', one(collective.value), ')'];
    case 'all_to_all':
      return [`all_to_all(${inputs.join(', ')})`];
    case 'all_to_all_single': {
      const { inputSplits, outputSplits } = collective;
      if (inputSplits === null || outputSplits === null) {
        return [`all_to_all_single(${inputs.join(', ')})`];
      }
      return [
        `all_to_all_single(${inputs.join(', ')}, output_split_sizes=`,
        list(outputSplits),
        ', input_split_sizes=',
        list(inputSplits),
        ')',
      ];
    }
  }
}
