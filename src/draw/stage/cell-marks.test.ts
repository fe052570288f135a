import { describe, expect, it } from 'vitest';
import { cellMarksFor } from './cell-marks.ts';
import { gapOf } from './geometry.ts';

const LETTERS = { chip: 1, name: 2 };

describe('what is written into cells', () => {
  it.each(
    [8, 12, 18, 24, 36, 48, 84].flatMap((x) => [8, 12, 18, 24, 36, 48, 84].map((y) => [x, y])),
  )('keeps within a cell of %i × %i, and leaves most of it to its hue', (x = 0, y = 0) => {
    for (const type of [11, 13.4]) {
      const width = x - gapOf(x);
      const height = y - gapOf(y);
      const { chip, name } = cellMarksFor({ x, y }, type, LETTERS);
      for (const box of [chip, name]) {
        if (box === null) continue;
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.y).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(width);
        expect(box.y + box.height).toBeLessThanOrEqual(height);
        expect(box.type).toBeGreaterThanOrEqual(11);
      }
      if (chip !== null) {
        expect(chip.width * chip.height).toBeLessThanOrEqual(0.5 * width * height);
      }
      if (chip === null || name === null) continue;
      const beside = name.x >= chip.x + chip.width || name.y >= chip.y + chip.height;
      expect(beside).toBe(true);
    }
  });

  it('names heads before an audience as large as words there are', () => {
    const { chip, name } = cellMarksFor({ x: 42, y: 75 }, 13.4, LETTERS);
    expect(chip?.type).toBeGreaterThanOrEqual(13.4);
    expect(name?.type).toBeGreaterThanOrEqual(13.4);
  });
});
