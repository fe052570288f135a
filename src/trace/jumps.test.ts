import { describe, expect, it } from 'vitest';
import { judge } from '../core/judge/checks/index.ts';
import { runWith } from '../core/world/testing.ts';
import { firstDisagreement, neighbouringWrong, nextCall, previousCall } from './jumps.ts';
import { operationText } from './moment.ts';
import { mergeTrace } from './trace.ts';

function traceOf(patch: Parameters<typeof runWith>[0]) {
  return mergeTrace(runWith(patch));
}

function disagreementOf(patch: Parameters<typeof runWith>[0]) {
  const recording = runWith(patch);
  const trace = mergeTrace(recording);
  const found = firstDisagreement(trace, judge(recording).findings);
  const events = trace.lanes.flatMap((lane) => lane.filter(({ tick }) => tick === found?.tick));
  return { found, operations: new Set(events.map(({ event }) => operationText(event))) };
}

describe('going from call to call', () => {
  const trace = traceOf({ implementation: 'deepspeed-6797', program: 'layerForward' });
  const starts = trace.calls.map(({ first }) => first);

  it('goes to where each begins', () => {
    const [q, k, v, o] = starts;
    expect([nextCall(trace, 0), nextCall(trace, 0.5), nextCall(trace, k ?? 0)]).toEqual([k, k, v]);
    expect(nextCall(trace, o ?? 0)).toBeNull();
    expect(previousCall(trace, (k ?? 0) + 0.5)).toBe(k);
    expect(previousCall(trace, k ?? 0)).toBe(q);
    expect(previousCall(trace, 0)).toBeNull();
  });
});

describe('the first disagreement', () => {
  it('of #6774 is the condition that pass 2 asks again, before anything raises', () => {
    const { found, operations } = disagreementOf({});
    expect(found?.finding.check).toBe('same-branch');
    expect([...operations]).toEqual([
      'if get_num_kv_heads() is not None or num_heads % seq_world_size != 0',
    ]);
  });

  it('of a head count that was left behind is the call that meets it', () => {
    const { found } = disagreementOf({
      implementation: 'deepspeed-6797',
      sp: 2,
      heads: 9,
      kvHeads: 1,
      program: 'layerForwardBackward',
    });
    expect(found).toMatchObject({ finding: { check: 'state-clean' }, evidence: { tensor: 'k' } });
  });

  it('of a silent fault is the return that first holds a wrong element', () => {
    const { found, operations } = disagreementOf({ implementation: 'deepspeed-5664' });
    expect(found?.finding.verdict).toBe('silently wrong');
    expect(found?.evidence.element).toMatchObject({ rank: 0, place: 2 });
    expect([...operations]).toEqual(['return [1, 2, 8, 2]']);
  });

  it('passes over unbalanced heads where something graver fails', () => {
    const uneven = { implementation: 'diffusers-anything', heads: 14, seq: 12 };
    expect(disagreementOf(uneven).found?.finding.check).toBe('heads-balanced');
    const graver = disagreementOf({ ...uneven, fault: { kind: 'terminates', rank: 2, call: 1 } });
    expect(graver.found?.finding.check).toBe('same-collectives');
  });

  it('is nowhere in a run that is right', () => {
    expect(disagreementOf({ implementation: 'deepspeed-6797' }).found).toBeNull();
  });
});

describe('going from wrong element to wrong element', () => {
  const trace = traceOf({ implementation: 'deepspeed-5664', sp: 2, heads: 4, seq: 2, headDim: 1 });
  const end = trace.ticks - 1;

  it('walks over all of them, rank by rank, and begins again', () => {
    const seen = [];
    let element = neighbouringWrong(trace, 0, null, 1);
    const first = element;
    while (element !== null && seen.length < 99) {
      seen.push(`${element.rank}:${element.place}`);
      element = neighbouringWrong(trace, element.tick, element, 1);
      if (element?.rank === first?.rank && element?.place === first?.place) break;
    }
    expect(seen).toEqual(['0:1', '0:2', '1:1', '1:2']);
  });

  it('goes back the same way', () => {
    expect(neighbouringWrong(trace, end, null, -1)).toEqual({
      tick: end,
      rank: 1,
      tensor: 0,
      place: 2,
    });
    const second = { tick: end, rank: 1, tensor: 0, place: 1 };
    expect(neighbouringWrong(trace, end, second, -1)).toMatchObject({ rank: 0, place: 2 });
    const first = { tick: end, rank: 0, tensor: 0, place: 1 };
    expect(neighbouringWrong(trace, end, first, -1)).toMatchObject({ rank: 1, place: 2 });
  });

  it('starts from any element, right or wrong', () => {
    const right = { tick: end, rank: 0, tensor: 0, place: 3 };
    expect(neighbouringWrong(trace, end, right, 1)).toMatchObject({ rank: 1, place: 1 });
  });

  it('has nowhere to go where all is right', () => {
    expect(neighbouringWrong(traceOf({ implementation: 'deepspeed-6797' }), 3, null, 1)).toBeNull();
  });
});
