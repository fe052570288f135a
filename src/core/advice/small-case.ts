import { caseWithPatch } from '../case-text/case-patch.ts';
import { type Case, PROGRAMS } from '../contract/case.ts';
import { sharesOf } from '../contract/sequence.ts';
import { expectedOrder } from '../programs/implementations/index.ts';

/**
 * The whole job that a case is a part of: a layer forward and backward with its key/value heads, where
 * the case moves less of one layer. Two models or layers, and a person's own calls, are jobs already.
 */
export function jobOf(c: Case): Case {
  const part = ['roundTrip', 'layerForward'].find((name) => name === c.program);
  if (part === undefined || !followsProgram(c)) return c;
  const parsed = caseWithPatch(c, { program: 'layerForwardBackward' });
  return parsed.ok ? parsed.case : c;
}

function followsProgram(c: Case): boolean {
  return PROGRAMS.some((name) => name === c.program);
}

/** How much smaller a case is made before it is tried. */
export interface Size {
  /** Tokens per share of the sequence: a rank's, or half of one where ranks hold two half-chunks. */
  readonly tokens: number;
  readonly headDim: number;
  readonly batch: number;
}

/** From the smallest on; the first at which a case still fails as it does is the one to try with. */
export const SIZES: readonly Size[] = [
  { tokens: 2, headDim: 1, batch: 2 },
  { tokens: 2, headDim: 8, batch: 2 },
  { tokens: Infinity, headDim: Infinity, batch: Infinity },
];

/**
 * A case with a shorter sequence, with as many tokens left over where the ranks do not divide it, a
 * smaller head dim and a smaller batch.
 */
export function shrunk(c: Case, { tokens, headDim, batch }: Size): Case {
  const share = sharesOf(c.sequenceOrder ?? expectedOrder(c), c.sp);
  const parsed = caseWithPatch(c, {
    seq: Math.min(c.seq, tokens * share + (c.seq % share)),
    headDim: Math.min(c.headDim, headDim),
    batch: Math.min(c.batch, batch),
  });
  return parsed.ok ? parsed.case : c;
}
