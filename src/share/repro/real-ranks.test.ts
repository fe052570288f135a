import { describe, expect, it } from 'vitest';
import { producedBy } from '../../core/cases/origin.ts';
import { reportOf } from '../../core/judge/checks/report.ts';
import { VERDICTS } from '../../core/judge/finding.ts';
import { runOf } from '../../core/world/testing.ts';
import { expectPrinted, HAS_TORCH, pythonThatCan, runScripts } from './real-ranks.ts';
import { reproScript } from './repro-script.ts';
import { TOLD_CASES } from './testing.ts';

const python = pythonThatCan(HAS_TORCH);

describe('real ranks', () => {
  it.skipIf(python === null)(
    python === null
      ? 'are left out, as no Python with PyTorch is here (RANKSCOPE_PYTHON may name one)'
      : 'print what the recording says, for every verdict',
    () => {
      const recordings = Object.values(TOLD_CASES).map((one) => runOf(one));
      const reports = recordings.map((one) => reportOf(one, producedBy(one).implementation));
      expect(new Set(reports.map(({ verdict }) => verdict))).toEqual(new Set(VERDICTS));
      const printed = runScripts(
        python ?? '',
        recordings.map((one) => reproScript(one)),
      );
      reports.forEach((report, index) => {
        expectPrinted(printed[index] ?? '', report);
      });
    },
    120_000,
  );
});
