/** The forms that events take on a timeline, from the least to the most worth seeing. */
export const MARK_FORMS = [
  'edge',
  'view',
  'copy',
  'attention',
  'decision',
  'landing',
  'offer',
  'follows',
  'fault',
] as const;
export type MarkForm = (typeof MARK_FORMS)[number];
