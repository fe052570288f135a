import { expect, it } from 'vitest';
import type { LessonUnderWay } from './state.ts';
import { mayOfferUpdate } from './update-slice.ts';

it('a newer page is offered when there is one; not in a lesson, nor before an audience', () => {
  const lesson = { step: 0 } as LessonUnderWay;
  const free = { updateWaiting: true, lesson: null, presenting: false };
  expect(mayOfferUpdate(free)).toBe(true);
  expect(mayOfferUpdate({ ...free, updateWaiting: false })).toBe(false);
  expect(mayOfferUpdate({ ...free, lesson })).toBe(false);
  expect(mayOfferUpdate({ ...free, presenting: true })).toBe(false);
});
