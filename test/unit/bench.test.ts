import { describe, expect, it } from 'vitest';
import { median, percentile, reportOf, tableOf } from '../bench/report.ts';

describe('percentiles', () => {
  const oneToHundred = Array.from({ length: 100 }, (_, i) => 100 - i);

  it('are values that were measured, by nearest rank', () => {
    expect(percentile(oneToHundred, 0.95)).toBe(95);
    expect(percentile(oneToHundred, 0.951)).toBe(96);
    expect(percentile(oneToHundred, 1)).toBe(100);
    expect(percentile(oneToHundred, 0)).toBe(1);
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2);
    expect(percentile([7], 0.95)).toBe(7);
  });

  it('leave the measurements in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('of nothing are refused', () => {
    expect(() => median([])).toThrow('nothing was measured');
  });
});

describe('a report', () => {
  it('is ok when every bar is kept, the limit itself included', () => {
    const report = reportOf('some', { aMs: 250, bMs: 12.34567 }, { aMs: 250 });
    expect(report.bars).toEqual({ aMs: { limit: 250, value: 250, ok: true } });
    expect(report.figures).toEqual({ aMs: 250, bMs: 12.346 });
    expect(report.ok).toBe(true);
  });

  it('is not ok when one is missed, by however little', () => {
    const report = reportOf('some', { aMs: 250.0001, bMs: 1 }, { aMs: 250, bMs: 2 });
    expect(report.bars['aMs'].ok).toBe(false);
    expect(report.bars['bMs'].ok).toBe(true);
    expect(report.ok).toBe(false);
  });

  it('is not ok when what has to be reached is not', () => {
    const report = reportOf('some', { aPerS: 14.99, bPerS: 15 }, { aPerS: { atLeast: 15 }, bPerS: { atLeast: 15 } });
    expect(report.bars).toEqual({
      aPerS: { limit: 15, isLeast: true, value: 14.99, ok: false },
      bPerS: { limit: 15, isLeast: true, value: 15, ok: true },
    });
    expect(report.ok).toBe(false);
    expect(tableOf(report)).toMatch(/aPerS +14.99 +MISSED, at least 15/);
  });

  it('is not ok when what a bar is about was not measured', () => {
    expect(() => reportOf('some', {}, { aMs: 250 })).toThrow('aMs');
  });

  it('says in its table which bar was missed', () => {
    const table = tableOf(reportOf('some', { aMs: 251, b: 3 }, { aMs: 250 }));
    expect(table).toMatch(/aMs +251 +MISSED, at most 250/);
    expect(table).toMatch(/b +3$/);
  });
});
