import {
  type Case,
  callsOf,
  MODEL_PROGRAM,
  type ProgramName,
  programNamed,
} from '../../contract/case.ts';
import { findImplementation } from '../../programs/implementations/index.ts';
import { callerOf, withCaller } from '../../published/caller.ts';

/** One kind of attention layer that a model has, or two models that one process runs in turn. */
export interface LayerKind {
  /** "attention", "full attention", "vision tower", "vision tower, then language model" */
  readonly name: string;
  /** Query heads; of two models, the heads of the first. */
  readonly heads: number;
  /** Key/value heads; of two models, the heads of the second. */
  readonly kvHeads: number;
  /** Null where it is not said. */
  readonly headDim: number | null;
  /** What runs it, where that is not what a model's layer runs. */
  readonly program?: ProgramName;
}

/** A model as what decides its legal SP degrees: every kind of attention layer that it has. */
export interface Model {
  readonly name: string;
  /** At least one, the text's first. */
  readonly kinds: readonly LayerKind[];
}

/** The case of a kind of layer in the place of that of `c`: its heads, and what runs it. */
export function caseOfKind(c: Case, { heads, kvHeads, headDim, program }: LayerKind): Case {
  const own = program ?? (c.program === 'twoModels' ? MODEL_PROGRAM : programNamed(c.program));
  const code = findImplementation(c.implementation) ?? {};
  const changed = {
    ...c,
    heads,
    kvHeads,
    headDim: headDim ?? c.headDim,
    ...(own === null ? {} : { program: own, calls: callsOf(own, heads, kvHeads) }),
  };
  // Where heads are not grouped a case need not say that its caller takes part.
  return withCaller(changed, code, callerOf(c, code) ?? 'published');
}

/** The kind of layer that a case runs; undefined where it runs none of the model's. */
export function kindIn({ kinds }: Model, c: Case): LayerKind | undefined {
  return kinds.find(
    ({ heads, kvHeads, headDim, program }) =>
      heads === c.heads &&
      kvHeads === c.kvHeads &&
      (headDim === null || headDim === c.headDim) &&
      (program === 'twoModels') === (c.program === 'twoModels'),
  );
}

/** "32 heads, 8 KV heads"; of several kinds of layer, each: "full attention 32 heads, 4 KV heads; …" */
export function headsText({ kinds }: Model): string {
  const texts = kinds.map(({ name, heads, kvHeads, program }) => {
    const counts =
      program === 'twoModels'
        ? `${heads} heads, then ${kvHeads}`
        : `${heads} heads, ${kvHeads} KV heads`;
    return kinds.length === 1 ? counts : `${name} ${counts}`;
  });
  return texts.join('; ');
}
