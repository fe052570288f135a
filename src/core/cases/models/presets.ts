import type { Model } from './model.ts';
import file from './models.json' with { type: 'json' };

/** The models whose head counts are known here, as their published config.json state them. */
export const MODELS: readonly Model[] = file.models.map(({ name, heads, kvHeads, headDim }) => ({
  name,
  kinds: [{ name: 'attention', heads, kvHeads, headDim }],
}));
