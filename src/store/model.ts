import { at } from '../base/assert.ts';
import { memoizedByAll } from '../base/memo.ts';
import { caseOfKind, type LayerKind, type Model } from '../core/cases/models/model.ts';
import type { Case } from '../core/contract/case.ts';
import { judgeKinds, worstIn } from '../workers/map/degrees.ts';
import type { JudgedCase } from '../workers/map/protocol.ts';
import type { RankscopeState } from './state.ts';

type Modelled = Pick<RankscopeState, 'case' | 'modelName' | 'knownModel'>;

/** The model of the case: that which was taken, else what the case says of it. */
export function modelIn({ case: c, modelName, knownModel }: Modelled): Model {
  if (knownModel !== null && knownModel.name === modelName) return knownModel;
  const { heads, kvHeads } = c;
  const counts = { heads, kvHeads, headDim: null };
  const kind: LayerKind =
    c.program === 'twoModels'
      ? { ...counts, name: 'two models', program: 'twoModels' }
      : { ...counts, name: 'attention' };
  return { name: modelName ?? `${heads} heads`, kinds: [kind] };
}

/** What each kind of layer of the case's model comes to, the case's own way and SP degree. */
export function verdictsOfKinds(state: Modelled): readonly JudgedCase[] {
  return judgedIn(state.case, modelIn(state));
}

const judgedIn = memoizedByAll(judgeKinds);

/** The kind of layer that fares worst: the one that is shown first. */
export function worstKind(c: Case, model: Model): LayerKind {
  const [first] = model.kinds;
  if (first === undefined) throw new Error('invariant broken: a model has a kind of layer');
  if (model.kinds.length === 1) return first;
  return at(model.kinds, worstIn(judgeKinds(caseOfKind(c, first), model)));
}
