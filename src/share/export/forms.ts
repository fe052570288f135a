/** What a picture can be saved as. */
export const FORMS = ['svg', 'png'] as const;
export type Form = (typeof FORMS)[number];
