import type { CasePatch } from '../../case-text/case-patch.ts';
import type { Case } from '../../engine/case.ts';
import { expectedOrder } from '../../engine/implementations/index.ts';

const NAMES: Record<Exclude<keyof Case, 'implementation' | 'calls'>, string> = {
  program: 'program',
  sp: 'SP',
  batch: 'batch',
  seq: 'sequence',
  heads: 'heads',
  kvHeads: 'KV heads',
  headDim: 'head dim',
  batchDimIdx: 'batch dimension',
  numKvHeadsBefore: 'head count before',
  gatherIdx: 'gather index',
  kvRepeat: 'KV repeat',
  sequenceSplit: 'dealt',
  sequenceOrder: 'in order',
  caller: 'caller',
  fault: 'fault',
  condition: 'condition',
  guards: 'guards',
};

/** What tells a case from the one beside it, apart from who wrote it: "heads 12, SP 8". */
export function distinctionOf(wanted: Case, differs: CasePatch): string {
  return Object.entries(NAMES)
    .filter(([field]) => field in differs)
    .map(([field, name]) => `${name} ${valueText(wanted, field as keyof typeof NAMES)}`)
    .join(', ');
}

function valueText(wanted: Case, field: keyof typeof NAMES): string {
  const { fault, guards, condition } = wanted;
  if (field === 'fault') return fault ? `${fault.kind} on rank ${fault.rank}` : 'none';
  if (field === 'guards') return guards ? Object.values(guards).join('; ') : 'as published';
  if (field === 'condition') return condition ?? 'as published';
  if (field === 'sequenceSplit') return wanted.sequenceSplit ?? 'nearly-equal';
  if (field === 'sequenceOrder') return wanted.sequenceOrder ?? expectedOrder(wanted);
  if (field === 'caller') return wanted.caller ?? 'bypassed';
  return String(wanted[field] ?? 'none');
}
