import { IMPLEMENTATIONS } from './implementations/index.ts';

/** A published condition, to begin with. */
export interface ConditionPreset {
  /** The id of the first implementation that has it. */
  readonly id: string;
  /** As people know that implementation. */
  readonly title: string;
  /** Where it was published. */
  readonly source: string;
  /** In the Python of the source. */
  readonly condition: string;
  /** Every implementation that has it, in the order of the catalogue. */
  readonly implementations: readonly string[];
}

/** Each published condition once: those of releases in their order, then what was never released. */
export const PRESETS: readonly ConditionPreset[] = IMPLEMENTATIONS.flatMap(
  ({ id, title, source, condition }, index) => {
    const before = IMPLEMENTATIONS.slice(0, index);
    if (condition === null || before.some((one) => one.condition === condition)) return [];
    const sharing = IMPLEMENTATIONS.filter((one) => one.condition === condition);
    return [{ id, title, source, condition, implementations: sharing.map((one) => one.id) }];
  },
);
