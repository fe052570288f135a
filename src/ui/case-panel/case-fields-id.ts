/** The id of the form of the case: whoever leads to its fields finds it by that. */
export const CASE_FIELDS = 'case-fields';
