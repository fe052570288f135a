import { quoted, WHOLE } from '../../base/quoted.ts';
import { ruleOf } from '../../core/cases/case-rule.ts';
import { findRelease } from '../../core/programs/release-name.ts';
import { parseHunk } from '../../core/python/condition/hunk.ts';
import { parseCondition } from '../../core/python/condition/parse.ts';
import {
  type MapSetting,
  publishedSetting,
  settingOf,
  WHOLE_MAP,
} from '../../workers/map/setting.ts';
import { mapCaseFrom } from './case-options.ts';
import type { MapQuery } from './map.ts';
import { countOf, type Options } from './options.ts';
import { UsageError } from './usage.ts';

/** What the options of `map` ask for. @throws UsageError */
export function mapQueryFrom(values: Options): MapQuery {
  const { case: wanted, kvHeads } = mapCaseFrom(values);
  const setting = settingOf(wanted);
  const extent = {
    heads: countOf(values, 'to-heads', WHOLE_MAP.heads, WHOLE_MAP.heads),
    sp: countOf(values, 'to-sp', WHOLE_MAP.sp, WHOLE_MAP.sp),
  };
  const against = againstFrom(values, setting);
  return {
    setting,
    extent,
    kvHeads,
    against,
    format: formatFrom(values, against === null ? 'csv' : 'text'),
    isStrict: values.strict === true,
  };
}

const FORMATS = ['csv', 'json', 'text'] as const;

function formatFrom(
  { format, markdown }: Options,
  otherwise: (typeof FORMATS)[number],
): MapQuery['format'] {
  if (markdown === true) {
    if (format === undefined) return 'markdown';
    throw new UsageError('--markdown is a format of its own; leave --format out');
  }
  if (format === undefined) return otherwise;
  const known = FORMATS.find((one) => one === format);
  if (known !== undefined) return known;
  throw new UsageError(`--format is ${quoted(format, WHOLE)}; allowed are ${FORMATS.join(', ')}`);
}

/**
 * What a map is compared with: an implementation, as it was published; a condition in the place of
 * the published one; or, with a pasted hunk for a condition, its line before. @throws UsageError
 */
function againstFrom({ against, condition }: Options, setting: MapSetting): MapSetting | null {
  const { implementation } = setting;
  if (against === undefined) {
    const hunk = condition === undefined ? null : parseHunk(condition);
    return hunk === null ? null : withCondition(setting, hunk.before);
  }
  if (against === 'published') return publishedSetting(setting, implementation);
  const other = findRelease(against);
  if (other.ok) return publishedSetting(setting, other.implementation.id);
  if (/^[\w.#@=-]+$/.test(against) && !parseCondition(against).ok) {
    throw new UsageError(`--against: ${other.message}; or a condition, or published`);
  }
  return withCondition(setting, against);
}

function withCondition(setting: MapSetting, condition: string): MapSetting {
  const rule = ruleOf(setting.implementation, condition, setting.guards ?? {});
  if ('problem' in rule) {
    throw new UsageError(rule.problem.message.replace(/^condition/, '--against'));
  }
  const { condition: _, guards: __, ...common } = setting;
  return { ...common, ...rule };
}
