import { at } from '../../base/assert.ts';
import { range } from '../../base/numbers.ts';
import { producedBy } from '../../core/cases/origin.ts';
import { callTitle, movedBy } from '../../core/contract/call-title.ts';
import { type Call, type Case, indicesOf, layerOf } from '../../core/contract/case.ts';
import { dealingOf, shareLength } from '../../core/contract/sequence.ts';
import { returnedBy } from '../../core/judge/truth.ts';
import { layerHeads } from '../../core/published/caller.ts';
import { eventsByCall, type Rank, type Recording } from '../../core/recording/event.ts';
import { mergeRanks } from './merge.ts';
import { type KnownNumber, renderBody } from './render.ts';
import { stepsOf } from './steps.ts';
import { indented, plainWords } from './text/python.ts';
import { type FalseOffer, writeSteps } from './write-steps.ts';

/** The steps of one call, or of several that are the same, as a Python function. */
export interface StepFunction {
  readonly name: string;
  readonly calls: readonly number[];
  readonly text: string;
}

/** A function for every call that was reached; calls of the same steps share one. */
export function stepFunctions(recording: Recording): StepFunction[] {
  const byBody = new Map<string, number[]>();
  const reached = Math.max(...recording.ranks.map((ranked) => eventsByCall(ranked).length));
  for (const call of range(reached)) {
    const { pass } = at(producedBy(recording).case.calls, call);
    const key = [`pass ${pass}`, ...bodyOf(recording, call)].join('\n');
    byBody.set(key, [...(byBody.get(key) ?? []), call]);
  }
  const names = new Set<string>();
  return [...byBody].map(([key, calls]) => {
    const [, ...body] = key.split('\n');
    const name = nameOf(producedBy(recording).case.calls, calls, byBody.size, names);
    names.add(name);
    const text = [
      `def ${name}(rank, x):`,
      ...indented([...about(producedBy(recording).case, calls), ...body]),
    ];
    return { name, calls, text: text.join('\n') };
  });
}

function bodyOf(recording: Recording, call: number): string[] {
  const c = producedBy(recording).case;
  const { pass, tensor } = at(c.calls, call);
  const { scatterIdx, gatherIdx } = indicesOf(c, pass);
  const handedOver = layerHeads(c, producedBy(recording).implementation, layerOf(tensor));
  const names = { scatter_idx: scatterIdx, gather_idx: gatherIdx, batch_dim_idx: c.batchDimIdx };
  const statements = recording.ranks.map((ranked, rank) => {
    const own = eventsByCall(ranked)[call];
    if (own === undefined) return [];
    return writeSteps(stepsOf(own), names, handedOver, falseOfferOf(c, call, rank));
  });
  const body = renderBody(mergeRanks(statements), knownNumbers(recording, call), c.sp);
  return returnedBy(recording, call).some((returned) => returned !== null)
    ? body
    : [...body, '# No rank came further.'];
}

function falseOfferOf({ fault }: Case, call: number, rank: Rank): FalseOffer {
  if (fault?.rank !== rank || fault.call !== call) return null;
  return fault.kind === 'sends-less' || fault.kind === 'other-collective' ? fault.kind : null;
}

/** "pass_1", or "pass_1_of_k" where the passes 1 of a case differ. */
function nameOf(
  calls: readonly Call[],
  own: readonly number[],
  functions: number,
  taken: ReadonlySet<string>,
): string {
  const call = at(calls, at(own, 0));
  const { pass } = call;
  const alone = functions <= 2 && !taken.has(`pass_${pass}`);
  const tidy = movedBy(call).replace(/\W/g, '_');
  const name = alone ? `pass_${pass}` : `pass_${pass}_of_${tidy}`;
  return taken.has(name) ? `${name}_in_call_${own[0]}` : name;
}

/** The docstring: the calls that take these steps, a line each. */
function about(c: Case, calls: readonly number[]): string[] {
  const titles = calls.map((call) => plainWords(callTitle(c.calls, call)));
  if (titles.length === 1) return [`"""${titles.join()}"""`];
  return titles.map((title, index) => (index === 0 ? `"""${title}` : title)).concat('"""');
}

/** What a rank's heads and chunk are, where the ranks differ in them. */
function knownNumbers(recording: Recording, call: number): KnownNumber[] {
  const c = producedBy(recording).case;
  const { order, packed } = producedBy(recording).implementation;
  const { pass } = at(c.calls, call);
  const heads = recording.ranks.flatMap((ranked, rank) => {
    const own = eventsByCall(ranked)[call];
    const called = own?.events[0];
    if (pass === 2 && called?.kind === 'called') return [called.input.shape.at(-2) ?? 0];
    const returned = returnedBy(recording, call)[rank];
    if (returned != null) return [returned.shape.at(-2) ?? 0];
    const splits = own?.events.flatMap((event) =>
      event.kind === 'offered' && event.collective.kind === 'all_to_all_single'
        ? [event.collective.outputSplits?.[rank] ?? null]
        : [],
    )[0];
    return splits == null ? [] : [splits];
  });
  const chunks = range(c.sp).map((rank) => shareLength(dealingOf(c, order), rank));
  return [
    { name: 'h', about: 'the heads of this rank', byRank: heads },
    { name: 's', about: 'the sequence chunk of this rank', byRank: chunks },
  ].filter(
    ({ name, byRank }) =>
      byRank.length === c.sp && new Set(byRank).size > 1 && !(name === 's' && packed === true),
  );
}
