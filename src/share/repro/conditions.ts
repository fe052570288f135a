import { at } from '../../base/assert.ts';
import type { Stumble } from '../../core/python/condition/evaluate.ts';
import { oneLine } from '../../core/python/condition/one-line.ts';
import { printValue } from '../../core/python/condition/syntax.ts';
import type { RankEvent } from '../../core/recording/event.ts';
import { assertion } from './failure.ts';
import { one, type Part, type Statement, statement } from './statement.ts';
import { pyString } from './text/python.ts';
import type { Value } from './values.ts';

export type ConditionEvent = Extract<RankEvent, { kind: 'decided' | 'guarded' }>;

/** What a guard that did not hold raised. */
type Raised = Pick<Extract<RankEvent, { kind: 'raised' }>, 'error' | 'message'>;

/** What the published function is called with beside the tensor. */
export type CallNames = Readonly<Record<'scatter_idx' | 'gather_idx' | 'batch_dim_idx', number>>;

/** A condition, and the values of those of its parts that were asked. */
type Asked = Pick<Stumble, 'condition' | 'parts'>;

/** The names that the conditions of a call ask about, bound where a condition first needs them. */
export class NamesInScope {
  private readonly bound = new Map<string, string>();
  /** Whether the last condition was an assertion that failed. */
  failed = false;

  constructor(private readonly names: CallNames) {}

  /** `num_heads` where that is the number, else the number. */
  headsOr(value: number): Part {
    return this.bound.get('num_heads') === String(value) ? 'num_heads' : one(value);
  }

  /** The condition in the Python of the source, and what hangs on it. `tensor`: the one at hand. */
  ask(event: ConditionEvent, tensor: Value, raised: Raised | null): Statement[] {
    const condition = oneLine(event.condition);
    const { parts } = event.evaluation;
    const bindings = this.bind({ condition: event.condition, parts }, tensor);
    if (event.kind === 'decided') {
      const other = event.evaluation.truth ? 'even' : 'uneven';
      const departs = event.evaluation.truth ? 'not uneven' : 'uneven';
      return [
        ...bindings,
        statement(`uneven = ${condition}`),
        statement(`if ${departs}:\n    raise NotRecorded("the ${other} path")`),
      ];
    }
    this.failed = !event.held;
    return [
      ...bindings,
      event.held ? statement(`assert ${condition}`) : refusal(condition, raised),
    ];
  }

  /** A condition that raised while it was asked: asked once more, it raises by itself. */
  stumble(stumble: Stumble, tensor: Value, error: string, message: string): Statement[] {
    const bindings = this.bind(stumble, tensor);
    // Python has an answer there; the recorded run ended for want of one.
    return error === 'Unanswered'
      ? [...bindings, statement(`raise Unanswered(${pyString(message)})`)]
      : [...bindings, statement(`assert ${oneLine(stumble.condition)}`)];
  }

  /** Every name of the condition, asked or not: whoever edits the line finds it bound. */
  private bind({ condition, parts }: Asked, tensor: Value): Statement[] {
    const asked = new Map(
      parts.flatMap(({ kind, from, to, value }) =>
        kind === 'name' ? [[condition.slice(from, to), value]] : [],
      ),
    );
    const heads = at(tensor.refs, 0).shape[2];
    const names: string[] = [];
    const values: Part[] = [];
    for (const [name] of condition.matchAll(/\b[A-Za-z_]\w*\b(?!\()/g)) {
      const known = { ...this.names, num_heads: heads, ...Object.fromEntries(asked) }[name];
      const written = name === 'seq_world_size' ? 'P' : printValue(known ?? null);
      if (!isName(name, asked, this.names) || this.bound.get(name) === written) continue;
      this.bound.set(name, written);
      names.push(name);
      values.push(...(values.length === 0 ? [] : [', ']));
      if (name === 'num_heads' && known === heads) values.push(`${tensor.name}.shape[2]`);
      else values.push(typeof known === 'number' && written !== 'P' ? one(known) : written);
    }
    return names.length === 0 ? [] : [statement(`${names.join(', ')} = `, ...values)];
  }
}

function isName(name: string, asked: ReadonlyMap<string, unknown>, names: CallNames): boolean {
  return name === 'num_heads' || name === 'seq_world_size' || name in names || asked.has(name);
}

/** A condition that does not hold, as the source asks it: an assertion, or an exception of another kind. */
function refusal(condition: string, raised: Raised | null): Statement {
  if (raised === null || raised.error === 'AssertionError') {
    return assertion(condition, raised?.message ?? null);
  }
  const { error, message } = raised;
  return statement(`if not (${condition}):\n    raise ${error}(${pyString(message)})`);
}
