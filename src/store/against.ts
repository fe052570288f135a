import { type Rule, ruleOf } from '../core/cases/case-rule.ts';
import { hasEditedRule } from '../core/cases/scope.ts';
import { type MapSetting, publishedSetting, settingOf } from '../workers/map/setting.ts';
import type { RankscopeState } from './state.ts';
import { NOTHING } from './view.ts';

type Compared = Pick<RankscopeState, 'case' | 'against' | 'before'>;

/**
 * The map that the map around the case is compared with; null for none. A changed rule is compared
 * with the one before unless a person wants something else.
 */
export function againstSetting({ case: wanted, against, before }: Compared): MapSetting | null {
  if (against === NOTHING) return null;
  const setting = settingOf(wanted);
  if (against !== null) return publishedSetting(setting, against);
  return hasEditedRule(wanted) ? withRule(setting, before ?? {}) : null;
}

/** The same setting under a rule; under the published one where it cannot be read here. */
function withRule(setting: MapSetting, { condition, guards = {} }: Rule): MapSetting {
  const { condition: _, guards: __, ...common } = setting;
  const rule = ruleOf(setting.implementation, condition, guards);
  return 'problem' in rule ? common : { ...common, ...rule };
}
