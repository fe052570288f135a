import { range } from '../base/numbers.ts';
import type { Case } from '../engine/case.ts';
import { judgeField, NO_MODEL, verdictOf } from '../map/judge-field.ts';
import { patternOf } from '../map/pattern.ts';
import { fieldAt, type MapExtent, settingOf } from '../map/setting.ts';
import { isBad } from '../map/sheet.ts';
import type { Answer } from './check.ts';

/** Runs every field of a map around `c`: a CSV line each, or one JSON object. */
export function map(c: Case, extent: MapExtent, format: 'csv' | 'json'): Answer {
  const setting = settingOf(c);
  const values = range(extent.heads * extent.sp).map((index) =>
    judgeField(setting, fieldAt(extent, index)),
  );
  const code = values.some((value) => value !== NO_MODEL && verdictOf(value) !== 'fine') ? 1 : 0;
  const fields = values.map((value, index) => {
    const { heads, sp } = fieldAt(extent, index);
    return { heads, sp, verdict: verdictOf(value) ?? 'no such model' };
  });
  if (format === 'csv') {
    const lines = fields.map(({ heads, sp, verdict }) => `${heads},${sp},${verdict}`);
    return { text: ['heads,sp,verdict', ...lines].join('\n'), code };
  }
  const bad = patternOf(
    extent,
    (index) => isBad(values[index] ?? NO_MODEL),
    (index) => values[index] !== NO_MODEL,
  );
  return { text: JSON.stringify({ setting, extent, bad, fields }, null, 1), code };
}
