import { at } from '../../base/assert.ts';
import type { BrokenCase } from '../../content/museum/exhibit.ts';
import type { Evidence, Finding } from '../../core/judge/finding.ts';
import { tickOfEvidence } from '../../trace/jumps.ts';
import { failed, momentsOf } from '../../trace/moment.ts';
import { mergeTrace, type Tick, type Trace } from '../../trace/trace.ts';
import type { RecordedCase } from '../../workers/map/protocol.ts';

/** The moment of a broken case's run that tells what is wrong with it. */
export interface Telling {
  readonly trace: Trace;
  readonly tick: Tick;
  /** What the check that the exhibit rests on says of it. */
  readonly finding: Finding;
  readonly evidence: Evidence;
}

/** Finds the moment in what the ranks left: that of the first fact that the exhibit rests on. */
export function tellingOf({ claims }: BrokenCase, { recording, findings }: RecordedCase): Telling {
  const trace = mergeTrace(recording);
  const finding = findings.find(({ check }) => check === claims.check);
  if (finding === undefined) throw new Error(`invariant broken: no check ${claims.check}`);
  const evidence = at(finding.evidence, 0);
  return { trace, tick: seenFrom(trace, tickOfEvidence(trace, evidence)), finding, evidence };
}

/**
 * Where a fact can be seen in what the ranks hold: what a call returns, once its last rank has
 * returned; what a rank merely decides or offers, where it fails for it.
 */
function seenFrom(trace: Trace, tick: Tick): Tick {
  const moments = momentsOf(trace);
  const moment = at(moments, tick);
  if (failed(moment)) return tick;
  if (moment.kind !== 'returned') return moments.slice(tick).find(failed)?.tick ?? tick;
  const last = moments.findLast(({ call, kind }) => call === moment.call && kind === 'returned');
  return last?.tick ?? tick;
}
