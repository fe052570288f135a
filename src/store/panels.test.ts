import { expect, it } from 'vitest';
import type { Panel } from './panel.ts';
import { panelsOf } from './panels-slice.ts';
import { createRankscopeStore } from './store.ts';

const panel: Panel = { size: { width: 3, height: 2 }, shown: null, draw() {} };

it('panels are found by what they show, in the order of their coming, until they are withdrawn', () => {
  const store = createRankscopeStore(() => Promise.reject(new Error('nothing is run')));
  const stages = () => panelsOf(store.getState(), 'stage');
  const other = { ...panel };
  const { offerPanel } = store.getState();
  const withdraw = offerPanel('stage', () => panel);
  offerPanel('timeline', () => panel);
  offerPanel('stage', () => other);
  offerPanel('stage', () => null);
  expect(stages()).toEqual([panel, other]);
  expect(stages()[1]).toBe(other);
  withdraw();
  withdraw();
  expect(stages()).toHaveLength(1);
  expect(stages()[0]).toBe(other);
});
