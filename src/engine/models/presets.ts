import file from './models.json' with { type: 'json' };

/** A published model's head counts. */
export interface Model {
  readonly name: string;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
}

/** The models whose head counts are known here, as their published config.json state them. */
export const MODELS: readonly Model[] = file.models;
