import { expect, it } from 'vitest';
import { EMBEDS, printHash, readHash } from './link-hash.ts';

it('what is embedded stands before the link, whose version stays its own', () => {
  for (const embed of [null, ...EMBEDS]) {
    for (const link of ['v4&heads=8&at=1:4', 'v9&embed=stage', '']) {
      expect(readHash(`#${printHash({ embed, link })}`)).toEqual({ embed, link });
    }
  }
  expect(readHash('#embed=stage')).toEqual({ embed: 'stage', link: '' });
  // What is none of ours is left to the link, which says so.
  expect(readHash('#embed=all&v4')).toEqual({ embed: null, link: 'embed=all&v4' });
});
