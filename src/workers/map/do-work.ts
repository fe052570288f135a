import { judgeCase, judgeField, recordCase, tellCase } from './judge-field.ts';
import type { Result, Work } from './protocol.ts';
import { fieldAt } from './setting.ts';
import { patternsOf } from './sheet.ts';

/** All that a judging Worker does. */
export function doWork(work: Work): Result {
  switch (work.kind) {
    case 'fields': {
      const { setting, extent, fields } = work;
      const values = fields.map((index) => judgeField(setting, fieldAt(extent, index)));
      return { kind: 'fields', values: Uint8Array.from(values) };
    }
    case 'patterns':
      return { kind: 'patterns', patterns: patternsOf(work) };
    case 'cases':
      return { kind: 'cases', judged: work.cases.map(judgeCase) };
    case 'sentence':
      return { kind: 'sentence', told: tellCase(work.case) };
    case 'record':
      return { kind: 'record', recorded: recordCase(work.case) };
  }
}
