import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../base/assert.ts';
import type { Recording } from '../../recording/event.ts';
import { anyCase, runOf, runWith } from '../../world/testing.ts';
import { CHECK_IDS, type CheckId, VERDICTS } from '../finding.ts';
import { CHECKS, judge, judgeBriefly } from './index.ts';

function finding(recording: Recording, check: CheckId) {
  const found = judge(recording).findings.find((one) => one.check === check);
  if (found === undefined) throw new Error(`no check ${check}`);
  return found;
}

it('every check of the list is asked, and told in its order', () => {
  const { findings } = judge(runWith({}));
  expect(findings.map(({ check }) => check)).toEqual(CHECK_IDS);
  for (const { title, summary } of findings) expect([title, summary]).not.toContain('');
});

describe('same-branch', () => {
  it('names the operands, the ranks and the decision', () => {
    const found = finding(runWith({}), 'same-branch');
    expect(found.status).toBe('fail');
    expect(found.summary).toBe(
      'forward: pass 1 of q · 8 % 4 = 0, even; forward: pass 2 of o · 2 % 4 = 2, uneven',
    );
    expect(found.evidence[0]).toMatchObject({
      call: 1,
      ranks: [0, 1, 2, 3],
      numbers: { numHeadsInPass1: 8, numHeadsInPass2: 2, seqWorldSize: 4 },
    });
  });

  it('has nothing to say of code with one path', () => {
    expect(finding(runWith({ implementation: 'deepspeed-5823' }), 'same-branch').status).toBe(
      'not-applicable',
    );
  });
});

describe('no-exception', () => {
  it('tells who raised and who is left waiting', () => {
    const recording = runWith({
      implementation: 'deepspeed-6797',
      sp: 2,
      heads: 9,
      kvHeads: 1,
      program: 'layerForwardBackward',
      caller: 'bypassed',
    });
    const found = finding(recording, 'no-exception');
    expect(found.summary).toMatch(
      /^RuntimeError on rank 0 in backward: gradient of k, pass 2; rank 1 left waiting/,
    );
    const waiting = finding(recording, 'same-collectives');
    const [fact] = waiting.evidence;
    expect(fact?.text).toBe('rank 1 waits for rank 0 in all_to_all_single since its event 102');
    expect(fact?.operation).toEqual({ rank: 1, event: 102 });
    expect(recording.ranks[1]?.events[102]?.kind).toBe('offered');
    expect(waiting.summary).toMatch(/NCCL waits until its watchdog ends the job.*gloo until/);
  });
});

describe('splits-agree', () => {
  it('gives every pair that disagrees, with both numbers', () => {
    const found = finding(runWith({ heads: 20 }), 'splits-agree');
    expect(found.status).toBe('fail');
    for (const { numbers } of found.evidence) expect(numbers.sent).not.toBe(numbers.expected);
  });
});

describe('shape-and-order', () => {
  it('judges the two apart', () => {
    const recording = runWith({ implementation: 'deepspeed-6750', heads: 16, batchDimIdx: 1 });
    const found = finding(recording, 'shape-and-order');
    expect(found.summary).toMatch(/order right, shape wrong/);
    expect(found.evidence[0]?.text).toBe('rank 0 returned [1, 32, 1, 2], expected [2, 1, 16, 2]');
    expect(finding(recording, 'round-trip').status).toBe('pass');
  });

  it('names the first element that stands where another belongs', () => {
    const recording = runWith({ implementation: 'deepspeed-5664', sp: 2, heads: 4, batch: 2 });
    const found = finding(recording, 'shape-and-order');
    const element = found.evidence[0]?.element;
    expect(element?.expected).not.toBeNull();
    expect(element?.found).not.toEqual(element?.expected);
  });
});

describe('the checks are checked', () => {
  /** Swaps two elements of what a call returned on a rank, behind the recording's back. */
  function spoiled(call: number, rank: number): Recording {
    const recording = runWith({ implementation: 'deepspeed-6797' });
    const returned = recording.ranks[rank]?.events.filter(({ kind }) => kind === 'returned')[call];
    if (returned?.kind !== 'returned') throw new Error('it returned');
    const ranks = recording.ranks.map(({ events, storages }) => ({
      events,
      storages: storages.map((storage) => storage.slice()),
    }));
    const storage = ranks[rank]?.storages[returned.output.storage];
    storage?.subarray(0, 2).reverse();
    return { ...recording, ranks };
  }

  it.each([
    [0, 0],
    [0, 3],
    [1, 2],
  ])('two swapped elements are found: call %i, rank %i', (call, rank) => {
    const { verdict, findings } = judge(spoiled(call, rank));
    expect(verdict).toBe('silently wrong');
    const fact = findings.find(({ check }) => check === 'shape-and-order')?.evidence[0];
    expect(fact).toMatchObject({ call, ranks: [rank], element: { rank, place: 0 } });
  });
});

describe('pass1-truth', () => {
  it('sees an exact round trip around a wrong pass 1', () => {
    const recording = runWith({
      implementation: 'deepspeed-5664',
      sp: 2,
      heads: 4,
      gatherIdx: 0,
    });
    expect(finding(recording, 'round-trip').status).toBe('pass');
    expect(finding(recording, 'pass1-truth').status).toBe('fail');
    expect(finding(recording, 'attention-equal').status).toBe('fail');
  });
});

describe('pass2-truth', () => {
  it('tells a fault of pass 2 from one that pass 1 handed on', () => {
    const second = runWith({
      implementation: 'deepspeed-4695',
      sp: 2,
      heads: 4,
      batch: 2,
      batchDimIdx: 1,
    });
    expect(finding(second, 'pass1-truth').status).toBe('pass');
    expect(finding(second, 'pass2-truth').status).toBe('fail');
    expect(finding(runWith({ implementation: 'verl' }), 'pass2-truth').status).toBe('pass');
  });
});

describe('same-collectives', () => {
  it('names a cycle as a cycle', () => {
    const recording = runWith({
      implementation: 'verl',
      sp: 2,
      fault: { kind: 'other-collective', rank: 1, call: 0 },
    });
    expect(finding(recording, 'same-collectives').summary).toMatch(
      /a cycle: rank 0 in all_to_all waits for rank 1 in all_gather waits for rank 0\. NCCL does not compare.*; gloo waits/,
    );
  });

  it('names it where the others gather and one exchanges', () => {
    const recording = runWith({
      implementation: 'diffusers-anything',
      sp: 2,
      fault: { kind: 'other-collective', rank: 0, call: 0 },
    });
    expect(finding(recording, 'same-collectives').summary).toMatch(
      /a cycle: rank 0 in all_to_all waits for rank 1 in all_gather waits for rank 0/,
    );
  });

  it('says who waits for a rank that is gone, and from where', () => {
    const recording = runWith({
      implementation: 'verl',
      fault: { kind: 'terminates', rank: 2, call: 1 },
    });
    const found = finding(recording, 'same-collectives');
    expect(found.summary).toMatch(/ranks 0, 1 and 3 wait forever for rank 2, which never comes/);
    expect(found.evidence.map(({ operation }) => operation?.rank)).toEqual([0, 1, 3]);
  });

  it('says that a rank is gone where nobody is left to wait for it', () => {
    const alone = runWith({ sp: 1, fault: { kind: 'terminates', rank: 0, call: 1 } });
    expect(judge(alone).verdict).toBe('ranks disagree');
    expect(finding(alone, 'same-collectives').summary).toBe(
      'forward: pass 2 of o · rank 0 never comes back',
    );
    const healthy = runWith({ implementation: 'verl' }, 1);
    const ranks = healthy.ranks.map((ranked, rank) => {
      // Gone once pass 1 has landed: the others are through with it, and wait for nobody.
      const landed = ranked.events.findIndex(({ kind }) => kind === 'received');
      const left = [
        ...ranked.events.slice(0, landed + 1),
        { kind: 'lost', how: 'unknown' } as const,
      ];
      return rank === 2 ? { ...ranked, events: left } : ranked;
    });
    const found = finding({ ...healthy, ranks }, 'same-collectives');
    expect(found.summary).toMatch(
      /^forward: pass 1 of q · rank 2 never comes back, and no other rank is in a collective.*NCCL waits/,
    );
    expect(found.evidence.map(({ ranks }) => ranks)).toEqual([[2]]);
    const silent = { events: [{ kind: 'lost', how: 'unknown' } as const], storages: [] };
    const all = { ...healthy, ranks: healthy.ranks.map(() => silent) };
    expect(judge(all).verdict).toBe('ranks disagree');
  });
});

describe('attention-equal', () => {
  it.each([
    ['deepspeed-6797', 0],
    ['deepspeed-8317', 1],
    ['deepspeed-4198', 1],
    ['yunchang-4d', 0],
    ['yunchang-async', 0],
    ['verl', 0],
    ['diffusers-unified', 0],
    ['diffusers-anything', 0],
    ['transformer-engine-bshd', 0],
    ['transformer-engine-sbhd', 1],
    ['deepspeed-alst', 1],
    ['prime-rl', 0],
  ] as const)('holds for %s, batch dimension %i, causal too', (implementation, batchDimIdx) => {
    const recording = runWith({
      implementation,
      batchDimIdx,
      sp: 2,
      seq: 8,
      heads: 4,
      batch: 2,
      program: 'layerForward',
    });
    const found = finding(recording, 'attention-equal');
    expect(found.status).toBe('pass');
    expect(found.summary).toMatch(/largest difference \d/);
    expect(judge(recording).verdict).toBe('fine');
  });

  it('holds for grouped heads, and not where groups are torn apart', () => {
    const grouped = { sp: 2, heads: 8, kvHeads: 4, program: 'layerForward' as const };
    const whole = runWith({ implementation: 'verl', ...grouped });
    expect(finding(whole, 'attention-equal').status).toBe('pass');
    const tiled = { sp: 4, kvHeads: 2, kvRepeat: 'tile' as const };
    const torn = runWith({ implementation: 'verl', ...grouped, ...tiled });
    expect(finding(torn, 'gqa-groups').status).toBe('fail');
    expect(finding(torn, 'attention-equal').status).toBe('fail');
  });
});

describe('state-clean', () => {
  it('names the count and whom it met', () => {
    const recording = runWith({
      implementation: 'deepspeed-6797',
      heads: 7,
      kvHeads: 14,
      program: 'twoModels',
    });
    expect(finding(recording, 'state-clean').summary).toBe(
      'forward: pass 1 of r · a head count of 7, which is not its 14, met it on all 4 ranks',
    );
    expect(finding(recording, 'heads-balanced').summary).toBe(
      'forward: pass 1 of r · 4 · 4 · 4 · 2, uneven',
    );
  });
});

describe('asking briefly', () => {
  it('comes to the same verdict by the same findings, whatever the case', () => {
    fc.assert(
      fc.property(anyCase, (wanted) => {
        const recording = runOf(wanted);
        const { verdict, findings } = judge(recording);
        const brief = judgeBriefly(recording);
        expect(brief.verdict).toBe(verdict);
        const harmful = findings.filter((one) => one.verdict === verdict);
        expect(brief.findings).toEqual(expect.arrayContaining(harmful));
      }),
      { numRuns: 300 },
    );
  });

  it('rests on no failure being worse than its check can come to', () => {
    fc.assert(
      fc.property(anyCase, (wanted) => {
        const recording = runOf(wanted);
        for (const [index, { verdict = 'fine' }] of judge(recording).findings.entries()) {
          const worst = at(CHECKS, index).worst ?? 'fine';
          expect(VERDICTS.indexOf(verdict)).toBeGreaterThanOrEqual(VERDICTS.indexOf(worst));
        }
      }),
      { numRuns: 300 },
    );
  });
});
