/**
 * What a recording can hold, in words that end “this recording does not hold …”. Whoever reads one says
 * what it needs; where that is not there, it says so instead of answering.
 */
export const CAPABILITIES = {
  elements: 'the elements of its tensors',
  counts: 'how many elements ranks sent and expected',
  operations: 'what ranks did between their collectives',
  program: 'the program that its ranks ran',
} as const;

export type Capability = keyof typeof CAPABILITIES;

/** All of them, as our own ranks leave them behind. */
export const EVERYTHING: readonly Capability[] = ['elements', 'counts', 'operations', 'program'];

/** "this recording does not hold the elements of its tensors"; null where it holds all that is needed. */
export function lacking(
  { capabilities }: { readonly capabilities: readonly Capability[] },
  needs: readonly Capability[],
): string | null {
  const missing = needs.filter((need) => !capabilities.includes(need));
  if (missing.length === 0) return null;
  return `this recording does not hold ${missing.map((one) => CAPABILITIES[one]).join(', nor ')}`;
}
