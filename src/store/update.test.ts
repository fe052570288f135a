import { expect, it } from 'vitest';
import { mayOfferUpdate } from './update-slice.ts';

it('a newer page is offered when there is one, and never in the middle of a lesson', () => {
  expect(mayOfferUpdate({ updateWaiting: false, place: 'stage' })).toBe(false);
  expect(mayOfferUpdate({ updateWaiting: true, place: 'stage' })).toBe(true);
  expect(mayOfferUpdate({ updateWaiting: true, place: 'lessons' })).toBe(false);
});
